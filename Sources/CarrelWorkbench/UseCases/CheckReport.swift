public import CarrelDiagnostics
public import CarrelJSON
import CarrelChecker
import CarrelPolicy

/// What checking a study has to say: its mistakes, or what it reads and releases.
public struct CheckReport {
  private let study: OpenedStudy

  /// The report on a study that was opened.
  public init(of study: OpenedStudy) { self.study = study }

  /// The last lines of the report: what is read and released; empty for a study with mistakes.
  public var summary: String {
    guard let checked = study.ready?.checked else { return "" }
    let rows = [
      ["reads", checked.readsInWords], ["releases", checked.releasesInWords],
      ["lists", checked.codelistsInWords], ["cost", checked.costInWords],
      ["policy", checked.outputs.isEmpty ? "" : policyInWords],
    ].filter { !$0[1].isEmpty }
    let heading = "\(study.path): no errors"
    guard !rows.isEmpty else { return heading }
    return heading + "\n" + Columns(rows.map { ["  " + $0[0], $0[1]] }).text
  }

  /// Which policy the study was judged by, and what a protected site would say.
  private var policyInWords: String {
    let policy = study.rules.policy
    let name = "\(policy.name) \(policy.version)"
    let refusals = study.diagnostics.sorted.count { $0.code.isRuleOfSites }
    return switch refusals {
    case 0: "\(name) allows every output"
    case 1: "\(name); a protected site refuses 1 thing above"
    default: "\(name); a protected site refuses \(refusals) things above"
    }
  }

  /// Every mistake and warning of the study.
  public var diagnostics: Diagnostics { study.diagnostics }

  /// Whether the study cannot be used, or has warnings where they count.
  public func hasFailed(countingWarnings: Bool) -> Bool {
    study.ready == nil || (countingWarnings && !study.diagnostics.isEmpty)
  }

  /// The reports on some studies for programs.
  public static func json(of reports: [CheckReport]) -> JSON {
    json(of: reports.map(\.diagnostics), command: "check")
  }

  /// The mistakes and warnings of some studies as SARIF, for code hosts and editors.
  public static func sarif(of reports: [CheckReport], version: String) -> JSON {
    SARIFRenderer(version: version).render(reports.map(\.diagnostics))
  }

  /// The mistakes and warnings of a study for programs.
  public static func json(of diagnostics: Diagnostics, command: String) -> JSON {
    json(of: [diagnostics], command: command)
  }

  private static func json(of files: [Diagnostics], command: String) -> JSON {
    let all = files.flatMap { JSONRenderer().render($0).array ?? [] }
    return .object([
      .init("carrel", 1), .init("command", .string(command)),
      .init("ok", .boolean(!files.contains(where: \.hasErrors))),
      .init("diagnostics", .array(all)),
    ])
  }
}

extension CheckedStudy {
  fileprivate var readsInWords: String { reads.map(\.table).joined(separator: ", ") }

  fileprivate var releasesInWords: String {
    guard !outputs.isEmpty else { return "" }
    let parts = outputs.map { output in
      switch output.kind {
      case .flow(let criteria): "1 flow of \(criteria) steps"
      case .table(let table):
        "1 table of \(table.sizeInWords)"
      }
    }
    let figures = outputs.reduce(0) { $0 + $1.figureCount }
    return parts.joined(separator: ", ") + "; at most \(figures.grouped) figures"
  }

  fileprivate var costInWords: String {
    guard cost.questionCount > 0 else { return "" }
    let questions =
      cost.questionCount == 1 ? "1 question" : "\(cost.questionCount.grouped) questions"
    let tables = cost.tableCount == 1 ? "1 table" : "\(cost.tableCount) tables"
    return "at most \(questions) of each patient's rows, in \(tables)"
  }

  fileprivate var codelistsInWords: String {
    codelists.map { "\($0.name) (\($0.codeCount.grouped))" }.joined(separator: ", ")
  }
}

extension TableSummary {
  fileprivate var sizeInWords: String {
    let groups = groupCount == 1 ? "everyone" : "\(groupCount) groups"
    guard let intervals else { return groups }
    return groupCount == 1 ? intervals.words : "\(groups) in each of \(intervals.words)"
  }
}
