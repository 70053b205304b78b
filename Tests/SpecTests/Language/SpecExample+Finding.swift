import CarrelCatalogue
import CarrelChecker
import CarrelDiagnostics
import CarrelDisclosure
import CarrelEngine
import CarrelOutputs
import CarrelPlan
import CarrelSyntax
import CarrelValues
import TestSupport

extension SpecExample {
  /// What checking the study says, with definitions after it.
  func checked(
    adding definitions: [String] = []
  ) throws -> (study: CheckedStudy?, diagnostics: Diagnostics) {
    var diagnostics = Diagnostics()
    let text = ([study] + definitions).joined(separator: "\n")
    let file = StudyFile.parse(
      SourceText(name: "study.carrel", text: text), reporting: &diagnostics)
    let checker = StudyChecker(schemas: [try SpecSchema.inUse.get()]) { request in
      guard let file = files[request.path] else {
        return .unreadable(reason: "there is no such file", help: "put it beside the study")
      }
      return .read(
        CodelistFile.read(Array(file.utf8), column: request.column, category: request.category))
    }
    let result = checker.check(file, under: nil)
    diagnostics.report(contentsOf: result.diagnostics)
    return (diagnostics.hasErrors ? nil : result.study, diagnostics)
  }

  /// The study, which has no mistake.
  func accepted(adding definitions: [String] = []) throws -> CheckedStudy {
    let result = try checked(adding: definitions)
    guard let study = result.study else {
      throw Misdrawn("\(place):\n\(TextRenderer().render(result.diagnostics))")
    }
    return study
  }

  /// What is said of the study's mistakes, one after another.
  func mistakes() throws -> String {
    let diagnostics = try checked().diagnostics.sorted
    return diagnostics.map { TextRenderer().render($0) }.joined(separator: "\n").trimmedAtEnd
  }

  func formatted() throws -> String {
    var diagnostics = Diagnostics()
    let text = StudyFile.canonicalText(
      of: SourceText(name: "study.carrel", text: study), reporting: &diagnostics)
    guard let text else { throw Misdrawn("\(place):\n\(TextRenderer().render(diagnostics))") }
    return text.trimmedAtEnd
  }
}

extension SpecExample {
  /// What every engine gives for the cells of a drawn table, by the name of the engine.
  func values(for expected: DrawnTable) throws -> [(engine: String, cells: [[String]])] {
    let asked = expected.heading.dropFirst()
    let declared = Set(try accepted().preview.map(\.name))
    let names = asked.enumerated().map { declared.contains($1) ? $1 : "shown_\($0 + 1)" }
    let definitions = zip(names, asked).filter { $0 != $1 }.map { "define \($0) = \($1)" }
    let study = try accepted(adding: definitions)
    let columns = try names.map { name in
      guard let column = study.preview.first(where: { $0.name == name }) else {
        throw Misdrawn("\(place): nothing is called `\(name)`")
      }
      return column
    }
    let plan = study.patientPlan
    let wanted = try expected.perPatient().map(\.patient)
    let everyone = Set(try records.patients() + wanted).sorted()
    let engines = try EngineMatrix(
      patients: records.rows(of: everyone, in: plan), tables: plan.tables)
    return try engines.all.map { name, engine in
      let rows = try engine.rows(of: columns, in: plan)
      let cells = Dictionary(uniqueKeysWithValues: zip(everyone, rows))
      return (
        name, wanted.map { zip(columns, cells[$0]?.values ?? []).map { $0.drawn($1) } }
      )
    }
  }

  /// What every engine's figures leave under a policy, by the name of the engine.
  func released(
    under policy: String, file: String?
  ) throws -> [(engine: String, text: String)] {
    let plan = try accepted().plan
    let everyone = try records.patients()
    let engines = try EngineMatrix(
      patients: records.rows(of: everyone, in: plan), tables: plan.tables)
    return try engines.all.map { name, engine in
      let results = try DisclosureGate.release(
        try engine.results(of: plan), of: plan, under: try Policies.named(policy))
      return (name, try text(of: results, file: file).trimmedAtEnd)
    }
  }

  private func text(of results: ReleasedResults, file: String?) throws -> String {
    guard let file else {
      let tables = results.outputs.map { TextTable($0, of: results) }
      let style = TextStyle(columns: 100)
      let pages = tables.map { $0.lines(style) } + [tables.last?.footer(style) ?? []]
      return pages.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    }
    guard let found = OutputFiles.files(of: results).first(where: { $0.name == file }) else {
      throw Misdrawn("\(place): no file `\(file)` is released")
    }
    return String(decoding: found.bytes, as: UTF8.self)
  }
}

extension PreviewColumn {
  fileprivate func drawn(_ value: Value) -> String {
    levels.first { $0.value == value }?.label ?? value.drawn
  }
}

extension String {
  /// The text without line breaks and spaces at its end and at the ends of its lines.
  var trimmedAtEnd: String {
    var lines = split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n")
  }
}

extension SpecExample {
  /// The words that stand in a text.
  static func words(of text: String) throws -> [String] {
    var diagnostics = Diagnostics()
    let source = SourceText(name: "study.carrel", text: text)
    return StudyFile.parse(source, reporting: &diagnostics).tokens.filter { $0.kind == .word }
      .map(\.text)
  }
}
