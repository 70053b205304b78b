import CarrelCatalogue
public import CarrelJSON
import CarrelRecords
import CarrelValues

/// What a load did, in counts.
public struct LoadOutcome {
  let report: LoadReport
  let package: String
  let date: CivilDate
  /// Whether a study can be run on the records as they are: nobody in them is real.
  public let canBeRunOn: Bool

  /// A line for each table with refused rows, one for all others, and what is live now.
  public var text: String {
    var rows = [["table", "rows", "refused", "constraint"]]
    for table in report.tables where table.refusedRowCount > 0 {
      rows.append([
        table.name, table.rowCount.grouped, table.refusedRowCount.grouped,
        table.constraintsInWords,
      ])
    }
    let whole = report.tables.filter { $0.refusedRowCount == 0 }
    if !whole.isEmpty {
      let other = rows.count > 1 ? "other " : ""
      let noun = whole.count == 1 ? "table" : "tables"
      let rowCount = whole.reduce(0) { $0 + $1.rowCount }
      rows.append(["\(whole.count) \(other)\(noun)", rowCount.grouped, "0", ""])
    }
    let refused = report.tables.contains { $0.refusedRowCount > 0 }
    let note =
      refused
      ? "Refused rows are counted and never quoted. They are within the limit of the policy.\n"
      : ""
    let new =
      report.newPatientCount == 0
      ? ""
      : "\(report.newPatientCount.grouped) people have been registered for fewer than "
        + "\(LoadRules.registrationDays) days, and are left out until they have been.\n"
    return Columns(rows, rightAligned: [1, 2]).text + "\n"
      + "\(note)\(new)\(report.patientCount.grouped) people; the snapshot of \(date.inWords) is live."
  }

  /// The report for programs.
  public var json: JSON {
    let tables = report.tables.map { table in
      JSON.object([
        .init("table", .string(table.name)), .init("rows", .integer(table.rowCount)),
        .init("refused", .integer(table.refusedRowCount)),
      ])
    }
    return .object([
      .init("carrel", 1), .init("command", "load"), .init("ok", true),
      .init("package", .string(package)), .init("snapshot", .string(date.description)),
      .init("people", .integer(report.patientCount)),
      .init("new_people", .integer(report.newPatientCount)), .init("tables", .array(tables)),
    ])
  }
}

extension LoadReport.Table {
  /// The fields and constraints that rows broke, without a value of any.
  var constraintsInWords: String {
    refusals.map { "\($0.field) \($0.constraint.rawValue)" }.joined(separator: "; ")
  }
}
