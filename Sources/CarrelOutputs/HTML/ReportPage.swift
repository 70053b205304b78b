public import CarrelDisclosure
import CarrelValues

/// Released results as a page for people: every table, and drawings of what changes over time.
///
/// It holds released figures and the study's own words, and nothing else.
public struct ReportPage {
  private let results: ReleasedResults
  private let about: About

  /// What a report says besides its figures.
  public struct About: Sendable {
    /// The study's title.
    public var title: String
    /// The question that it asks; may be empty.
    public var question: String
    /// Where the report comes from, such as the site and the run.
    public var origin: String
    /// Terms and their values, such as the project and the day of the release.
    public var facts: [(term: String, value: String)]
    /// What the study does, in plain sentences; those that belong to a list are marked.
    public var explanation: [(text: String, isListed: Bool)]
    /// The study as it was written.
    public var study: String

    /// A description of a report.
    public init(
      title: String, question: String, origin: String, facts: [(term: String, value: String)],
      explanation: [(text: String, isListed: Bool)], study: String
    ) {
      self.title = title
      self.question = question
      self.origin = origin
      self.facts = facts
      self.explanation = explanation
      self.study = study
    }
  }

  /// The report of released results.
  public init(of results: ReleasedResults, about: About) {
    self.results = results
    self.about = about
  }

  /// The page as a file; equal results give equal bytes.
  public var bytes: [UInt8] {
    let explanation = WebPage.Section(
      id: "study", heading: "The study",
      content: HTML.passages(about.explanation) + [
        .element(
          "details",
          [
            .element("summary", "As it was written"),
            .element("pre", ["tabindex": "0"], [.element("code", about.study)]),
          ])
      ])
    return WebPage(
      title: "\(about.title): report", kicker: about.origin, heading: about.title,
      lede: about.question, facts: about.facts,
      sections: results.outputs.enumerated().map(section) + [explanation],
      footer: results.policy.sentence
        + " A hidden figure is marked \(ReleasedFigure.mark), whatever the reason."
    ).bytes
  }

  private func section(_ index: Int, _ output: ReleasedOutput) -> WebPage.Section {
    WebPage.Section(
      id: "output-\(index + 1)", heading: output.name, content: Self.content(of: output))
  }

  /// The tables of an output, and a drawing where it has one.
  static func content(of output: ReleasedOutput) -> [HTML] {
    switch output {
    case .flow(let flow):
      return [flow.grid.html(caption: "Who is counted", note: "How many people remain")]
    case .summary(let summary):
      return summary.grids.map { $0.html(caption: "Summary", note: "") }
    case .histogram(let histogram):
      return [histogram.grid.html(caption: "Histogram", note: "")]
    case .deciles(let deciles):
      return [deciles.grid.html(caption: "Percentiles across units", note: "")]
    case .table(let table):
      let layout = TableLayout(table: table, fileName: "")
      let grids = layout.grids(fitting: page) ?? []
      let caption = layout.statistics.map { table.statistics[$0].label }.joined(separator: ", ")
      let tables = grids.map { $0.html(caption: caption, note: "") }
      guard let chart = table.chart else { return tables }
      return [
        chart.html,
        .element("details", [.element("summary", "The figures as a table")] + tables),
      ]
    }
  }

  /// Tables are laid out as on a terminal of this width, and scrolled where a page is narrower.
  private static let page = TextStyle(
    columns: 140, usesColour: false, usesBoxCharacters: true, isPlain: false)
}

extension HTML {
  /// Sentences as paragraphs and lists.
  static func passages(_ sentences: [(text: String, isListed: Bool)]) -> [HTML] {
    var passages: [HTML] = []
    var listed: [HTML] = []
    for sentence in sentences + [("", false)] {
      if sentence.isListed {
        listed.append(.element("li", sentence.text))
        continue
      }
      if !listed.isEmpty { passages.append(.element("ul", listed)) }
      listed = []
      if !sentence.text.isEmpty { passages.append(.element("p", sentence.text)) }
    }
    return passages
  }
}

extension ReleasedTable {
  /// The drawing of a table over calendar intervals with a few groups; `nil` for other tables.
  fileprivate var chart: LineChart? {
    guard let intervals, case .calendar(let all) = intervals.extent, all.count > 2,
      let breakdown = breakdowns.first(where: { !$0.isTotal && $0.groupings.count <= 1 }),
      let statistic = statistics.indices.first(where: { statistics[$0].kind != .count })
        ?? statistics.indices.first
    else { return nil }
    let levels = breakdown.groupings.first.map { groupings[$0].levels.map(\.label) }
    let series = (levels ?? ["Everybody"]).enumerated().map { level, label in
      LineChart.Series(
        label: label,
        values: all.indices.map { interval in
          breakdown.groups.first {
            $0.interval == interval && ($0.levels.first ?? 0) == level
          }?.statistics[statistic].value.number?.approximation
        })
    }.filter { $0.values.contains { $0 != nil } }
    guard !series.isEmpty, series.count <= LineChart.mostSeries else { return nil }
    return LineChart(
      title: "\(statistics[statistic].label), by \(intervals.words)",
      intervals: all.indices.map { intervals.shortLabel(of: $0) }, series: series,
      unit: statistics[statistic].kind == .percent ? "%" : "")
  }
}
