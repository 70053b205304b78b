import CarrelDiagnostics
import CarrelJSON
import CarrelWorkbench

extension Command {
  /// `carrel audit`: what a reader can derive of the hidden cells of any table.
  static let audit = Command(
    words: ["audit"],
    summary: "derive what a reader can of the hidden cells of any table",
    usage: "FILE [--protect] [--hide LO-HI] [--witnesses] [--json]",
    details: """
      Reads a table that any tool made: a JSON description, or a CSV with a column of counts. For \
      every cell whose exact count is not published it gives the least and the largest number that \
      agrees with everything that is. With --protect it proposes which cells to hide as well. What \
      it prints may hold true counts: it is for guardians.
      """,
    operands: [
      Operand(
        name: "FILE", isRequired: true, meaning: "the table; docs/audit.md shows how it is written")
    ],
    options: [
      .flag("protect", "propose cells to hide so that no suppressed one can be derived"),
      .value("hide", "LO-HI", "take the cells with these counts for suppressed, as in 1-7"),
      .flag(
        "witnesses", "also give, for each cell, a table with its least and one with its largest"),
      .json,
    ],
    examples: ["carrel audit table.json", "carrel audit counts.csv --hide 1-7 --protect"]
  ) { (arguments, terminal) throws(Failure) in
    var request = TableAudit.Request(path: arguments["FILE"] ?? "")
    request.hidden = try arguments.range("hide")
    request.protects = arguments.has("protect")
    request.keepsWitnesses = arguments.has("witnesses")
    let audit = try TableAudit(request)
    try terminal.result(arguments.has("json") ? audit.json.text(.spaced) : audit.text)
    return .done
  }
}

extension Arguments {
  /// The value of an option such as `1-7`.
  fileprivate func range(_ name: String) throws(Failure) -> ClosedRange<Int>? {
    guard let text = self[name] else { return nil }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard ends.count == 2, let low = ends[0], let high = ends[1], 0 <= low, low <= high else {
      throw Failure(
        "U009", "`--\(name)` takes two whole numbers", help: "write `--\(name) 1-7`, say",
        status: .wrongCommandLine)
    }
    return low...high
  }
}

extension TableAudit {
  /// The intervals by cell, and the cells whose exact counts can be derived.
  fileprivate var json: JSON {
    var members: [JSON.Member] = [
      .init("intervals", .object(findings.map { .init($0.cell, $0.interval) })),
      .init(
        "exactly_recoverable", .array(findings.filter(\.isRecoverable).map { .string($0.cell) })),
    ]
    let undecided = findings.filter { !$0.isDecided }
    if !undecided.isEmpty {
      members.append(.init("undecided", .array(undecided.map { .string($0.cell) })))
    }
    if let companions {
      members.append(.init("suppress", .array(companions.map { .string($0) })))
      members.append(.init("unprotected", .array(unprotected.map { .string($0) })))
    }
    if findings.contains(where: { !$0.witnesses.isEmpty }) {
      members.append(
        .init(
          "witnesses", .object(findings.map { .init($0.cell, .array($0.witnesses.map(\.json))) })))
    }
    return .object(members)
  }

  /// The same for people: a line for each cell, and what it comes to.
  fileprivate var text: String {
    let rows = findings.map { finding in
      [
        DisplayedText(finding.cell).text, String(finding.low),
        finding.high.map(String.init) ?? "any",
        finding.isRecoverable ? "can be derived" : finding.isDecided ? "" : "not decided",
      ]
    }
    var lines = findings.isEmpty ? [] : columns([["hidden cell", "least", "most", ""]] + rows)
    for finding in findings {
      for (label, witness) in zip(["least", "most"], finding.witnesses) {
        lines.append("")
        lines.append("a table with \(label) in \(DisplayedText(finding.cell).text)")
        lines += columns(witness.map { ["  " + DisplayedText($0.cell).text, String($0.count)] })
      }
    }
    return (lines + (lines.isEmpty ? [] : [""]) + conclusions).joined(separator: "\n")
  }

  private var conclusions: [String] {
    let exact = findings.count(where: \.isRecoverable)
    let undecided = findings.count { !$0.isDecided }
    var lines = [
      findings.isEmpty
        ? "every count is shown; nothing is hidden"
        : "\(exact) of \(findings.count) hidden cells can be derived exactly"
    ]
    if undecided > 0 { lines.append("\(undecided) not decided: take them for unsafe") }
    guard let companions else { return lines }
    lines.append(
      companions.isEmpty
        ? "nothing to hide as well"
        : "with these hidden as well: " + names(companions))
    if !unprotected.isEmpty {
      lines.append(
        "nothing protects \(names(unprotected)): merge categories, or leave a total out")
    }
    return lines
  }

  private func names(_ cells: [String]) -> String {
    cells.map { "`\(DisplayedText($0).text)`" }.joined(separator: ", ")
  }

  /// Rows in columns: the first to the left, numbers to the right; the last as it is.
  private func columns(_ rows: [[String]]) -> [String] {
    let widths = rows.reduce([0, 0, 0]) { widths, row in
      zip(widths, row + ["", ""]).map { max($0, $1.count) }
    }
    return rows.map { row in
      var fields = row.prefix(3).enumerated().map { number, field in
        number == 0
          ? field.padded(to: widths[0])
          : String(repeating: " ", count: widths[number] - field.count) + field
      }
      if row.count > 3, !row[3].isEmpty { fields.append(row[3]) }
      return fields.joined(separator: "  ")
    }
  }
}

extension TableAudit.Finding {
  fileprivate var interval: JSON {
    .array([.integer(low), high.map { .integer($0) } ?? .null])
  }
}

extension [(cell: String, count: Int)] {
  fileprivate var json: JSON { .object(map { .init($0.cell, .integer($0.count)) }) }
}
