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
  /// Headers in the wild, a row under each, and the code found.
  static let headers: [(String, String, String, CodingSystem?)] = [
    ("code,term", "195967001,Asthma", "195967001", nil),
    ("code, term", "W342,\"Allograft, marrow\"", "W342", nil),
    ("code", "0403", "0403", nil),
    ("CTV3ID,CTV3PreferredTermDesc,CTV3Source", "14B4.,H/O: asthma,x", "14B4.", .ctv3),
    ("CTV3Code,Description,CodeSource,Category", "1377.,Ex-smoker,QOF,E", "1377.", .ctv3),
    ("id,name,active,notes", "10292001,a,1,", "10292001", nil),
    ("dmd_type,dmd_id,dmd_name,bnf_code", "VMP,324178009,a,0501", "324178009", .dmd),
    ("snomedcode,Ethnicity,Grouping_16,Grouping_6", "10292001,a,16,5", "10292001", .snomedct),
    ("Description,Code,Grouping_16,Grouping_6", "Race,134B.,1,1", "134B.", nil),
    ("icd10_code,name", "U071,covid19", "U071", .icd10),
    ("ICD code,description", "I00,fever", "I00", .icd10),
    ("icd,description,mi,heartfailure", "I00,fever,0,0", "I00", .icd10),
    (
      ",type,id,bnf_code,nm,chemical", "30,amp,18509011000001102,0208,x,y", "18509011000001102", nil
    ),
    ("Code,Description,,,,", "O174,x,,,,", "O174", nil),
    ("code,term,dmd_id,dmd_type,bnf_code", "324178009,a,324178009,VMP,05", "324178009", nil),
    ("\u{FEFF}code,term", "J45,Asthma", "J45", nil),
  ]

  @Test("every header of OpenCodelists leads to its codes", arguments: headers)
  func known(header: String, row: String, code: String, system: CodingSystem?) throws {
    for lineEnd in ["\n", "\r\n"] {
      let reading = CodelistFile.read(Array((header + lineEnd + row + lineEnd).utf8))
      #expect(reading.problems.isEmpty)
      #expect(reading.file?.entries.map(\.code) == [code])
      #expect(reading.file?.suggestedSystem == system)
    }
  }

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
        kind: .missingColumn, line: 1, message: "no column is known to hold codes",
        help: "name one with `column`: the file has `name`, `notes`")
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
      "code,term,dmd_id\n1,a,1\n2,b,3\n", nil, nil,
      CodelistProblem(
        kind: .ambiguousColumn, line: 1, message: "`code`, `dmd_id` could all hold the codes",
        help: "name one with `column \"code\"`")
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
