import CarrelJSON
import Foundation
import TestSupport
import Testing

/// One case of ehrQL's specification: tables, an expression as a tree of operators, and the value
/// that every patient must get.
///
/// The file is read from the shared material and is no part of the project, because ehrQL's own
/// licence is not this project's; without it the tests are skipped.
struct SpecCase: Sendable {
  let id: String
  let source: String
  let tables: [SpecTable]
  let expression: SpecNode
  let population: SpecNode?
  let expectedType: String
  /// The value of each patient who must be there, by identifier.
  let expected: [Int: JSON]

  /// Every case of the file; none where it is absent.
  static let all: [SpecCase] = {
    guard let file = Repository.shared("conformance/spec-public.json"),
      let bytes = try? Data(contentsOf: file), let json = try? JSON(parsing: Array(bytes)),
      let cases = json["cases"]?.array
    else { return [] }
    return cases.compactMap(SpecCase.init)
  }()

  /// How many cases the file says it has; `nil` where it is absent.
  static let announcedCount: Int? = {
    guard let file = Repository.shared("conformance/spec-public.json"),
      let bytes = try? Data(contentsOf: file), let json = try? JSON(parsing: Array(bytes))
    else { return nil }
    return json["case_count"]?.integer
  }()

  init?(_ json: JSON) {
    guard let id = json["id"]?.string, let source = json["source"]?.string,
      let tables = json["tables"]?.members, let expression = json["expression"].map(SpecNode.init),
      let type = json["expected_type"]?.string, let expected = json["expected"]?.members
    else { return nil }
    self.id = id
    self.source = source
    self.tables = tables.map { SpecTable(name: $0.name, json: $0.value) }
    self.expression = expression
    population = json["population"].flatMap { $0.isNull ? nil : SpecNode(json: $0) }
    expectedType = type
    self.expected = Dictionary(
      uniqueKeysWithValues: expected.compactMap { member in
        Int(member.name).map { ($0, member.value) }
      })
  }
}

extension SpecCase: CustomTestStringConvertible {
  var testDescription: String { "\(id): \(source)" }
}

/// A table of a case: its columns with their types, and its rows.
struct SpecTable: Sendable {
  let name: String
  let isEventTable: Bool
  let columns: [(name: String, type: String)]
  let rows: [JSON]

  init(name: String, json: JSON) {
    self.name = name
    isEventTable = json["kind"]?.string == "event"
    columns = (json["columns"]?.members ?? []).map { ($0.name, $0.value.string ?? "") }
    rows = json["rows"]?.array ?? []
  }

  private init(emptyNamed name: String, columns: [(name: String, type: String)]) {
    self.name = name
    isEventTable = true
    self.columns = columns
    rows = []
  }

  /// A table without rows, so that each of its columns is an empty set of values for every patient:
  /// what `[]` is there, and what no list in parentheses can be here.
  static let nothing = SpecTable(
    emptyNamed: "nothing",
    columns: ["bool", "int", "float", "str", "date", "code:snomedct", "code:icd10", "code:dmd"].map
    {
      (column(ofType: $0), $0)
    })

  /// The column of ``nothing`` whose values have a type.
  static func column(ofType type: String) -> String {
    "no_" + type.replacingOccurrences(of: ":", with: "_")
  }
}

/// A node of an operator tree.
struct SpecNode: Sendable {
  let json: JSON

  var operation: String { json["op"]?.string ?? "" }
  var type: String { json["type"]?.string ?? "" }
  /// Whether there is a value for every row rather than for every patient.
  var isOfRows: Bool { json["dim"]?.string == "event" }
  var name: String { json["name"]?.string ?? "" }
  var arguments: [SpecNode] { (json["args"]?.array ?? []).map(SpecNode.init) }
  var source: SpecNode? { json["source"].map(SpecNode.init) }
  var condition: SpecNode? { json["condition"].map(SpecNode.init) }
  var key: SpecNode? { json["by"].map(SpecNode.init) }

  /// Whether two nodes say the same.
  func isSame(as other: SpecNode) -> Bool { json == other.json }
}
