import CarrelCatalogue
import CarrelChecker
import CarrelDiagnostics
import CarrelJSON
import CarrelSyntax
import Foundation
import TestSupport

/// What the reference's studies may name: `core`, as the sample data have it, and a table `facts`
/// with a column or two of every type for each patient.
enum SpecSchema {
  static let inUse = Result { try make() }

  private static func make() throws -> SchemaInUse {
    let package = try JSON(parsing: bytes("SampleData/datapackage.json"))
    return try schema(adding(facts, to: package).bytes(), "SampleData/core.carrel")
  }

  /// A schema that the project ships, by its package and its definitions.
  static func shipped(_ package: String, _ definitions: String) throws -> SchemaInUse {
    try schema(try bytes(package), definitions)
  }

  private static func schema(_ package: [UInt8], _ definitions: String) throws -> SchemaInUse {
    let reading = DataPackage.read(package, reservedWords: [])
    guard let schema = reading.package?.schema else {
      throw Misdrawn("a package: \(reading.problems)")
    }
    var diagnostics = Diagnostics()
    let definitions = StudyFile.parse(
      SourceText(name: definitions, bytes: try bytes(definitions)), reporting: &diagnostics)
    guard diagnostics.isEmpty else { throw Misdrawn(TextRenderer().render(diagnostics)) }
    return SchemaInUse(schema: schema, definitions: definitions)
  }

  private static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: Repository.file(path)))
  }

  private static func adding(_ resource: JSON, to package: JSON) -> JSON {
    .object(
      (package.members ?? []).map { member in
        member.name == "resources"
          ? .init("resources", .array((member.value.array ?? []) + [resource])) : member
      })
  }

  private static let facts: JSON = [
    "name": "facts", "type": "table", "path": "facts.csv", "rowsPerPatient": "one",
    "schema": [
      "fields": [
        ["name": "patient_id", "type": "integer", "privacy": "person-id"],
        ["name": "a", "type": "integer"], ["name": "b", "type": "integer"],
        ["name": "x", "type": "number"], ["name": "y", "type": "number"],
        ["name": "p", "type": "boolean"], ["name": "q", "type": "boolean"],
        ["name": "s", "type": "string"], ["name": "t", "type": "string"],
        ["name": "d", "type": "date"], ["name": "e", "type": "date"],
        ["name": "code", "type": "string", "codingSystem": "icd10"],
        ["name": "codes", "type": "string", "codingSystem": "icd10", "multiple": true],
      ]
    ],
  ]
}
