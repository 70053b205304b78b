import CarrelCatalogue
import CarrelValues
import Testing

@Suite("Code lists") struct CodelistTests {
  func resolve(
    _ codes: String..., in system: CodingSystem
  ) throws -> CodelistFile.Resolution {
    let text = "code\n" + codes.map { $0 + "\n" }.joined()
    return try #require(CodelistFile.read(Array(text.utf8)).file)
      .codelist(named: "list", in: system)
  }

  @Test func `codes are sorted by their bytes, each once, and found exactly`() throws {
    let resolution = try resolve("XactH", "Xacth", "14B4.", "XactH", "663e0", in: .ctv3)
    let list = try #require(resolution.codelist)
    #expect(list.codes == ["14B4.", "663e0", "XactH", "Xacth"])
    #expect(list.contains("Xacth") && list.contains("14B4."))
    #expect(!list.contains("xacth") && !list.contains("14B4") && !list.contains(""))
    #expect(resolution.problems.map(\.message) == ["1 code is listed again (line 5)"])
  }

  @Test func `dots of ICD-10 are dropped, so that two spellings are one code`() throws {
    let resolution = try resolve("J45.9", "J459", "J46", in: .icd10)
    #expect(resolution.codelist?.codes == ["J459", "J46"])
    #expect(resolution.problems.map(\.kind) == [.duplicate])
  }

  /// What a spreadsheet, a typing error or a wrong export does to codes.
  static let damage: [(CodingSystem, String, CodelistProblem.Kind, Int)] = [
    (.snomedct, "1.23E+14", .spreadsheetDamage, 1),
    (.snomedct, "1e15", .spreadsheetDamage, 1),
    (.dmd, "36120011000001100", .spreadsheetDamage, 2),
    (.dmd, "36120011000001102", .wrongCheckDigit, 2),
    (.snomedct, "195967002", .wrongCheckDigit, 2),
    (.snomedct, "12345", .malformed, 1),
    (.snomedct, "J45", .malformed, 1),
    (.ctv3, "14B4", .truncated, 1),
    (.ctv3, "14B", .truncated, 1),
    (.ctv3, "14B4..", .malformed, 1),
    (.ctv3, "6.63E+03", .spreadsheetDamage, 1),
    (.bnf, "403", .truncated, 1),
    (.icd10, "j45", .malformed, 1),
  ]

  @Test("a damaged code is a warning, and left out where no record can hold it", arguments: damage)
  func damaged(system: CodingSystem, code: String, kind: CodelistProblem.Kind, kept: Int) throws {
    let good: [CodingSystem: String] = [
      .snomedct: "195967001", .dmd: "324178009", .ctv3: "663e0", .bnf: "0403", .icd10: "J45",
    ]
    let resolution = try resolve(try #require(good[system]), code, in: system)
    #expect(resolution.problems.map(\.kind) == [kind])
    #expect(resolution.problems.first?.line == 3)
    #expect(resolution.codelist?.codes.count == kept)
  }

  @Test func `a code that merely looks like a number in scientific notation is left alone`() throws
  {
    let resolution = try resolve("663e0", "663e1", in: .ctv3)
    #expect(resolution.problems.isEmpty)
    #expect(resolution.codelist?.codes == ["663e0", "663e1"])
  }

  @Test func `a list of which no code belongs to the system is an error`() throws {
    let resolution = try resolve("14B4.", "173A.", in: .snomedct)
    #expect(resolution.codelist == nil)
    #expect(resolution.problems.map(\.message) == ["none of the codes is a SNOMED CT code"])
  }

  @Test func `many lines are counted, and five of them named`() throws {
    let resolution = try resolve("J45", "a", "b", "c", "d", "e", "f", "g", in: .icd10)
    #expect(
      resolution.problems.map(\.message) == [
        "7 codes are not ICD-10 codes and are left out (lines 3, 4, 5, 6, 7 and 2 more)"
      ])
  }

  // MARK: Categories

  func categorised(_ rows: String...) throws -> CodelistFile.Resolution {
    let text = "code,group\n" + rows.map { $0 + "\n" }.joined()
    return try #require(CodelistFile.read(Array(text.utf8), category: "group").file)
      .codelist(named: "list", in: .icd10)
  }

  @Test func `categories keep the order in which they appear; a code may have none`() throws {
    let list = try #require(try categorised("J46,b", "J45, a ", "J44,", "J43,b").codelist)
    #expect(list.codes == ["J43", "J44", "J45", "J46"])
    #expect(list.categories == ["b", nil, "a", "b"])
    #expect(list.levels == ["b", "a"])
    #expect(list.category(of: "J45") == "a")
    #expect(list.category(of: "J44") == nil && list.category(of: "J99") == nil)
  }

  @Test func `a code with two categories is an error; repeated alike it is a warning`() throws {
    let conflict = try categorised("J45,a", "J46,b", "J45,b")
    #expect(conflict.codelist == nil)
    #expect(
      conflict.problems.first?.message == "1 code is listed again with another category (line 4)")
    #expect(try categorised("J45,a", "J45,a").problems.map(\.kind) == [.duplicate])
  }

  @Test func `no category may be called missing`() throws {
    #expect(try categorised("J45,missing").problems.map(\.kind) == [.wrongCategory])
  }

  @Test func `without a column of categories there are none`() throws {
    let list = try #require(try resolve("J45", in: .icd10).codelist)
    #expect(list.categories.isEmpty && list.levels.isEmpty)
    #expect(list.category(of: "J45") == nil)
  }

  // MARK: Real lists; the counts are those of their SOURCE.md and of a count by hand

  @Test func `ethnicity in CTV3 has 266 codes in five groups`() throws {
    let reading = CodelistFile.read(
      try codelist("opensafely-ethnicity"), column: "Code", category: "Grouping_6")
    #expect(reading.problems.isEmpty)
    let resolution = try #require(reading.file).codelist(named: "ethnicity", in: .ctv3)
    #expect(resolution.codelist?.codes.count == 266)
    #expect(resolution.codelist?.levels == ["1", "2", "3", "4", "5"])
    #expect(resolution.codelist?.category(of: "Y9930") == "1")
    #expect(resolution.problems.map(\.kind) == [.duplicate])
  }

  @Test func `fractures in OPCS-4 lose the no-break spaces of two codes`() throws {
    let reading = CodelistFile.read(
      try codelist("opensafely-fracture-potential-emergency-opcs-codes"))
    #expect(
      reading.problems.map(\.message) == ["2 codes have white space around them (lines 53 and 54)"])
    let resolution = try #require(reading.file).codelist(named: "fractures", in: .opcs4)
    #expect(resolution.codelist?.codes.count == 53)
    #expect(resolution.codelist?.contains("X491") == true)
    #expect(resolution.problems.isEmpty)
  }

  @Test func `warfarin in dm+d keeps every digit of its long codes`() throws {
    let reading = CodelistFile.read(try codelist("opensafely-warfarin"), column: "id")
    let resolution = try #require(reading.file).codelist(named: "warfarin", in: .dmd)
    #expect(reading.problems.isEmpty && resolution.problems.isEmpty)
    #expect(resolution.codelist?.codes.count == 132)
    #expect(resolution.codelist?.contains("18509011000001102") == true)
  }
}
