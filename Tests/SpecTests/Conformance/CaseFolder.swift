import CarrelJSON
import Foundation
import TestSupport

/// A folder with a case's tables as a data package and the case as a study.
struct CaseFolder {
  let folder: TemporaryFolder
  var study: String { folder["study.carrel"] }

  init(_ specCase: SpecCase, study: String) throws {
    folder = try TemporaryFolder()
    try folder.write(study, to: "study.carrel")
    let tables = specCase.tables + [.nothing]
    try folder.write(Self.package(tables).text(), to: "datapackage.json")
    for table in tables { try folder.write(Self.csv(table), to: "\(table.name).csv") }
  }

  private static func package(_ tables: [SpecTable]) -> JSON {
    [
      "name": "records", "synthetic": true,
      "resources": .array(
        tables.map { table in
          [
            "name": .string(table.name), "type": "table", "path": .string("\(table.name).csv"),
            "rowsPerPatient": table.isEventTable ? "many" : "one",
            "schema": ["fields": .array([person] + table.columns.map(field))],
          ]
        }),
    ]
  }

  private static let person: JSON = [
    "name": "patient_id", "type": "integer", "privacy": "person-id",
  ]

  private static func field(_ name: String, _ type: String) -> JSON {
    let parts = type.split(separator: ":").map(String.init)
    var members: [JSON.Member] = [.init("name", .string(name))]
    switch parts[0] {
    case "bool": members.append(.init("type", "boolean"))
    case "int": members.append(.init("type", "integer"))
    case "float": members.append(.init("type", "number"))
    case "date": members.append(.init("type", "date"))
    default: members.append(.init("type", "string"))
    }
    if parts.count == 2 { members.append(.init("codingSystem", .string(parts[1]))) }
    if parts[0] == "multicode" { members.append(.init("multiple", true)) }
    return .object(members)
  }

  private static func csv(_ table: SpecTable) -> String {
    let header = (["patient_id"] + table.columns.map(\.name)).joined(separator: ",")
    let lines = table.rows.map { row in
      let id = row["patient_id"]?.integer.map(String.init) ?? ""
      return ([id] + table.columns.map { cell(row[$0.name] ?? .null, $0.type) })
        .joined(separator: ",")
    }
    return ([header] + lines).map { $0 + "\n" }.joined()
  }

  private static func cell(_ value: JSON, _ type: String) -> String {
    switch value {
    case .string(let text):
      let stored = type == "code:snomedct" ? SnomedCode.completed(text) : text
      return "\"\(stored.replacingOccurrences(of: "\"", with: "\"\""))\""
    case .null: return ""
    case let other: return other.text()
    }
  }
}

/// The cases' SNOMED CT codes are made up and have no check digit, which records here must have:
/// each is given one, in its text and in its tables alike.
enum SnomedCode {
  /// A text of digits with its check digit after it, after Verhoeff (1969).
  static func completed(_ digits: String) -> String {
    var check = 0
    for (position, digit) in digits.reversed().enumerated() {
      let value = digit.wholeNumberValue ?? 0
      check = multiplication[check][permutation(of: value, at: position + 1)]
    }
    return digits + String((0...9).first { multiplication[check][$0] == 0 } ?? 0)
  }

  /// The dihedral group of order ten.
  private static let multiplication: [[Int]] = (0..<10).map { a in
    (0..<10).map { b in
      switch (a < 5, b < 5) {
      case (true, true): (a + b) % 5
      case (true, false): 5 + (a + b) % 5
      case (false, true): 5 + (a - b + 5) % 5
      case (false, false): (a - b + 5) % 5
      }
    }
  }

  private static func permutation(of digit: Int, at position: Int) -> Int {
    let once = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
    return (0..<position % 8).reduce(digit) { value, _ in once[value] }
  }
}
