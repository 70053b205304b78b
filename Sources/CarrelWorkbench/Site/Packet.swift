import CarrelChecker
import CarrelDiagnostics
import CarrelDisclosure
import CarrelLedger
import CarrelOutputs
import CarrelPolicy
import CarrelSite
import CarrelSyntax
import CarrelValues

/// What guardians are shown of one round of a run: made from the study, never typed.
///
/// It is made when the run is computed, because only then are there exact numbers to hold what would
/// leave against; it keeps none of them.
struct Packet {
  private let round: Round
  private let results: GatedResults?
  private let fault: RunFault?
  private let differencing: DifferencingEvidence

  /// The names of its files.
  static let summaryPath = "summary.txt"
  static let pagePath = "packet.html"
  static let rulesPath = "rules.txt"
  static func outputPath(_ name: String) -> String { "outputs/\(name).txt" }

  init(of round: Round, _ outcome: Result<GatedResults, HeldRun>) {
    self.round = round
    switch outcome {
    case .success(let results):
      (self.results, fault, differencing) = (results, nil, results.differencing)
    case .failure(let held): (results, fault, differencing) = (nil, held.fault, held.differencing)
    }
  }

  /// Every file of the packet.
  var files: [SiteFile] {
    var files = [
      SiteFile(path: Self.summaryPath, bytes: Array(summary.utf8)),
      SiteFile(path: Self.pagePath, bytes: page.bytes),
      SiteFile(path: Self.rulesPath, bytes: Array(rulesInBrief.utf8)),
    ]
    for (output, evidence) in outputs {
      files.append(
        SiteFile(
          path: Self.outputPath(output.name), bytes: Array(text(of: output, evidence).utf8)))
    }
    return files
  }

  private var outputs: [(ReleasedOutput, OutputEvidence)] {
    guard let results else { return [] }
    return Array(zip(results.released.outputs, results.evidence.outputs))
  }

  private var staysInside: String { "stays inside \(round.site.name)" }
  private var title: String { round.run.title }

  // MARK: Rules

  /// The verdict on each rule, one for each output.
  private var rules: [(rule: String, verdicts: [OutputEvidence.Verdict])] {
    guard let results else { return [] }
    let evidence = results.evidence.outputs
    let checked = OutputEvidence.Rule.allCases.map { rule in
      (rule.rawValue, evidence.map { $0.verdicts[rule] ?? .notApplicable })
    }
    return checked + [
      ("safe beside earlier releases", evidence.map { _ in differencing.verdict }),
      ("labels name no person or small place", evidence.map { _ in .look }),
    ]
  }

  private var rulesInBrief: String {
    let verdicts = rules.flatMap(\.verdicts)
    let counts = [OutputEvidence.Verdict.pass, .look, .fail].compactMap { verdict -> String? in
      let count = verdicts.count { $0 == verdict }
      return count == 0 ? nil : "\(count) \(verdict.rawValue)"
    }
    return fault == nil ? counts.joined(separator: ", ") : "no result"
  }

  // MARK: Passages

  private var asks: [String] {
    var asks = [
      "Purpose: does the study answer a question that project \(round.project.project.id) was "
        + "approved to ask?",
      "Words: does a label, a name or a comment point to a person or a place?",
    ]
    if rules.contains(where: { $0.verdicts.contains(.look) && $0.rule.hasPrefix("zero") }) {
      asks.append("Everybody: may be said what is shown of nobody, or of all of a group?")
    }
    if !differencing.questions.isEmpty {
      asks.append("Small groups: may so much be said of so few people, all outputs together?")
    }
    if !differencing.repaired.isEmpty {
      asks.append("Earlier releases: is what is left worth releasing beside them?")
    }
    if differencing.leavesOut, differencing.releaseCount > 0 {
      asks.append("Earlier releases: could percentiles across units be held against one?")
    }
    return asks
  }

