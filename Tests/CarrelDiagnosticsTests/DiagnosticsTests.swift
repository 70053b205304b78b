import CarrelDiagnostics
import CarrelJSON
import Testing

@Suite("Diagnostics as data") struct DiagnosticsTests {
  @Test func `as JSON a diagnostic has its code, its place and its corrections`() {
    let source = SourceText(name: "study.carrel", text: "\n  by clinical_event")
    var diagnostics = Diagnostics()
    diagnostics.report(
      Diagnostic(.unexpectedWord, "there is no `clinical_event`", at: source.span(6..<20))
        .suggesting("clinical_events"))
    diagnostics.report(
      Diagnostic(.unexpectedWord, "it is odd", at: source.span(6..<6), severity: .warning)
        .label("here").related(source.span(3..<5), "from here").note("read on").help("leave it"))
    let json: JSON = [
      [
        "code": "C021", "severity": "error", "file": "study.carrel", "start": [2, 6],
        "end": [2, 20], "message": "there is no `clinical_event`",
        "label": .null, "related": [],
        "fixes": [
          [
            "safe": true, "text": "did you mean `clinical_events`?",
            "replacement": "clinical_events", "start": [2, 6], "end": [2, 20],
          ]
        ], "notes": [],
      ],
      [
        "code": "C021", "severity": "warning", "file": "study.carrel", "start": [2, 6],
        "end": [2, 6], "message": "it is odd", "label": "here",
        "related": [
          ["file": "study.carrel", "start": [2, 3], "end": [2, 5], "label": "from here"]
        ], "fixes": [["safe": false, "text": "leave it"]], "notes": ["read on"],
      ],
    ]
    #expect(JSONRenderer().render(diagnostics) == json)
  }

  @Test func `files come by name, and what is said of one place in the order it was said`() {
    let b = SourceText(name: "b", text: "x y").span(0..<1)
    let a = SourceText(name: "a", text: "x y").span(2..<3)
    var diagnostics = Diagnostics()
    for (span, message) in [(b, "1"), (b, "2"), (a, "3"), (b, "4")] {
      diagnostics.report(Diagnostic(.unexpectedWord, message, at: span))
    }
    #expect(diagnostics.sorted.map(\.message) == ["3", "1", "2", "4"])
  }

  @Test func `no more are kept than somebody would read`() {
    let span = SourceText(name: "a", text: "x").span(0..<1)
    var diagnostics = Diagnostics()
    for _ in 0..<1_000 { diagnostics.report(Diagnostic(.unexpectedWord, "it is so", at: span)) }
    #expect(diagnostics.sorted.count == 200)
    #expect(diagnostics.isFull && diagnostics.hasErrors)
    #expect(
      TextRenderer().summary(of: diagnostics)
        == "200 errors in a; what follows the last of them was not looked at")
  }

  @Test func `warnings are not errors`() {
    let span = SourceText(name: "a", text: "x").span(0..<1)
    var diagnostics = Diagnostics()
    #expect(diagnostics.isEmpty)
    diagnostics.report(Diagnostic(.unexpectedWord, "it is so", at: span, severity: .warning))
    #expect(!diagnostics.isEmpty && !diagnostics.hasErrors)
  }
}

@Suite("The catalogue of codes") struct DiagnosticCodeTests {
  @Test(
    "every code is a letter and three digits, with a plain title",
    arguments: DiagnosticCode.allCases)
  func form(_ code: DiagnosticCode) {
    #expect(code.rawValue.wholeMatch(of: /[A-Z][0-9]{3}/) != nil)
    #expect(!code.title.isEmpty && !code.title.hasSuffix("."))
    #expect(code.title.first?.isUppercase == false)
    #expect(code.explanation?.isEmpty != true)
  }

  @Test func `codes stand in order`() {
    let codes = DiagnosticCode.allCases.map(\.rawValue)
    #expect(codes == codes.sorted())
  }
}

@Suite("Suggestions") struct SuggestionTests {
  private let names = ["clinical_events", "patients", "practice_registrations", "age", "sex"]

  @Test(
    "a close name is found",
    arguments: [
      ("clinical_event", "clinical_events"), ("Patients", "patients"), ("pateints", "patients"),
      ("agee", "age"), ("sxe", "sex"), ("practice_registration", "practice_registrations"),
    ])
  func found(_ written: String, _ meant: String) {
    #expect(closest(to: written, among: names) == meant)
  }

  @Test("a distant name is not", arguments: ["imd", "vaccinations", "", "x"])
  func notFound(_ written: String) {
    #expect(closest(to: written, among: names) == nil)
  }

  @Test func `of several equally close the first by name is taken, in whatever order they come`() {
    #expect(closest(to: "rat", among: ["sat", "cat", "bat"]) == "bat")
    #expect(closest(to: "rat", among: ["bat", "cat", "sat"]) == "bat")
  }

  @Test func `a name is not suggested for itself, nor for a word of a thousand letters`() {
    #expect(closest(to: "age", among: ["age"]) == nil)
    let long = String(repeating: "a", count: 1_000)
    #expect(closest(to: long, among: [long + "a"]) == nil)
  }
}
