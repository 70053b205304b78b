import CarrelChecker
import CarrelDiagnostics
import CarrelPlan
import CarrelValues
import Testing

@Suite("Parameters") struct ParametersTests {
  @Test(
    "are set as text of their type",
    arguments: [
      ("date", "2024-03-31", "2024-03-31"), ("integer", "-3", "-3"), ("decimal", "1.5", "1.5"),
      ("decimal", "2", "2.0"), ("boolean", "true", "true"), ("text", "North", "North"),
      ("period", "2024-02", "2024-02-01 to 2024-02-29"),
      ("period", "2024-01-01 to 2024-03-31", "2024-01-01 to 2024-03-31"),
      ("duration", "90 days", "90 days"), ("icd10", "J45.9", "J459"),
    ])
  func set(type: String, text: String, value: String) throws {
    let study = try checked("parameter p : \(type)", setting: ["p": text])
    #expect(
      study.parameters.map { [$0.name, $0.type, $0.value, String($0.isSet)] } == [
        ["p", type, value, "true"]
      ])
  }

  @Test("have the study's value unless set")
  func unset() throws {
    let study = try checked("parameter index : date = 2024-03-31\ndefine x = index - 1 day")
    #expect(study.parameters.map(\.value) == ["2024-03-31"])
    #expect(study.parameters.map(\.isSet) == [false])
    #expect(
      study.preview.map(\.expression) == [
        .constant(.date(try #require(CivilDate(iso: "2024-03-30"))), .date)
      ])
  }

  @Test(
    "do not take text of another type",
    arguments: [
      ("date", "31/03/2024"), ("date", "2023-02-29"), ("integer", "1.5"), ("integer", "1e3"),
      ("decimal", "1e3"), ("decimal", "inf"), ("decimal", "."), ("boolean", "yes"),
      ("period", "2024"), ("duration", "90"), ("duration", "3 fortnights"),
    ])
  func wrongText(type: String, text: String) {
    let found = mistakes(in: "parameter p : \(type)", setting: ["p": text])
    #expect(found.hasPrefix("error[C402]: `p` is set to \"\(text)\", which is not "), "\(found)")
  }

  @Test("without a value, or unknown, are mistakes")
  func missing() {
    #expect(
      mistakes(in: "parameter index : date", setting: ["indx": "2024-01-01"]) == """
        error[C403]: the study has no parameter `indx`
          study.carrel
           help: did you mean `index`?

        error[C401]: `index` has no value
          study.carrel:1:11
            1 | parameter index : date
              |           ^^^^^ a parameter without a value of its own
           help: set it when running: `--set index=…`, or write `= …` here

        2 errors in study.carrel

        """)
  }
}