  /// Every text that somebody typed: texts of the study, its comments, and terms of code lists.
  private var words: [String] {
    guard let study = round.study else { return [] }
    let source = study.file.source
    let texts = study.file.tokens.filter { $0.kind == .text }.map { "“\($0.text)”" }
    let comments = study.file.comments.map {
      String(decoding: source.bytes[$0.span.range], as: UTF8.self)
    }
    let settings = round.sealed.settings.sorted { $0.key < $1.key }.map {
      "\($0.key) = \($0.value)"
    }
    return texts + comments + settings
  }

  private var codelists: [String] {
    round.sealed.codelists.map { file in
      let lines = file.bytes.count { $0 == 0x0A }
      return "\(file.path), \(lines.grouped) lines, sha256 \(Self.digest(of: file).inFours)"
    }
  }

  private static func digest(of file: SiteFile) -> Digest { Digest(of: file.bytes) }

  /// What changed since the version before, file by file and line by line.
  private var changes: [String] {
    guard let before = round.earlier?.files else { return [] }
    let names = Set((before + round.sealed.files).map(\.path)).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    let changes = names.flatMap { name in
      Self.changes(
        name, from: before.first { $0.path == name },
        to: round.sealed.files.first { $0.path == name }
      )
    }
    return changes.isEmpty ? ["nothing: the submission is the same to the byte"] : changes
  }

  private var changed: String { "changed since \(round.earlier?.name ?? "")" }

  private static func changes(_ name: String, from old: SiteFile?, to new: SiteFile?) -> [String] {
    guard old?.bytes != new?.bytes else { return [] }
    guard let old else { return ["\(name) is new"] }
    guard let new else { return ["\(name) is gone"] }
    let lines = [old, new].map {
      String(decoding: $0.bytes, as: UTF8.self).split(
        separator: "\n", omittingEmptySubsequences: false
      ).map(String.init)
    }
    return lines[1].difference(from: lines[0]).map { change in
      switch change {
      case .remove(let offset, let line, _): "\(name) line \(offset + 1) was: \(line)"
      case .insert(let offset, let line, _): "\(name) line \(offset + 1) is: \(line)"
      }
    }
  }

  private var decide: [String] {
    // Of exactly what would leave; a signature covers it with the word itself.
    let digest = results.map { results in
      "sha256 of what would leave: "
        + FileManifest.digest(of: round.files(of: results.released)).inFours
    }
    return [digest].compactMap { $0 }
      + ["carrel approve", "carrel return", "carrel reject"].map {
        "\($0) \(round.run.name) --key KEY --reason …"
      }
  }
}

// MARK: One output

extension Packet {
  /// An output as it would leave, and why each mark is where it is.
  private func text(of output: ReleasedOutput, _ evidence: OutputEvidence) -> String {
    guard let released = results?.released else { return "" }
    let style = TextStyle(
      columns: nil, usesColour: false, usesBoxCharacters: true, isPlain: false)
    var lines = ["run \(round.run.name), output \(output.name)   \(staysInside)"]
    lines += rules.enumerated().compactMap { index, rule in
      let place = released.outputs.firstIndex { $0.name == output.name } ?? 0
      return "\(rule.verdicts[place].rawValue)  \(rule.rule)"
    }
    lines += [""] + TextTable(output, of: released).lines(style) + [""]
    lines += sentences(of: output, evidence)
    return lines.joined(separator: "\n") + "\n"
  }

  /// How much is hidden and why, and how small the smallest group is that is shown.
  private func sentences(of output: ReleasedOutput, _ evidence: OutputEvidence) -> [String] {
    var lines = ["\(evidence.hiddenCount) of \(evidence.figureCount) figures are hidden"]
    if let smallest = evidence.smallestShown {
      lines.append("smallest group shown: \(smallest.lowerBound) to \(smallest.upperBound) people")
    }
    return lines
      + evidence.marks.map { "\(place(of: $0, in: output)): \($0.reason.rawValue)" }
  }

