import CarrelCatalogue
import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

extension Checker {
  /// Checks the whole study.
  func check() -> CheckResult {
    collectDeclarations()
    checkSettings()
    checkHeadings()
    // Without its schema nearly every name of a study would be a mistake.
    guard hasItsSchemas else {
      return CheckResult(study: nil, diagnostics: diagnostics, names: studyNames)
    }
    var preview: [PreviewColumn] = []
    var examples: [ExamplePlan] = []
    for statement in study.statements {
      if let column = declaration(statement) { preview.append(column) }
    }
    // A trend looks at the table it is of, wherever that stands.
    for statement in study.statements where !statement.isTrend { output(statement) }
    for statement in study.statements where statement.isTrend { output(statement) }
    for statement in study.statements {
      if case .example(let example) = statement, let plan = self.example(example) {
        examples.append(plan)
      }
    }
    checkUncalled()
    finishCodelists()
    reviewSafety()
    let study =
      diagnostics.hasErrors ? nil : checkedStudy(preview: preview, examples: examples)
    return CheckResult(study: study, diagnostics: diagnostics, names: studyNames)
  }

  private func checkHeadings() {
    let headings = study.statements.compactMap { statement -> StudyHeading? in
      if case .study(let heading) = statement { heading } else { nil }
    }
    for extra in headings.dropFirst() {
      report(
        Diagnostic(.declaredTwice, "a file has one `study`", at: extra.span)
          .related(headings[0].span, "the first").help("put the second study in a file of its own"))
    }
  }

  /// Works out a declaration without parameters; the column of a preview that it makes.
  private func declaration(_ statement: Statement) -> PreviewColumn? {
    guard let name = statement.declaredName, statement.parameters.isEmpty else {
      return nil
    }
    let key = DeclarationKey(origin: .study, name: name.text)
    switch statement {
    case .parameter, .constant, .codelist, .events, .population:
      _ = meaning(of: statement, key, usedAs: name, in: Scope())
    case .define:
      if case .value(let typed)? = meaning(of: statement, key, usedAs: name, in: Scope()) {
        return previewColumn(named: name.text, typed.type == .quoted ? typed.of(.text) : typed)
      }
    default: break
    }
    return nil
  }
}

extension Statement {
  fileprivate var isTrend: Bool { if case .trend = self { true } else { false } }
}

// Definitions with parameters that nothing calls.
extension Checker {
  /// Looks for mistakes in definitions that nothing calls, with arguments that stand for any.
  ///
  /// What they mean is of no use to the plan, which is as it was afterwards.
  private func checkUncalled() {
    let before = state
    for statement in study.statements where !statement.parameters.isEmpty {
      guard let name = statement.declaredName else { continue }
      let key = DeclarationKey(origin: .study, name: name.text)
      if called.contains(key) { continue }
      checkUncalled(statement, key, name)
    }
    let settled = state.codelists
    state = before
    for (name, codelist) in settled where before.codelists[name] != nil {
      state.codelists[name]?.system = codelist.system
      state.codelists[name]?.codelist = codelist.codelist
    }
  }

  private func checkUncalled(_ statement: Statement, _ key: DeclarationKey, _ name: Name) {
    var bindings: [String: Scope.Binding] = [:]
    for (position, parameter) in statement.parameters.enumerated() {
      guard let type = parameterType(named: parameter.type) else { continue }
      bindings[parameter.name.text] = Scope.Binding(
        meaning: placeholder(for: type, position), span: parameter.name.span)
    }
    let scope = Scope().calling(.study, with: bindings)
    let meaning = guardingAgainstCycles(key, statement) {
      self.body(of: statement, key, bindings: bindings, in: scope, at: name.span)
    }
    note(meaning, of: key)
  }

  /// Something of a type that is known to be constant and nothing more.
  private func placeholder(for type: ParameterType, _ position: Int) -> Meaning {
    func unknown(_ type: ValueType, _ offset: Int = 0) -> Typed {
      Typed(expression: .value(.max - 2 * position - offset), type: type, kind: .constant)
    }
    switch type {
    case .value(let type): return .value(unknown(type))
    case .period: return .period(Period(start: unknown(.date), end: unknown(.date, 1)))
    case .duration: return .duration(Duration(count: unknown(.integer), unit: .days))
    case .rows(let index): return .rows(Rows(index: index, table: tables[index]))
    case .codelist:
      let name = "codelist \(position)"
      state.codelists[name] = CodelistState(source: .unknown)
      return .codelist(name)
    }
  }
}

