public import CarrelDisclosure

/// The guardian's packet as a page: what would leave, why each mark is there, and what only a
/// person can judge.
///
/// It holds what would leave, the study's own words, and reasons; never a hidden value.
public struct PacketPage {
  private let results: ReleasedResults?
  private let about: About

  /// What a packet says besides the figures.
  public struct About: Sendable {
    /// A paragraph or a part of a list.
    public typealias Sentence = (text: String, isListed: Bool)

    /// A table of words.
    public struct Comparison: Sendable {
      let caption: String
      let headings: [String]
      let rows: [[String]]

      /// A table with its caption; each row has as many cells as there are headings.
      public init(caption: String, headings: [String], rows: [[String]]) {
        self.caption = caption
        self.headings = headings
        self.rows = rows
      }
    }

    /// The study's title.
    public var title: String
    /// The question that it asks; may be empty.
    public var question: String
    /// What the page is, and where it stays.
    public var kicker: String
    /// Terms and their values.
    public var facts: [(term: String, value: String)]
    /// What only a person can judge.
    public var asks: [Sentence]
    /// The verdict on each rule, one for each output, under the outputs' names.
    public var rules: [(rule: String, verdicts: [String])]
    /// What the study does, in plain sentences.
    public var explanation: [Sentence]
    /// What the version before this one is called.
    public var changedSince: String
    /// What changed since then; empty where there was none.
    public var changes: [Sentence]
    /// What came of the comparison with earlier releases.
    public var earlier: [Sentence]
    /// For each earlier release that has something to do with this run, what and how near.
    public var comparisons: [Comparison]
    /// For each output, what is said of its marks.
    public var marks: [[Sentence]]
    /// Every text that somebody typed.
    public var words: [Sentence]
    /// The code lists with their digests.
    public var codelists: [Sentence]
    /// The study as it was written.
    public var study: String
    /// How to decide.
    public var decide: [Sentence]

    /// A description of a packet.
    public init(
      title: String, question: String, kicker: String, facts: [(term: String, value: String)],
      asks: [Sentence], rules: [(rule: String, verdicts: [String])], explanation: [Sentence],
      changedSince: String, changes: [Sentence], earlier: [Sentence], comparisons: [Comparison],
      marks: [[Sentence]], words: [Sentence], codelists: [Sentence],
      study: String, decide: [Sentence]
    ) {
      self.title = title
      self.question = question
      self.kicker = kicker
      self.facts = facts
      self.asks = asks
      self.rules = rules
      self.explanation = explanation
      self.changedSince = changedSince
      self.changes = changes
      self.earlier = earlier
      self.comparisons = comparisons
      self.marks = marks
      self.words = words
      self.codelists = codelists
      self.study = study
      self.decide = decide
    }
  }

  /// The packet of results that would leave; `nil` where the run came to nothing.
  public init(of results: ReleasedResults?, about: About) {
    self.results = results
    self.about = about
  }

  /// The page as a file.
  public var bytes: [UInt8] {
    let outputs = results?.outputs ?? []
    var sections = [
      section("asks", "Only a person can judge", passages(about.asks)),
      section("rules", "Rules", outputs.isEmpty ? [] : [table(of: outputs.map(\.name))]),
      section("study", "The study", passages(about.explanation)),
      section("changes", "Changed since \(about.changedSince)", passages(about.changes)),
    ]
    for (index, output) in outputs.enumerated() {
      let marks = index < about.marks.count ? passages(about.marks[index]) : []
      sections.append(
        section("output-\(index + 1)", output.name, ReportPage.content(of: output) + marks))
    }
    sections += [
      section(
        "earlier", "Earlier releases", passages(about.earlier) + about.comparisons.map(\.html)),
      section("words", "Every word that somebody typed", passages(about.words)),
      section("codelists", "Code lists", passages(about.codelists)),
      section("source", "As it was written", [source]),
      section("decide", "Decide", passages(about.decide)),
    ]
    return WebPage(
      title: "Guardian’s packet: \(about.title)", kicker: about.kicker, heading: about.title,
      lede: about.question, facts: about.facts,
      sections: sections.filter { !$0.content.isEmpty },
      footer: "Hidden values are never in this packet. It stays inside the site."
    ).bytes
  }

  private func section(_ id: String, _ heading: String, _ content: [HTML]) -> WebPage.Section {
    WebPage.Section(id: id, heading: heading, content: content)
  }

  private var source: HTML {
    .element("pre", ["tabindex": "0"], [.element("code", about.study)])
  }

  private func passages(_ sentences: [About.Sentence]) -> [HTML] { HTML.passages(sentences) }

  private func table(of outputs: [String]) -> HTML {
    let rows = about.rules.map { rule in
      HTML.row(
        rule.rule,
        rule.verdicts.map { [.element("span", ["class": "word \($0)"], $0)] })
    }
    return .wordTable(
      caption: "Verdict by rule",
      note: "pass and fail are checked; look means that only a person can say",
      label: "Verdict by rule and output", headings: ["Rule"] + outputs, rows: rows)
  }
}

extension PacketPage.About.Comparison {
  fileprivate var html: HTML {
    .wordTable(
      caption: caption,
      note: "Groups that are near one already released, or that would say too much beside it",
      label: caption, headings: headings,
      rows: rows.map { row in
        HTML.row(row.first ?? "", row.dropFirst().map { [HTML($0)] })
      })
  }
}

extension HTML {
  /// A row of words under a heading of its own.
  fileprivate static func row(_ heading: String, _ cells: [[HTML]]) -> HTML {
    .element(
      "tr",
      [.element("th", ["scope": "row", "class": "label"], heading)]
        + cells.map { .element("td", ["class": "label"], $0) })
  }

  /// A table of words, in a box that scrolls by itself where it is wider than the page.
  fileprivate static func wordTable(
    caption: String, note: String, label: String, headings: [String], rows: [HTML]
  ) -> HTML {
    let head = HTML.element(
      "tr", headings.map { .element("th", ["scope": "col", "class": "label"], $0) })
    return .element(
      "div",
      ["class": "scroll", "role": "region", "aria-label": "\(label), table", "tabindex": "0"],
      [
        .element(
          "table",
          [
            .element("caption", [HTML(caption), .element("span", note)]),
            .element("thead", [head]), .element("tbody", rows),
          ])
      ])
  }
}
