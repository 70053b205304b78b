import CarrelCatalogue
import CarrelValues
import Testing

/// A header as code lists have it, one row under it, and where its code is.
struct CodelistHeader: Sendable, CustomTestStringConvertible {
  let header: String
  let row: String
  /// The column that a study must name; `nil` where there is a column `code`.
  let column: String?
  let code: String
  /// The system that the column says, where it says one.
  let system: CodingSystem?

  init(
    _ header: String, _ row: String, under column: String? = nil, _ code: String,
    _ system: CodingSystem? = nil
  ) {
    self.header = header
    self.row = row
    self.column = column
    self.code = code
    self.system = system
  }

  var testDescription: String { header }

  /// The fourteen that 2,324 of 2,404 files have, with the most frequent first.
  static let frequent: [CodelistHeader] = [
    CodelistHeader("code,term", "195967001,Asthma", "195967001"),
    CodelistHeader(
      "CTV3ID,CTV3PreferredTermDesc,CTV3Source", "14B4.,H/O: asthma,x", under: "CTV3ID", "14B4.",
      .ctv3),
    CodelistHeader(
      "code,term,dmd_id,dmd_type,bnf_code", "324178009,a,324178009,VMP,05", "324178009"),
    CodelistHeader("id,name,active,notes", "10292001,a,1,", under: "id", "10292001"),
    CodelistHeader("code,term,dmd_id", "324178009,a,324178009", "324178009"),
    CodelistHeader(
      "dmd_type,dmd_id,dmd_name,bnf_code", "VMP,324178009,a,0501", under: "dmd_id", "324178009",
      .dmd),
    CodelistHeader(
      "CTV3Code,Description,CodeSource,Category", "1377.,Ex-smoker,QOF,E", under: "CTV3Code",
      "1377.",
      .ctv3),
    CodelistHeader(
      "snomedcode,Ethnicity,Grouping_16,Grouping_6", "10292001,a,16,5", under: "snomedcode",
      "10292001",
      .snomedct),
    CodelistHeader("code,term,id,type,bnf_code", "324178009,a,324178009,VMP,05", "324178009"),
    CodelistHeader("Description,Code,Grouping_16,Grouping_6", "Race,134B.,1,1", "134B."),
    CodelistHeader("icd10_code,name", "U071,covid19", under: "icd10_code", "U071", .icd10),
    CodelistHeader(
      "code,Ethnicity,Grouping_16,Grouping_6,Label_16,Label_6", "10292001,a,16,5,b,c", "10292001"),
    CodelistHeader(
      "CTV3ID,CTV3PreferredTermDesc", "14B4.,H/O: asthma", under: "CTV3ID", "14B4.", .ctv3),
    CodelistHeader("CTV3Code,Description", "1377.,Ex-smoker", under: "CTV3Code", "1377.", .ctv3),
  ]

  /// The rarer ones that the survey describes: stray row indexes, trailing columns without a name, a
  /// space in the header, several columns of nought and one, a stage, and `code` alone.
  static let described: [CodelistHeader] = [
    CodelistHeader(
      ",type,id,bnf_code,nm,chemical", "30,amp,18509011000001102,0208,x,y", under: "id",
      "18509011000001102"),
    CodelistHeader("Code,Description,,", "O174,x,,", "O174"),
    CodelistHeader("Code,Description,,,,", "O174,x,,,,", "O174"),
    CodelistHeader("code, term", "W342,\"Allograft, marrow\"", "W342"),
    CodelistHeader("ICD code,description", "I00,fever", under: "ICD code", "I00", .icd10),
    CodelistHeader("icd,description,mi,heartfailure", "I00,fever,0,0", under: "icd", "I00", .icd10),
    CodelistHeader("code,term,stage", "117681000119102,Stage 1,1", "117681000119102"),
    CodelistHeader("code", "0403", "0403"),
  ]

  /// Every other name under which OpenCodelists takes the codes of an upload, and its exports.
  static let uploaded: [CodelistHeader] = [
    CodelistHeader("ctv3_id,description", "14B4.,x", under: "ctv3_id", "14B4.", .ctv3),
    CodelistHeader("snomedct_id,name", "195967001,x", under: "snomedct_id", "195967001", .snomedct),
    CodelistHeader("snomed_id,name", "195967001,x", under: "snomed_id", "195967001", .snomedct),
    CodelistHeader("dmd,nm", "324178009,x", under: "dmd", "324178009", .dmd),
    CodelistHeader("type,dmd_id,nm", "VMP,324178009,x", under: "dmd_id", "324178009", .dmd),
    CodelistHeader("icd10,description", "J45,x", under: "icd10", "J45", .icd10),
    CodelistHeader("icd_code,description", "J45.9,x", under: "icd_code", "J45.9", .icd10),
    CodelistHeader("BNF_code,name", "0501,x", under: "bnf_code", "0501", .bnf),
    CodelistHeader("ID,Name", "10292001,x", under: "id", "10292001"),
    CodelistHeader("CODE,TERM", "J45,x", "J45"),
    CodelistHeader("code,term,snomed_id", "195967001,x,195967001", "195967001"),
    CodelistHeader("code,term,dmd", "324178009,x,324178009", "324178009"),
    CodelistHeader("code,term,ctv3id", "14B4.,x,14B4.", "14B4."),
    CodelistHeader("code,term,icd10", "J45,x,J45", "J45"),
    CodelistHeader("\u{FEFF}code,term", "J45,Asthma", "J45"),
  ]

  static let all = frequent + described + uploaded
}

@Suite("Headers of code lists") struct CodelistHeaderTests {
  /// The ends of lines, and of files, that downloads have.
  static let ends: [(line: String, file: String)] = [("\n", "\n"), ("\r\n", "\r\n"), ("\n", "")]

  @Test("every header leads to its codes once its column is named", arguments: CodelistHeader.all)
  func named(_ variant: CodelistHeader) {
    for end in Self.ends {
      let text = variant.header + end.line + variant.row + end.file
      let reading = CodelistFile.read(Array(text.utf8), column: variant.column)
      #expect(reading.problems.isEmpty)
      #expect(reading.file?.entries.map(\.code) == [variant.code])
      #expect(reading.file?.suggestedSystem == variant.system)
    }
  }

  @Test(
    "no column but `code` is taken without being named",
    arguments: CodelistHeader.all.filter { $0.column != nil })
  func neverGuessed(_ variant: CodelistHeader) throws {
    let reading = CodelistFile.read(Array("\(variant.header)\n\(variant.row)\n".utf8))
    #expect(reading.file == nil)
    #expect(reading.problems.map(\.message) == ["there is no column `code`"])
    let help = try #require(reading.problems.first?.help).lowercased()
    let column = try #require(variant.column).lowercased()
    #expect(help.contains("may be `") && help.contains("`\(column)`"))
  }

  @Test func `there are as many variants as the survey of 2,404 files found`() {
    #expect(Set(CodelistHeader.all.map(\.header)).count == 37)
  }
}
