import CarrelJSON
import Foundation
import TestSupport
import Testing

@Suite("Names in an editor", .timeLimit(.minutes(10))) struct LanguageServerNamesTests {
  let folder: TemporaryFolder
  let session: LanguageServerSession

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(
      "code,term\n195967001,Asthma\n389145006,Allergic asthma\n", to: "lists/asthma.csv")
    session = try .greeted()
  }

  private static let study = """
    study "Names"
      uses core

    parameter index : date = 2024-03-31
    let year_before = index - 1 year to index

    codelist asthma from "lists/asthma.csv"
    codelist groups : icd10 = "J45"

    events notes = clinical_events where snomedct_code in asthma
    events items = medications sequenced by date
    events late_items = items where days from previous.date to date > 30

    # Years of age.
    # On the index date.
    define age       = age_on(index)
    define diagnosed = date of first notes where date <= index
    define seen_in(p : period) = any notes where date in p

    population adults
      include age >= 18

    table counts of adults
      by     patients.sex
      show   count

    """

  private func address(_ name: String) -> String { "file://\(folder[name])" }

  /// Asks about the marked place of the study with a line put in place of another.
  private func ask(_ question: String, _ line: String, for original: String) throws -> JSON {
    let marked = MarkedText(Self.study.replacing(original, with: line))
    try session.open(address("study.carrel"), marked.text)
    return try session.ask(question, address("study.carrel"), at: marked.cursor)
  }

  @Test(
    "hovering over a name says what it stands for",
    arguments: [
      (
        "define age       = age_on(index)", "define a‸ge       = age_on(index)",
        "```carrel\ndefine age       = age_on(index)\n```\n\nan integer, one for each patient\n\nYears of age.\nOn the index date."
      ),
      (
        "define age       = age_on(index)", "define age       = age_on(‸index)",
        "```carrel\nparameter index : date = 2024-03-31\n```\n\na date: 2024-03-31"
      ),
      (
        "define age       = age_on(index)", "define age       = age_‸on(index)",
        "```carrel\ndefine age_on(d : date) = years from patients.date_of_birth to d\n```\n\nan integer, one for each patient\n\nComplete years of age on a day."
      ),
      (
        "code in asthma", "code in asthma‸",
        "```carrel\ncodelist asthma from \"lists/asthma.csv\"\n```\n\na code list of SNOMED CT: 2 codes"
      ),
      (
        "first notes where", "first no‸tes where",
        "```carrel\nevents notes = clinical_events where snomedct_code in asthma\n```\n\nrows of `clinical_events`"
      ),
      (
        "define seen_in(p : period) = any notes where date in p",
        "define seen_in(p : period) = any notes where date in p‸",
        "```carrel\np : period\n```\n\na parameter"
      ),
    ])
  func hover(_ original: String, _ line: String, _ text: String) throws {
    let hover = try ask("hover", line, for: original)
    #expect(hover["contents"] == ["kind": "markdown", "value": .string(text)])
  }

  @Test func `hovering over a column or a table says what its schema does`() throws {
    let column = try ask("hover", "patients.se‸x", for: "patients.sex")
    let text = try #require(column["contents"]?["value"]?.string)
    #expect(text.hasPrefix("```carrel\npatients.sex\n```\n\n"))
    #expect(text.contains("a category"))
    #expect(text.contains("levels: `female`"))
    let table = try ask("hover", "clinical‸_events", for: "clinical_events")
    let columns = try #require(table["contents"]?["value"]?.string)
    #expect(columns.contains("any number of rows for each patient"))
    #expect(columns.contains("`date`, `snomedct_code`"))
    #expect(try ask("hover", "popu‸lation", for: "population") == .null)
  }

  @Test(
    "a name leads to where it is declared",
    arguments: [
      ("include age >= 18", "include ‸age >= 18", 15, 7, 10),
      ("of adults", "of adu‸lts", 19, 11, 17),
      ("in asthma", "in ‸asthma", 6, 9, 15),
      ("date in p", "date in ‸p", 17, 15, 16),
    ])
  func definition(_ original: String, _ line: String, _ row: Int, _ start: Int, _ end: Int) throws {
    let place = try ask("definition", line, for: original)
    #expect(
      place == [
        "uri": .string(address("study.carrel")),
        "range": LanguageServerTests.range((row, start), (row, end)),
      ])
  }

  @Test func `the path of a code list leads to its file, and a column to nothing`() throws {
    let file = try ask("definition", "from \"lists/‸asthma.csv\"", for: "from \"lists/asthma.csv\"")
    #expect(file["uri"] == .string(address("lists/asthma.csv")))
    #expect(try ask("definition", "patients.‸sex", for: "patients.sex") == .null)
  }

  @Test func `a mistake elsewhere hides nothing of what is right`() throws {
    let marked = MarkedText(
      Self.study.replacing(
        "define age       = age_on(index)", with: "define a‸ge       = age_on(index)")
        + "define broken = = 1\ndefine wrong = patients.height\n")
    let published = try session.open(address("study.carrel"), marked.text)
    #expect(published["diagnostics"]?.array?.count == 2)
    let hover = try session.ask("hover", address("study.carrel"), at: marked.cursor)
    #expect(
      hover["contents"]?["value"]?.string?.contains("an integer, one for each patient") == true)
  }

  @Test(
    "what may be written next is offered",
    arguments: [
      ("define x = patients.‸", ["date_of_birth", "sex"], ["snomedct_code", "age", "where"]),
      ("define x = patients.s‸", ["sex"], ["age"]),
      (
        "define x = any clinical_events where ‸",
        ["snomedct_code", "date", "index", "asthma", "patients"], ["dmd_code", "clinical_events"]
      ),
      ("define x = any notes where date <= index and sn‸", ["snomedct_code"], ["dmd_code"]),
      ("define x = any notes except where date > index and ‸", ["snomedct_code"], ["dmd_code"]),
      (
        "define x = any medications where (date in year_before or dmd_code in (‸", ["dmd_code"],
        ["snomedct_code"]
      ),
      ("define x = date of last notes where date <= index by ‸", ["snomedct_code"], ["dmd_code"]),
      ("define x = (any notes where date <= index) or ‸", ["age", "index"], ["snomedct_code"]),
      (
        "define x = date of last notes where date <= index otherwise ‸", ["index"],
        ["snomedct_code"]
      ),
      (
        "define x = any ‸", ["clinical_events", "medications", "notes"],
        ["patients", "age", "asthma"]
      ),
      ("define x = date of last ‸", ["clinical_events"], []),
      (
        "define x = any items where ‸", ["previous", "next", "position", "dmd_code"],
        ["snomedct_code"]
      ),
      ("define x = any late_items where ‸", ["previous", "next", "position"], []),
      ("define x = any items where days from previous.‸", ["date", "dmd_code"], ["age"]),
      ("define x = any medications where ‸", ["dmd_code"], ["previous", "next", "position"]),
      ("events x = medications sequenced by ‸", ["date"], ["previous", "next", "position"]),
      ("define x = diagnosed.‸", ["year", "first_of_month"], ["sex"]),
      ("define x = year_before.‸", ["start", "end"], ["year"]),
      ("define x = registration_on(index).‸", ["practice_pseudo_id"], ["sex"]),
      ("define x = address_on(index - 1 year).‸", ["imd_quintile"], ["sex"]),
      ("define x(d : date, other : period) = d ‸", ["d", "other", "age"], ["snomedct_code"]),
      ("define x(d : ‸", ["date", "period", "codelist"], ["age"]),
      ("table t of ‸", ["adults"], ["clinical_events", "age"]),
      ("table t of adults by ‸", ["age", "patients"], ["snomedct_code", "counts"]),
      ("define x = snomedct_code of last notes categorised by ‸", ["asthma", "groups"], ["age"]),
      ("‸", ["define", "population", "table"], ["age"]),
      ("def‸", ["define"], ["age"]),
      ("define x = \"a ‸", [], ["age"]),
      ("define x = \"‸\"", [], ["age"]),
      ("define x = 1 # a ‸", [], ["age"]),
    ])
  func completion(_ line: String, _ offered: [String], _ notOffered: [String]) throws {
    let marked = MarkedText(Self.study + line)
    try session.open(address("study.carrel"), marked.text)
    let answer = try session.ask("completion", address("study.carrel"), at: marked.cursor)
    let labels = try #require(answer.array).compactMap { $0["label"]?.string }
    #expect(Set(offered).subtracting(labels) == [], "\(labels)")
    #expect(Set(notOffered).intersection(labels) == [], "\(labels)")
    #expect(Set(labels).count == labels.count, "\(labels)")
  }

  @Test func `the schemas are offered behind uses`() throws {
    let marked = MarkedText("study \"T\"\n  uses ‸")
    try session.open(address("study.carrel"), marked.text)
    let answer = try session.ask("completion", address("study.carrel"), at: marked.cursor)
    #expect(answer.array?.compactMap { $0["label"]?.string } == ["core"])
  }
}