  private func place(of mark: OutputEvidence.Mark, in output: ReleasedOutput) -> String {
    switch output {
    case .flow(let flow): "left out at “\(flow.steps[mark.group].label)”"
    case .table(let table): place(of: mark, in: table)
    case .summary(let summary): place(of: mark, in: summary.table)
    case .histogram, .deciles: preconditionFailure("their marks have no reasons of their own")
    }
  }

  private func place(of mark: OutputEvidence.Mark, in table: ReleasedTable) -> String {
    let breakdown = table.breakdowns[mark.breakdown]
    let group = breakdown.groups[mark.group]
    var words = zip(breakdown.groupings, group.levels).map { grouping, level in
      table.groupings[grouping].levels[level].label
    }
    if let interval = group.interval { words.insert("interval \(interval + 1)", at: 0) }
    if words.isEmpty { words = ["everybody"] }
    if let statistic = mark.statistic { words.append(table.statistics[statistic].label) }
    return words.joined(separator: ", ")
  }
}

// MARK: The whole run

extension Packet {
  private var facts: [(term: String, value: String)] {
    let run = round.run
    let project = round.project.project
    return [
      ("Run", "\(run.name), round \(run.round)"), ("Asked by", run.author),
      ("Project", "\(project.id), \(project.title)"),
      ("Policy", "\(round.policy.name) \(round.policy.version)"),
    ]
  }

  /// The packet for a terminal.
  private var summary: String {
    var lines = ["run \(round.run.name), round \(round.run.round)   \(staysInside)", title, ""]
    lines += facts.dropFirst().map { "\($0.term.lowercased())  \($0.value)" } + [""]
    if let fault {
      lines.append(
        "no result: \(fault.code); nothing can leave, and it can be returned or rejected")
    }
    for (output, evidence) in outputs {
      lines.append("\(output.name): \(evidence.hiddenCount) of \(evidence.figureCount) hidden")
    }
    lines += rules.map { rule in
      "\(Self.worst(rule.verdicts).rawValue)  \(rule.rule)"
    }
    lines += section("beside earlier releases", differencing.lines)
    for (release, rows) in differencing.comparisons.byRelease {
      let table = Columns([EarlierComparison.headings] + rows).text
      lines += section(release, table.split(separator: "\n").map(String.init))
    }
    lines +=
      section("only a person can judge", asks) + section(changed, changes)
    if let study = round.study {
      lines += ["", "the study", Explanation(of: study).text(width: 98)]
    }
    lines += section("every word that somebody typed", words) + section("code lists", codelists)
    return lines.joined(separator: "\n") + "\n"
  }

  private func section(_ heading: String, _ lines: [String]) -> [String] {
    lines.isEmpty ? [] : ["", heading] + lines.map { "  \($0)" }
  }

  private static func worst(_ verdicts: [OutputEvidence.Verdict]) -> OutputEvidence.Verdict {
    [.fail, .look, .pass].first(where: verdicts.contains) ?? .notApplicable
  }

  private var page: PacketPage {
    let listed = { (lines: [String]) in lines.map { (text: $0, isListed: true) } }
    return PacketPage(
      of: results?.released,
      about: .init(
        title: title, question: round.study?.checked.question ?? "",
        kicker: "Guardian’s packet · run \(round.run.name) · \(staysInside)", facts: facts,
        asks: listed(asks), rules: rules.map { ($0.rule, $0.verdicts.map(\.rawValue)) },
        explanation: round.study.map { Explanation(of: $0).sentences } ?? [],
        changedSince: round.earlier?.name ?? "", changes: listed(changes),
        earlier: listed(differencing.lines),
        comparisons: differencing.comparisons.byRelease.map {
          .init(caption: $0.release, headings: EarlierComparison.headings, rows: $0.rows)
        },
        marks: outputs.map { listed(sentences(of: $0, $1)) }, words: listed(words),
        codelists: listed(codelists),
        study: round.sealed.studyFile.map { String(decoding: $0.bytes, as: UTF8.self) } ?? "",
        decide: listed(decide)))
  }
}
