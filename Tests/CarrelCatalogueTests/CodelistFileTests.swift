import CarrelCatalogue
import CarrelValues
import Foundation
import TestSupport
import Testing

/// The bytes of one of the real code lists kept beside these tests; see their `SOURCE.md`.
func codelist(_ name: String) throws -> [UInt8] {
  let file = Repository.file("Tests/CarrelCatalogueTests/Codelists/\(name).csv")
  return Array(try Data(contentsOf: file))
}

@Suite("Finding the codes in a file") struct CodelistFileTests {
  @Test(
    "a column that is named is used, in any case, and no other",
    arguments: [
      ("bnf_code", nil, ["0501"], [nil]), ("BNF_CODE", "dmd_type", ["0501"], ["VMP"]),
      (" dmd_id ", "dmd_name", ["324178009"], [nil]),
    ] as [(String, String?, [String], [String?])])
  func named(column: String, category: String?, codes: [String], categories: [String?]) {
    let text = "dmd_type,dmd_id,dmd_name,bnf_code\nVMP,324178009,,0501\n"
    let reading = CodelistFile.read(Array(text.utf8), column: column, category: category)
    #expect(reading.file?.entries.map(\.code) == codes)
    #expect(reading.file?.entries.map(\.category) == categories)
    #expect(reading.file?.hasCategories == (category != nil))
  }

  /// Files whose codes cannot be found, the columns asked for, and the mistake.
  static let unreadable: [(String, String?, String?, CodelistProblem)] = [
    (
      "", nil, nil,
      CodelistProblem(
        kind: .emptyFile, line: nil, message: "the file is empty",
        help: "a code list has a header and a row per code")
    ),
    (
      "code,term\n", nil, nil,
      CodelistProblem(kind: .noCodes, line: nil, message: "the list has no codes", help: nil)
    ),
    (
      "name,notes\nAsthma,x\n", nil, nil,
      CodelistProblem(
        kind: .missingColumn, line: 1, message: "there is no column `code`",
        help: "name the column of codes, with `column`: the file has `name`, `notes`")
    ),
    (
      "code,term\nJ45,x\n", "snomedcode", nil,
      CodelistProblem(
        kind: .missingColumn, line: 1, message: "there is no column `snomedcode`",
        help: "the file has `code`, `term`")
    ),
    (
      "code,term\nJ45,x\n", nil, "Grouping_6",
      CodelistProblem(
        kind: .missingColumn, line: 1, message: "there is no column `Grouping_6`",
        help: "the file has `code`, `term`")
    ),
    (
      "name,icd,icd10\nx,J45,J45\n", nil, nil,
      CodelistProblem(
        kind: .missingColumn, line: 1, message: "there is no column `code`",
        help: """
          name the column of codes, which may be `icd` or `icd10`, with `column`: the file has \
          `name`, `icd`, `icd10`
          """)
    ),
    (
      "Code,code,CODE\nJ45,J45,J45\n", "CoDe", nil,
      CodelistProblem(
        kind: .ambiguousColumn, line: 1, message: "several columns are called `CoDe`", help: nil)
    ),
    (
      "a,a\nJ45,J46\n", "A", nil,
      CodelistProblem(
        kind: .ambiguousColumn, line: 1, message: "several columns are called `A`", help: nil)
    ),
    (
      "code,term\nJ45\n", nil, nil,
      CodelistProblem(
        kind: .notCSV, line: 2,
        message: "not a CSV file: line 2: 1 field where the first line has 2",
        help: "download the list again, or save it as CSV in UTF-8")
    ),
  ]

  @Test("a file whose codes cannot be found says why, and what it has", arguments: unreadable)
  func refused(text: String, column: String?, category: String?, problem: CodelistProblem) {
    let reading = CodelistFile.read(Array(text.utf8), column: column, category: category)
    #expect(reading.file == nil)
    #expect(reading.problems == [problem])
  }

  @Test func `of two columns that differ in case, the one written exactly is used`() {
    let reading = CodelistFile.read(Array("x,X\nJ45,J46\n".utf8), column: "X")
    #expect(reading.file?.entries.map(\.code) == ["J46"])
  }

  @Test func `white space and empty codes are reported with their lines`() {
    let reading = CodelistFile.read(Array("code,term\n J45,a\nJ46\u{A0},b\n,c\n \t,d\n".utf8))
    #expect(reading.file?.entries.map(\.code) == ["J45", "J46"])
    #expect(
      reading.problems.map(\.message) == [
        "3 codes have white space around them (lines 2, 3 and 5)",
        "2 rows have no code and are left out (lines 4 and 5)",
      ])
    #expect(reading.problems.allSatisfy { !$0.isError })
  }
}