@Suite("The schema of an editor's study", .timeLimit(.minutes(10))) struct LanguageServerSchemaTests
{
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(
      """
      {"name": "clinic", "synthetic": true, "definitions": "clinic.carrel", "resources": [
        {"name": "visits", "path": "visits.csv", "orderedBy": ["date"], "schema": {"fields": [
          {"name": "patient_id", "type": "integer", "privacy": "person-id",
           "constraints": {"required": true}},
          {"name": "date", "type": "date"}]}}]}
      """, to: "extract/datapackage.json")
    try folder.write("define seen = any visits\n", to: "extract/clinic.carrel")
    try folder.write("patient_id,date\n1,2020-01-01\n", to: "extract/visits.csv")
  }

  private static let study = "study \"S\" uses clinic\ndefine often = seen and count visits > 3\n"

  @Test func `is that of the nearest site around it`() throws {
    try Program.carrel.succeed(["site", "create", "demo", "--kind", "synthetic"], in: folder.url)
    try Program.carrel.succeed(["load", "extract", "--site", "demo"], in: folder.url)
    let session = try LanguageServerSession.greeted()
    let inside = "file://" + folder["demo/studies/study.carrel"]
    #expect(try session.open(inside, Self.study)["diagnostics"] == [])
    let outside = try session.open("file://" + folder["study.carrel"], Self.study)
    #expect(outside["diagnostics"]?.array?.first?["code"] == "C101")
  }

  @Test func `is that of the folder that is named, where its definitions can be gone to`() throws {
    let session = try LanguageServerSession.greeted(["--data", folder["extract"]])
    let address = "file://" + folder["a%20study.carrel"]
    #expect(try session.open(address, Self.study)["diagnostics"] == [])
    let place = try session.ask("definition", address, at: (1, 16))
    #expect(
      place == [
        "uri": .string("file://" + folder["extract/clinic.carrel"]),
        "range": LanguageServerTests.range((0, 7), (0, 11)),
      ])
  }

  @Test func `that cannot be read is said, and the study's own mistakes too`() throws {
    let session = try LanguageServerSession.greeted(["--data", folder["nowhere"]])
    let published = try session.open("untitled:a", "define a = = 1\n")
    let codes = published["diagnostics"]?.array?.compactMap { $0["code"]?.string }
    #expect(codes?.first == "S010")
    #expect(codes?.count == 2)
    #expect(try session.ask("hover", "untitled:a", at: (0, 7)) == .null)
    #expect(try session.ask("completion", "untitled:a", at: (0, 3)).array?.isEmpty == false)
  }
}
