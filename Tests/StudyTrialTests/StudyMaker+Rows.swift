/// A table of `core` with its columns by kind.
struct Table {
  let name: String
  let dates: [String]
  let columns: [(name: String, type: StudyMaker.Kind)]

  static let all = [
    Table(
      name: "clinical_events", dates: ["date"],
      columns: [("date", .date), ("snomedct_code", .snomed), ("numeric_value", .decimal)]),
    Table(name: "medications", dates: ["date"], columns: [("date", .date)]),
    Table(
      name: "addresses", dates: ["start_date", "end_date"],
      columns: [("start_date", .date), ("end_date", .date), ("imd_quintile", .integer)]),
    Table(
      name: "admissions", dates: ["admission_date", "discharge_date"],
      columns: [("admission_date", .date), ("discharge_date", .date)]),
  ]
}

extension StudyMaker {
  /// A condition on the rows of a table, in which every query stands in parentheses.
  mutating func condition(on table: Table, _ depth: Int) -> String {
    value(.boolean, on: table, depth)
  }

  private mutating func value(_ kind: Kind, on table: Table, _ depth: Int) -> String {
    let columns = table.columns.filter { $0.type == kind }.map(\.name)
    if !columns.isEmpty, chance(60) { return pick(columns) }
    guard depth > 0 else { return operand(kind, 0) }
    if chance(6) { return "(\(query(kind)))" }
    return combined(kind, depth - 1) { $0.value($1, on: table, $2) }
  }

  /// A query that gives a kind.
  mutating func query(_ kind: Kind) -> String {
    let table = pick(Table.all)
    let rows = table.name + filters(on: table)
    let date = pick(table.dates)
    switch kind {
    case .boolean: return "any \(rows)"
    case .integer:
      let gap = "\(number(1...90)) \(pick(["days", "weeks"]))"
      return pick([
        "count \(rows)", "count distinct \(date) of \(rows)",
        "count episodes of \(rows) gap \(gap)",
        "sum (days from \(date) to index) of \(rows)",
        "largest (\(date).year) of \(rows)",
      ])
    case .decimal:
      return pick([
        "mean (days from \(date) to index) of \(rows)",
        "numeric_value of last clinical_events by (numeric_value descending, date)",
        "sum numeric_value of clinical_events where snomedct_code in asthma",
      ])
    case .date:
      return pick([
        "\(date) of \(pick(["first", "last", "row 2 of"])) \(rows)\(order(on: table))",
        "earliest \(date) of \(rows)", "latest \(date) of \(rows)",
      ])
    case .sex: return "case when any \(table.name) then \"male\" otherwise \"female\""
    case .snomed: return "snomedct_code of first clinical_events where date <= index"
    }
  }

  private mutating func filters(on table: Table) -> String {
    var text = ""
    if chance(60) { text += " where \(condition(on: table, 2))" }
    if chance(20) { text += " except where \(condition(on: table, 1))" }
    return text
  }

  private mutating func order(on table: Table) -> String {
    guard chance(50) else { return "" }
    let key = pick([
      pick(table.dates), "absolute(days from index to \(pick(table.dates)))",
      "(\(pick(table.dates)), \(pick(table.columns).name) descending)",
    ])
    return " by \(key)" + (chance(30) ? " including missing" : "")
  }
}
