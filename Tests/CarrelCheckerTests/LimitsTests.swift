import CarrelChecker
import CarrelDiagnostics
import CarrelPlan
import CarrelValues
import Testing

@Suite("Limits") struct LimitsTests {
  @Test("calls that double at every step are counted, not written out")
  func doubling() {
    let steps = (1...40).map { "define f\($0)(p : integer) = f\($0 - 1)(p) + f\($0 - 1)(p)" }
    let study =
      "define f0(p : integer) = p + age_on(2024-01-01)\n"
      + steps.joined(separator: "\n") + "\ndefine x = f40(1)"
    let clock = ContinuousClock()
    var found = ""
    let time = clock.measure { found = mistakes(in: study) }
    #expect(found.hasPrefix("error[C116]: `f14` has more than 100000 parts"), "\(found)")
    #expect(found.hasSuffix("1 error in study.carrel\n"))
    #expect(time < .seconds(1))
  }

  @Test("calls with ever more different arguments are counted")
  func differentCalls() {
    let steps = (1...40).map {
      "define f\($0)(d : date) = f\($0 - 1)(d + \($0) days) + f\($0 - 1)(d + \($0 * $0) months)"
    }
    let study =
      "define f0(d : date) = age_on(d)\n"
      + steps.joined(separator: "\n") + "\ndefine x = f40(2024-01-01)"
    #expect(mistakes(in: study).contains("error[C116]"))
  }

  @Test("definitions that use each other through many levels are refused rather than followed")
  func deep() {
    let chain = (1...1_000).map { "define a\($0) = a\($0 - 1) + 1" }.reversed()
    let study = chain.joined(separator: "\n") + "\ndefine a0 = 1"
    #expect(mistakes(in: study).contains("error[C117]"))
    let forward = "define a0 = 1\n" + chain.reversed().joined(separator: "\n")
    #expect(mistakes(in: forward) == "", "what stands first is known when it is used")
  }

  @Test("the deepest expressions that are allowed need little memory")
  func deepExpressions() throws {
    let sum = "1" + String(repeating: " + age", count: 240)
    let study = "define b = a\ndefine a = \(sum)\ndefine age = age_on(2024-01-01)"
    #expect(mistakes(in: study) == "")
    let twice =
      "define b = a\(String(repeating: " + 1", count: 240))\ndefine a = \(sum)\ndefine age = 1"
    #expect(mistakes(in: twice) == "")
  }

  @Test("an error is never lost behind warnings")
  func manyWarnings() {
    let warnings = (1...250).map { "define a\($0) = any admissions where ward = \"A\"" }
    let study = "let ward = 1\n" + warnings.joined(separator: "\n") + "\ndefine b = zebra"
    let result = check(study)
    #expect(result.study == nil)
    #expect(result.diagnostics.sorted.count == Diagnostics.limit)
    #expect(result.diagnostics.sorted.last?.code == .unknownName)
  }

  @Test("a template's name full of holes is held against others in no time")
  func holes() {
    let holes = String(repeating: "{a}x", count: 20)
    let name = String(repeating: "x", count: 90) + "y"
    let study = "for each a in b define \(holes) = 1\ndefine z = \(name)"
    #expect(mistakes(in: study).contains("there is nothing called"))
  }

  @Test("a study has at most 2,000 declarations and 200 code lists")
  func declarations() {
    let many = (1...2_001).map { "define a\($0) = 1" }.joined(separator: "\n")
    #expect(mistakes(in: many).contains("error[C115]: a study has at most 2000 declarations"))
    let lists = (1...201).map { "codelist c\($0) = \"195967001\"" }.joined(separator: "\n")
    #expect(mistakes(in: lists).contains("error[C115]: a study has at most 200 code lists"))
  }
}
