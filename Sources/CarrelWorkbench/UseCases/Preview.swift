import CarrelCatalogue
import CarrelChecker
import CarrelJSON
import CarrelPlan
import CarrelSandbox
import CarrelValues

/// What a study makes of each person: one row a person, one column a definition.
///
/// Only for people who were invented: a synthetic site, or a folder that whoever runs this can read
/// already. The rows come from the worker, which checks that for itself.
public struct Preview: Sendable {
  private let names: [String]
  private let rows: [[Value]]

  /// Previews a study on the synthetic site or the folder that it was opened on.
  ///
  /// - Parameters:
  ///   - study: The study.
  ///   - engine: What computes.
  ///   - limit: How many people to show; `nil` for all.
  /// - Throws: A ``Failure``: on a protected site nothing is read.
  public init(of study: ReadyStudy, engine: EngineChoice, rows limit: Int?) throws(Failure) {
    let columns = study.checked.preview
    Interruption.watch()
    let records = try PreviewRecords(of: study.place)
    // Nobody in these records is a person, or they are files that whoever runs this can read.
    let worker = WorkerProcess(
      engine: engine, records: records.opened, layersThatMayBeAbsent: Set(SandboxLayer.allCases))
    let output = try worker.rows(of: columns, in: study.checked.patientPlan, limit: limit)
    self.init(columns: columns, rows: output.value)
    try Interruption.check()
  }

  private init(columns: [PreviewColumn], rows: [PreviewRow]) {
    names = ["patient_id"] + columns.map(\.name)
    self.rows = rows.map { row in
      [row.patient] + zip(columns, row.values).map { $0.labelled($1) }
    }
  }

  /// One JSON object a line, as JSON Lines.
  public var jsonLines: String {
    rows.map { row in
      JSON.object(zip(names, row).map { JSON.Member($0, $1.json) }).text(.spaced)
    }.joined(separator: "\n")
  }

  /// Comma-separated values with a heading line; missing is empty.
  public var csv: String {
    var file = CSVWriter()
    file.append(texts: names)
    for row in rows { file.append(row.map(CSVWriter.Cell.init)) }
    return file.text.trimmedAtLineEnd
  }

  /// A line of names and values for each person.
  public var linesByName: String {
    rows.map { row in
      zip(names, row).map { "\($0): \($1.plainText)" }.joined(separator: ", ")
    }.joined(separator: "\n")
  }

  /// Columns under one another, text left and numbers right.
  public var table: String {
    let numbers = names.indices.filter { column in
      rows.allSatisfy { $0[column].isMissing || $0[column].number != nil }
    }
    return Columns([names] + rows.map { $0.map(\.plainText) }, rightAligned: Set(numbers)).text
  }
}

extension PreviewColumn {
  /// The label of a value that stands for a level; any other value as it is.
  func labelled(_ value: Value) -> Value {
    levels.first { $0.value == value }.map { .text($0.label) } ?? value
  }
}

extension Value {
  /// The value in JSON: dates as texts, missing as null.
  var json: JSON {
    switch self {
    case .missing: .null
    case .boolean(let boolean): .boolean(boolean)
    case .integer(let integer): .integer(integer)
    case .decimal(let decimal): .decimal(decimal)
    case .text(let text): .string(text)
    case .date(let date): .string(date.description)
    }
  }
}
