import CarrelCatalogue
import CarrelValues
import Foundation
import TestSupport
import Testing

/// One of sixteen lists as they lie in public study repositories.
struct RealCodelist: Sendable, CustomTestStringConvertible {
  let name: String
  /// The column that a study must name; `nil` where there is a column `code`.
  let column: String?
  let system: CodingSystem
  /// Rows and different codes, counted with Python's `csv`.
  let rows: Int
  let codes: Int
  let kinds: [CodelistProblem.Kind]

  init(
    _ name: String, column: String? = nil, _ system: CodingSystem, rows: Int, codes: Int,
    _ kinds: [CodelistProblem.Kind] = []
  ) {
    self.name = name
    self.column = column
    self.system = system
    self.rows = rows
    self.codes = codes
    self.kinds = kinds
  }

  var testDescription: String { name }

  /// The file: committed where its licence lets it be, else shared between checkouts.
  var file: URL? {
    let committed = Repository.file("Tests/CarrelCatalogueTests/Codelists/\(name).csv")
    return FileManager.default.fileExists(atPath: committed.path)
      ? committed : Repository.shared("data/codelists/\(name).csv")
  }

  static let committed = 10
  static let all: [RealCodelist] = [
    RealCodelist("bristol-antidepressants-bnf", .bnf, rows: 581, codes: 581),
    RealCodelist("nhsd-haematopoietic-stem-cell-transplant-opcs4", .opcs4, rows: 8, codes: 8),
    RealCodelist("nhsd-primary-care-domain-refsets-adhd_cod", .snomedct, rows: 18, codes: 18),
    RealCodelist("opensafely-antiphospholipid-syndrome", .ctv3, rows: 9, codes: 9),
    RealCodelist(
      "opensafely-asthma-diagnosis", column: "CTV3ID", .ctv3, rows: 319, codes: 194, [.duplicate]),
    RealCodelist(
      "opensafely-cardiovascular-secondary-care", column: "icd", .icd10, rows: 446, codes: 446),
    RealCodelist(
      "opensafely-covid-identification", column: "icd10_code", .icd10, rows: 2, codes: 2),
    RealCodelist("opensafely-erythromycin-oral", column: "dmd_id", .dmd, rows: 144, codes: 144),
    RealCodelist("opensafely-ethnicity", .ctv3, rows: 270, codes: 266, [.duplicate]),
    RealCodelist(
      "opensafely-ethnicity-snomed-0removed", column: "snomedcode", .snomedct, rows: 599, codes: 599
    ),
    RealCodelist(
      "opensafely-fracture-potential-emergency-opcs-codes", .opcs4, rows: 53, codes: 53,
      [.whiteSpace]),
    RealCodelist(
      "opensafely-opioid-containing-medicines-transdermal-excluding-drugs-for-substance-misuse-dmd",
      .dmd, rows: 159, codes: 159),
    RealCodelist("opensafely-smoking-clear", column: "CTV3Code", .ctv3, rows: 101, codes: 101),
    RealCodelist("opensafely-symptoms-anxiety", .snomedct, rows: 670, codes: 670),
    RealCodelist("opensafely-warfarin", column: "id", .dmd, rows: 132, codes: 132),
    RealCodelist("ukrr-ckd-stages", .snomedct, rows: 76, codes: 76),
  ]
}

@Suite("Real code lists") struct RealCodelistTests {
  @Test("every list is read whole", arguments: RealCodelist.all.filter { $0.file != nil })
  func reads(_ list: RealCodelist) throws {
    let bytes = Array(try Data(contentsOf: try #require(list.file)))
    let reading = CodelistFile.read(bytes, column: list.column)
    let resolution = try #require(reading.file).codelist(named: "list", in: list.system)
    #expect(reading.file?.entries.count == list.rows)
    #expect(resolution.codelist?.codes.count == list.codes)
    #expect((reading.problems + resolution.problems).map(\.kind) == list.kinds)
  }

  @Test(
    "a column that the study must name is suggested",
    arguments: RealCodelist.all.filter { $0.file != nil && $0.column != nil })
  func suggested(_ list: RealCodelist) throws {
    let bytes = Array(try Data(contentsOf: try #require(list.file)))
    let problem = try #require(CodelistFile.read(bytes).problems.first)
    #expect(problem.kind == .missingColumn)
    let column = try #require(list.column)
    #expect(problem.help?.contains("`\(column)`") == true)
  }

  @Test func `those that may be committed are, and the others say so where they are absent`() {
    let found = RealCodelist.all.filter { $0.file != nil }
    print("real code lists: \(found.count) of \(RealCodelist.all.count) at hand")
    #expect(RealCodelist.all.count == 16)
    #expect(found.count >= RealCodelist.committed)
  }
}
