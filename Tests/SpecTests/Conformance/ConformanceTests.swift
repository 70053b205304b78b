import CarrelJSON
import Foundation
import TestSupport
import Testing

/// The two engines that every case runs on.
enum EngineName: String, CaseIterable, Sendable { case reference, sql }

/// What ehrQL means by a query is what this language means by the same query.
///
/// Where the two differ on purpose, as in how ties are broken, ``CaseWriter`` says so.
@Suite(
  "Conformance with ehrQL's specification", .enabled(if: !SpecCase.all.isEmpty, SpecCase.absence))
struct ConformanceTests {
  @Test(
    "every case gives the expected values", arguments: SpecCase.sayable,
    EngineName.allCases)
  func meaning(_ specCase: SpecCase, _ engine: EngineName) throws {
    let study = try CaseWriter.study(for: specCase)
    let folder = try CaseFolder(specCase, study: study)
    let result = try Program.carrel.run([
      "preview", folder.study, "--data", folder.folder.url.path, "--format", "jsonl",
      "--engine", engine.rawValue,
    ])
    try #require(result.status == 0, "\(study)\n\(result.errors)\(result.text)")
    let rows = try result.text.split(separator: "\n").map { try JSON(parsing: String($0)) }
    var found: [Int: JSON] = [:]
    for row in rows where row["included"] == true {
      let id = try #require(row["patient_id"]?.integer)
      #expect(found[id] == nil, "patient \(id) has one row")
      found[id] = row["result"]
    }
    #expect(found.keys.sorted() == specCase.expected.keys.sorted(), "\(study)")
    for (id, expected) in specCase.expected {
      let value = found[id] ?? .null
      #expect(
        specCase.accepts(value, for: expected),
        "patient \(id): expected \(expected.text()), found \(value.text())\n\(study)")
    }
  }

  @Test func `there is no case that cannot be said`() {
    let reasons = SpecCase.all.compactMap { specCase in
      SpecCase.reasonAgainst(specCase).map { "\(specCase.id): \($0)" }
    }
    print(
      "conformance: \(SpecCase.sayable.count) of \(SpecCase.all.count) cases run on",
      "\(EngineName.allCases.count) engines")
    #expect(SpecCase.all.count == SpecCase.announcedCount)
    #expect(reasons == [])
  }
}

extension SpecCase {
  /// Said when the tests are skipped.
  static let absence: Comment = """
    the cases are not here: put conformance/spec-public.json into the folder that CARREL_SHARED \
    names, or into ../shared
    """

  /// The cases that the language can say.
  static let sayable = all.filter { reasonAgainst($0) == nil }

  /// Why the language cannot say a case; `nil` where it can.
  static func reasonAgainst(_ specCase: SpecCase) -> String? {
    do {
      _ = try CaseWriter.study(for: specCase)
      return nil
    } catch {
      return "\(error)"
    }
  }

  /// Whether a value is the expected one, of the expected type; decimals within one in 100,000.
  func accepts(_ value: JSON, for expected: JSON) -> Bool {
    if expected.isNull || value.isNull { return expected.isNull && value.isNull }
    switch expectedType {
    case "bool": return value.boolean != nil && value == expected
    case "int": return value.integer != nil && value == expected
    case "float":
      guard let found = value.number, let wanted = expected.number else { return false }
      return abs(found - wanted) <= 1e-5 * abs(wanted)
    default: return value.string != nil && value == expected
    }
  }
}
