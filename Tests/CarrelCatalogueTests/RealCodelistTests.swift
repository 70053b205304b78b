import CarrelCatalogue
import CarrelValues
import Foundation
import TestSupport
import Testing

/// Sixteen lists as they lie in public study repositories, which are no part of the project.
@Suite("Real code lists, where they are at hand", .enabled(if: Repository.shared("data") != nil))
struct RealCodelistTests {
  /// The file, its system, its rows, its different codes, and the kinds of problem; rows and codes
  /// were counted with Python's `csv`.
  static let lists: [(String, CodingSystem, Int, Int, [CodelistProblem.Kind])] = [
    ("bristol-antidepressants-bnf", .bnf, 581, 581, []),
    ("nhsd-haematopoietic-stem-cell-transplant-opcs4", .opcs4, 8, 8, []),
    ("nhsd-primary-care-domain-refsets-adhd_cod", .snomedct, 18, 18, []),
    ("opensafely-antiphospholipid-syndrome", .ctv3, 9, 9, []),
    ("opensafely-asthma-diagnosis", .ctv3, 319, 194, [.duplicate]),
    ("opensafely-cardiovascular-secondary-care", .icd10, 446, 446, []),
    ("opensafely-covid-identification", .icd10, 2, 2, []),
    ("opensafely-erythromycin-oral", .dmd, 144, 144, []),
    ("opensafely-ethnicity", .ctv3, 270, 266, [.duplicate]),
    ("opensafely-ethnicity-snomed-0removed", .snomedct, 599, 599, []),
    ("opensafely-fracture-potential-emergency-opcs-codes", .opcs4, 53, 53, [.whiteSpace]),
    (
      "opensafely-opioid-containing-medicines-transdermal-excluding-drugs-for-substance-misuse-dmd",
      .dmd, 159, 159, []
    ),
    ("opensafely-smoking-clear", .ctv3, 101, 101, []),
    ("opensafely-symptoms-anxiety", .snomedct, 670, 670, []),
    ("opensafely-warfarin", .dmd, 132, 132, []),
    ("ukrr-ckd-stages", .snomedct, 76, 76, []),
  ]

  @Test("every list is read whole without naming its column", arguments: lists)
  func reads(
    name: String, system: CodingSystem, rows: Int, codes: Int, kinds: [CodelistProblem.Kind]
  ) throws {
    let file = try #require(Repository.shared("data/codelists/\(name).csv"))
    let reading = CodelistFile.read(Array(try Data(contentsOf: file)))
    let resolution = try #require(reading.file).codelist(named: "list", in: system)
    #expect(reading.file?.entries.count == rows)
    #expect(resolution.codelist?.codes.count == codes)
    #expect((reading.problems + resolution.problems).map(\.kind) == kinds)
  }
}
