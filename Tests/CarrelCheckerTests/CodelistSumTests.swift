import CarrelDiagnostics
import CarrelPlan
import CarrelValues
import Testing

@testable import CarrelChecker

/// Code lists made from others: what is added, what is taken away, and which categories are kept.
@Suite("Sums of code lists") struct CodelistSumTests {
  static let files = [
    "opioids.csv": """
    code,strength
    I10,High
    I20,Low
    I21,High
    I22,

    """,
    "other.csv": "code,strength\nI20,Low\nI30,Medium\n",
    "against.csv": "code,strength\nI10,Low\n",
  ]
  static let lists = """
    codelist a : icd10 = "I10", "I20"
    codelist b : icd10 = "I20", "I21"
    codelist c : icd10 = "I10"
    codelist strong from "opioids.csv" category "strength"
    codelist other from "other.csv" category "strength"
    codelist against from "against.csv" category "strength"

    """

  /// The codes of a sum.
  private func codes(of sum: String) throws -> [String] {
    let study = try checked(
      Self.lists + """
        codelist x = \(sum)
        define held = any admissions where primary_diagnosis in x
        """, files: Self.files)
    return try #require(study.patientPlan.codelists.first).codes
  }

  @Test(
    "lists are added and taken away from left to right",
    arguments: [
      ("a + b", ["I10", "I20", "I21"]),
      ("a - b", ["I10"]),
      ("a + b - c", ["I20", "I21"]),
      ("a - c + c", ["I10", "I20"]),
      ("a - (c + b) + b", ["I20", "I21"]),
      ("a", ["I10", "I20"]),
      ("a + strong", ["I10", "I20", "I21", "I22"]),
    ])
  func sums(_ sum: String, _ codes: [String]) throws {
    #expect(try self.codes(of: sum) == codes)
  }

  @Test(
    "a condition chooses codes by their category; one that is missing does not hold",
    arguments: [
      ("strong where category = \"High\"", ["I10", "I21"]),
      ("strong where category != \"High\"", ["I20"]),
      ("strong where not category = \"High\"", ["I20"]),
      ("strong where category in (\"High\", \"Low\")", ["I10", "I20", "I21"]),
      ("strong where category not in (\"High\", \"Low\") or category is missing", ["I22"]),
      ("strong where category is known", ["I10", "I20", "I21"]),
      ("strong + other where category = \"Low\" or category = \"Medium\"", ["I20", "I30"]),
      ("(strong where category = \"High\") + b", ["I10", "I20", "I21"]),
      ("strong - c where category = \"High\" and category is known", ["I21"]),
    ])
  func conditions(_ sum: String, _ codes: [String]) throws {
    #expect(try self.codes(of: sum) == codes)
  }

  @Test("the categories of what was added are those of the sum, in the order of the lists")
  func categories() throws {
    let study = try checked(
      Self.lists + """
        codelist x = strong + other + a - c
        define strength = primary_diagnosis of last admissions categorised by x
        population p include true
        table t of p by strength show count
        """, files: Self.files)
    guard case .table(let table)? = study.plan.outputs.first else { return }
    #expect(table.groupings[0].levels.map(\.label) == ["High", "Low", "Medium", "missing"])
    #expect(study.plan.codelists.map(\.codes) == [["I20", "I21", "I30"]])
    #expect(study.plan.codelists.map(\.categories) == [["Low", "High", "Medium"]])
  }

  @Test("a sum takes the system of its use, and so do its terms")
  func settledByUse() throws {
    let study = try checked(
      """
      codelist a from "opioids.csv"
      codelist b from "other.csv"
      codelist x = a + b
      define held = any admissions where primary_diagnosis in x
      """, files: Self.files)
    #expect(study.codelists.map(\.system) == [.icd10, .icd10, .icd10])
    #expect(study.codelists.map(\.codeCount) == [4, 2, 5])
  }

  @Test(
    "what cannot be added is said once",
    arguments: [
      ("codelist x = strong + against", "1 code has another category in a list before this one"),
      ("codelist x = c - a", "`x` has no codes left"),
      ("codelist x = a where category = \"High\"", "these lists have no categories"),
      ("codelist x = strong where category = \"Hihg\"", "there is no category \"Hihg\""),
      (
        "codelist x = strong where strength = \"High\"",
        "codes are chosen by their `category` alone"
      ),
      ("codelist x = strong where category = 1", "a category is a text in quotation marks"),
      (
        "define d = 1 codelist x = a + d",
        "a code list is made from code lists, and `d` is an integer"
      ),
      ("codelist x = x + a", "`x` uses itself"),
      (
        "codelist s = \"195967001\" codelist x = a + s define y = any clinical_events where snomedct_code in s",
        "`s` holds SNOMED CT codes, and these are ICD-10"
      ),
    ])
  func mistaken(_ text: String, _ message: String) {
    let use = "\ndefine held = any admissions where primary_diagnosis in x"
    let diagnostics = check(Self.lists + text + use, files: Self.files).diagnostics
    #expect(diagnostics.sorted.map(\.message) == [message])
  }

  @Test("a list of words is no value")
  func listOfWords() {
    let report = mistakes(in: "list kinds = a, b\ndefine x = kinds")
    #expect(report.contains("`kinds` is a list of words, not a value"))
  }
}
