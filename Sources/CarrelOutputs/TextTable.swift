import CarrelDiagnostics
public import CarrelDisclosure

/// A released output as people read it in a terminal.
public struct TextTable {
  private let output: ReleasedOutput
  private let policy: AppliedPolicy
  private let title: [String]

  /// An output of released results, under lines of its title.
  public init(_ output: ReleasedOutput, of results: ReleasedResults, title: [String] = []) {
    self.output = output
    self.policy = results.policy
    self.title = title
  }

  /// The title and the table.
  ///
  /// Figures are never cut. What does not fit in columns of the terminal is written as names and
  /// values; a long table shows its first lines and its totals, and says which file has the rest.
  public func lines(_ style: TextStyle) -> [String] {
    title.flatMap { paragraph($0, style) } + body(style)
  }

  /// The rules that the table obeys, to stand under the last table of a run.
  public func footer(_ style: TextStyle) -> [String] { paragraph(policy.sentence, style) }

  /// A sentence in lines that fit, broken at spaces.
  private func paragraph(_ text: String, _ style: TextStyle) -> [String] {
    DisplayedText(text).text.wrapped(to: style.columns ?? .max)
  }

  private func body(_ style: TextStyle) -> [String] {
    switch output {
    case .table(let table):
      let layout = TableLayout(table: table, fileName: OutputFiles.csvName(of: table.name))
      guard !style.isByName, let grids = layout.grids(fitting: style) else {
        return layout.linesByName
      }
      return Array(grids.map { $0.lines(style) }.joined(separator: [""]))
    case .flow(let flow): return lines([flow.grid], orByName: flow.linesByName, style)
    case .summary(let summary):
      return lines(summary.grids, orByName: summary.linesByName, style)
    case .histogram(let histogram):
      return lines([histogram.grid], orByName: histogram.linesByName, style)
    case .deciles(let deciles):
      return lines([deciles.grid], orByName: deciles.linesByName, style)
    }
  }

  /// The grids where they all fit, else names and values.
  private func lines(
    _ grids: [TextGrid], orByName linesByName: [String], _ style: TextStyle
  ) -> [String] {
    let fitted = style.isByName ? [] : grids.compactMap { $0.fitted(style) }
    guard fitted.count == grids.count else { return linesByName.map { DisplayedText($0).text } }
    return Array(fitted.map { $0.lines(style) }.joined(separator: [""]))
  }
}

extension ReleasedFlow {
  /// The words for the people a flow begins with.
  private static let everyone = "everyone"

  fileprivate var grid: TextGrid {
    let first = TextGrid.Row(
      labels: ["start", Self.everyone], cells: [.blank, .figure(start.text())], isTotal: false)
    return TextGrid(
      labelHeadings: ["", population], figureHeadings: [["left out"], ["remaining"]],
      areLevels: false,
      rows: [first]
        + steps.map { step in
          TextGrid.Row(
            labels: [step.word, step.label],
            cells: [.figure(step.leftOut.text()), .figure(step.remaining.text())], isTotal: false)
        }, fileName: OutputFiles.csvName(of: name))
  }

  fileprivate var linesByName: [String] {
    ["start: \(Self.everyone), remaining: \(start.text())"]
      + steps.map { step in
        "\(step.word): \(DisplayedText(step.label).text), left out: \(step.leftOut.text()), "
          + "remaining: \(step.remaining.text())"
      }
  }
}

extension ReleasedFlow.Step {
  fileprivate var word: String { isExclusion ? "exclude" : "include" }
}

extension TableLayout {
  /// A line of names and values for each group.
  fileprivate var linesByName: [String] {
    families.flatMap { family in
      Self.keys(family, 0..<family.groupings.count).map { key in
        let groups = zip(family.groupings, labels(key, of: family.groupings[...])).map {
          "\(heading(of: $0)): \($1)"
        }
        let figures = zip(statistics, cells(family.groups[key], statistics)).map {
          "\(table.statistics[$0].label): \($1.sentence)"
        }
        return DisplayedText((groups + figures).joined(separator: ", ")).text
      }
    }
  }
}
