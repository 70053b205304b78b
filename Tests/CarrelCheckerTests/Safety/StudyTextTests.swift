import CarrelChecker
import CarrelDiagnostics
import Foundation
import Testing

@Suite("The text of a study (K10, K12)") struct StudyTextTests {
  @Test("nobody is named, wherever the study says something", arguments: peopleCases)
  func people(_ example: SafetyCase) throws { try expect(.personInText, in: example) }

  @Test("codes are not numbers of people, though one in eleven could be")
  func codes() throws {
    // 9000000009 passes modulus 11, and 900000000 with its check digit is a code of ten digits.
    let study = showing(
      "show percent any clinical_events where snomedct_code in c as \"x\"",
      "codelist c : snomedct = \"1234567016\"")
    #expect(!(try refusals(of: study)).contains(.personInText))
  }

  @Test("terms of a code list name nobody, and its codes may be any number")
  func terms() throws {
    let study = showing(
      "show percent (any clinical_events where snomedct_code in c) as \"x\"",
      "codelist c : snomedct from \"c.csv\"")
    let good = "code,term\n195967001,Asthma\n"
    #expect(try refusals(of: study, files: ["c.csv": good]) == [])
    let bad = "code,term\n195967001,\"Asthma, 943 476 5919\"\n"
    #expect(try refusals(of: study, files: ["c.csv": bad]) == [.personInText])
  }

  @Test("F7: words are in normal form and of one alphabet", arguments: wordsCases)
  func words(_ text: String, _ code: DiagnosticCode?) throws {
    let study = "# \(text)\n" + showing("show count")
    #expect(try refusals(of: study) == (code.map { [$0] } ?? []))
  }

  @Test("lines end alike everywhere, and nothing is changed in silence")
  func lineEnds() throws {
    let study = showing("show count")
    #expect(
      try refusals(of: study.replacing("\n", with: "\r\n")) == [.otherLineEnds])
    #expect(try refusals(of: "\u{FEFF}" + study) == [.otherLineEnds])
  }

  static let wordsCases: [(String, DiagnosticCode?)] = [
    ("café naïve Ångström", nil), ("cafe\u{301}", .notNormalised), ("\u{212B}", .notNormalised),
    ("a\u{323}\u{307}", .notNormalised), ("q\u{323}\u{307}", nil),
    ("q\u{307}\u{323}", .notNormalised), ("한국", nil), ("\u{1112}\u{1161}\u{11AB}", .notNormalised),
    ("αβγ", nil), ("β-blocker", nil), ("p\u{430}yload", .mixedScripts), ("µg", nil),
    ("東京タワー", nil), ("日本語のテスト", nil), ("αд", .mixedScripts),
  ]

  static let peopleCases = [
    SafetyCase(
      "a number in a comment", refused: "# 943 476 5919\n" + showing("show count"),
      allowed: "# 999 123 4560, 943 476 5918\n" + showing("show count")),
    SafetyCase(
      "a number in the code",
      refused: showing("show percent x", "define x = age_on(2024-01-01) = 9434765919"),
      allowed: showing("show percent x", "define x = age_on(2024-01-01) = 9434765918")),
    SafetyCase(
      "a number in a label",
      refused: counting("include patients.sex = \"male\" \"like 9434765919\""),
      allowed: counting("include patients.sex = \"male\" \"like 94347659190\"")),
    SafetyCase(
      "a postcode", refused: "# lives at SW1A 1AA\n" + showing("show count"),
      allowed: "# QQ1 1AA, SW1A 1AM\n" + showing("show count")),
    SafetyCase(
      "an e-mail address", refused: "# ask ann@example.org\n" + showing("show count"),
      allowed: "# a@b, @home, 5 @ 3.\n" + showing("show count")),
    SafetyCase(
      "an example",
      refused: showing("show count")
        + "\nexample \"943 476 5919\" given patients (date_of_birth 1980-01-01, sex \"male\") expect patients.sex = \"male\"",
      allowed: showing("show count")
        + "\nexample \"x\" given patients (date_of_birth 1980-01-01, sex \"male\") expect patients.sex = \"male\""
    ),
  ]
}
