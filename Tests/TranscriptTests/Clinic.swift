import Foundation
import TestSupport
import Testing

/// A folder with a study, a code list, the records of three invented people and a site that holds
/// them, to go wrong in one way or another.
final class Clinic {
  let folder: TemporaryFolder

  /// A value of the records that nothing may ever print.
  static let secret = "Q99.7351"

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(Self.package, to: "extract/datapackage.json")
    try folder.write(
      "patient_id,date_of_birth,sex\n1,1950-01-01,female\n2,1960-01-01,male\n3,1970-01-01,\n",
      to: "extract/patients.csv")
    try folder.write(Self.visits, to: "extract/visits.csv")
    try folder.write("code,term\nJ45,Asthma\n", to: "codelists/asthma.csv")
    try folder.write(Self.study, to: "study.carrel")
  }

  /// Makes the site `demo` with the records loaded.
  func makeSite() throws {
    try carrel("site", "create", "demo", "--kind", "synthetic")
    try carrel("load", "extract", "--site", "demo")
  }

  /// Runs the program, which must end well.
  @discardableResult
  func carrel(_ arguments: String...) throws -> String {
    try Program.carrel.succeed(arguments, in: folder.url).text
  }

  /// Runs the program and expects it to say why it does nothing: a code, a status, no value of the
  /// records, and every file as it was.
  func expectRefusal(
    _ arguments: [String], code: String, status: Int32, saying words: String = "",
    hiding secret: String = Clinic.secret, at location: SourceLocation = #_sourceLocation
  ) throws {
    let before = try contents()
    let result = try Program.carrel.run(arguments, in: folder.url)
    let said = result.text + result.errors
    let line = Comment(
      rawValue: "carrel \(arguments.joined(separator: " ")):\n\(said.prefix(2000))")
    #expect(result.status == status, line, sourceLocation: location)
    #expect(said.contains("error[\(code)]: "), line, sourceLocation: location)
    #expect(words.isEmpty || said.contains(words), line, sourceLocation: location)
    #expect(!said.contains(secret), line, sourceLocation: location)
    #expect(try contents() == before, line, sourceLocation: location)
  }

  /// Every file and folder with its bytes.
  func contents() throws -> [String: Data?] {
    let manager = FileManager.default
    var found: [String: Data?] = [:]
    for path in try manager.subpathsOfDirectory(atPath: folder.url.path) {
      found[path] = .some(manager.contents(atPath: folder[path]))
    }
    return found
  }

  private static let visits = """
    patient_id,date,code,value
    1,2020-01-01,J45,1.5
    2,2021-01-01,J45,2
    3,2022-01-01,E11,
    """

  private static let study = """
    study "Clinic"
      uses clinic
    parameter index : date = 2024-03-31
    codelist asthma from "codelists/asthma.csv"
    define born = patients.date_of_birth
    define ill  = any visits where code in asthma and date <= index
    population everybody
      include born is known
    flow kept of everybody
    table illness of everybody
      show count, percent ill
    """

  private static let package = """
    {"name": "clinic", "synthetic": true, "resources": [
      {"name": "patients", "path": "patients.csv", "rowsPerPatient": "one", "schema": {"fields": [
        {"name": "patient_id", "type": "integer", "privacy": "person-id",
         "constraints": {"required": true}},
        {"name": "date_of_birth", "type": "date", "privacy": "date-precision"},
        {"name": "sex", "type": "string", "categories": ["female", "male"]}]}},
      {"name": "visits", "path": "visits.csv", "orderedBy": ["date"], "schema": {"fields": [
        {"name": "patient_id", "type": "integer", "privacy": "person-id",
         "constraints": {"required": true}},
        {"name": "date", "type": "date"},
        {"name": "code", "type": "string", "codingSystem": "icd10"},
        {"name": "value", "type": "number"}]}}]}
    """
}