// The result.
extension Checker {
  private func checkedStudy(preview: [PreviewColumn], examples: [ExamplePlan]) -> CheckedStudy {
    let full = state.plan.plan
    let plan = full.reduced()
    var patientPlan = full
    patientPlan.outputs = []
    patientPlan.populations = []
    let heading = study.statements.lazy.compactMap { statement -> StudyHeading? in
      if case .study(let heading) = statement { heading } else { nil }
    }.first
    return CheckedStudy(
      title: heading?.title.text ?? "", question: heading?.question?.text,
      schemas: schemas.map(\.schema.name), plan: plan, patientPlan: patientPlan,
      preview: preview, examples: examples, parameters: parameterSummaries,
      reads: plan.tables.map { table in
        TableRead(
          table: table.name, columns: table.columns.filter(\.isMentioned).map(\.name))
      },
      codelists: codelistSummaries, populations: populationSummaries,
      outputs: plan.outputs.map { OutputSummary($0, of: plan) },
      cost: StudyCost(of: plan), redefined: declared.names.filter { schemaDeclared[$0] != nil },
      statements: study.statements)
  }

  private var parameterSummaries: [SetParameter] {
    study.statements.compactMap { statement in
      guard case .parameter(let parameter) = statement else { return nil }
      let name = parameter.name.text
      let meaning = state.meanings[DeclarationKey(origin: .study, name: name)] ?? nil
      return SetParameter(
        name: name, type: parameter.type.text, value: meaning?.constantText ?? "",
        isSet: settings[name] != nil)
    }
  }

  private var codelistSummaries: [CodelistSummary] {
    study.statements.compactMap { statement in
      guard case .codelist(let declaration) = statement,
        let codelist = state.codelists[declaration.name.text]
      else { return nil }
      var path: String?
      if case .file(let file, _, _) = declaration.contents { path = file.text }
      return CodelistSummary(
        name: declaration.name.text, path: path, system: codelist.system?.0,
        codeCount: codelist.codelist?.codes.count ?? codelist.entryCount,
        categories: codelist.codelist?.levels ?? [])
    }
  }

  private var populationSummaries: [PopulationSummary] {
    state.outputPopulations.map { population in
      PopulationSummary(
        name: population.name,
        criteria: population.criteria.map {
          CriterionSummary(label: $0.label, isExclusion: $0.isExclusion, condition: $0.text)
        })
    }
  }
}

extension CodelistState {
  /// How many codes were written, where no system has settled how many of them are different.
  var entryCount: Int {
    switch source {
    case .file(let file, _): file.entries.count
    case .codes(let codes): codes.count
    case .sum, .unknown: 0
    }
  }
}

extension Meaning {
  /// A constant as a person reads it.
  var constantText: String? {
    switch self {
    case .value(let typed): typed.constant?.plainText
    case .period(let period):
      if let start = period.start.constant, let end = period.end.constant {
        "\(start.plainText) to \(end.plainText)"
      } else {
        nil
      }
    case .duration(let duration):
      duration.count.constant.map { "\($0.plainText) \(duration.unit.rawValue)" }
    case .row, .rows, .values, .codelist: nil
    }
  }
}

extension OutputSummary {
  /// What an output of a plan would release.
  fileprivate init(_ output: Output, of plan: Plan) {
    switch output {
    case .flow(let flow):
      let population = plan.populations[flow.population]
      self.init(
        name: flow.name, population: population.name,
        kind: .flow(criteria: population.criteria.count))
    case .table(let table):
      self.init(
        name: table.name, population: plan.populations[table.population].name,
        kind: .table(TableSummary(table)))
    case .summary(let summary):
      let table = TableSummary(summary.table)
      self.init(
        name: summary.table.name, population: plan.populations[summary.table.population].name,
        kind: .summary(
          variables: summary.variables.map(\.name), groupings: table.groupings,
          rows: summary.table.statistics.count, columns: table.cellCount))
    case .histogram(let histogram):
      let table = TableSummary(histogram.table)
      let bins = histogram.table.groupings.last?.levels.count ?? 1
      self.init(
        name: histogram.table.name, population: plan.populations[histogram.table.population].name,
        kind: .histogram(
          of: table.groupings.last ?? "", bins: bins, groupings: Array(table.groupings.dropLast()),
          groups: table.groupCount / bins))
    case .deciles(let deciles):
      self.init(
        name: deciles.name, population: plan.populations[deciles.population].name,
        kind: .deciles(
          statistics: deciles.statistics.map(\.name),
          deciles.intervals.map(IntervalsSummary.init)))
    }
  }
}

extension TableSummary {
  fileprivate init(_ table: TableOutput) {
    func count(_ breakdown: Breakdown) -> Int {
      breakdown.groupings.reduce(1) { $0 * table.groupings[$1].levels.count }
    }
    self.init(
      intervals: table.intervals.map(IntervalsSummary.init),
      groupings: table.groupings.map(\.name), statistics: table.statistics.map(\.name),
      groupCount: table.breakdowns.filter { !$0.isTotal }.reduce(0) { $0 + count($1) },
      cellCount: (table.intervals?.count ?? 1) * table.breakdowns.reduce(0) { $0 + count($1) })
  }
}
