import CarrelChecker
public import CarrelDiagnostics
public import CarrelJSON

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
      ["lists", checked.codelistsInWords],
    ].filter { !$0[1].isEmpty }
    let heading = "\(study.path): no errors"
    guard !rows.isEmpty else { return heading }
    return heading + "\n" + Columns(rows.map { ["  " + $0[0], $0[1]] }).text
  }

  /// The report for programs.
  public var json: JSON { Self.json(of: study.diagnostics, command: "check") }

  /// The mistakes and warnings of a study for programs.
  public static func json(of diagnostics: Diagnostics, command: String) -> JSON {
    .object([
      .init("carrel", 1), .init("command", .string(command)),
      .init("ok", .boolean(!diagnostics.hasErrors)),
      .init("diagnostics", JSONRenderer().render(diagnostics)),
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
      case .summary(let variables, _, _, let columns):
        "1 summary of \(variables.count) \(variables.count == 1 ? "variable" : "variables")"
          + (columns == 1 ? "" : " in \(columns) groups")
      case .histogram(_, let bins, _, let groups):
        "1 histogram of \(bins) bins" + (groups == 1 ? "" : " in each of \(groups) groups")
      case .deciles(_, let intervals):
        "1 set of deciles" + (intervals.map { " in each of \($0.words)" } ?? "")
      }
    }
    let figures = outputs.reduce(0) { $0 + $1.figureCount }
    return parts.joined(separator: ", ") + "; at most \(figures.grouped) figures"
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
