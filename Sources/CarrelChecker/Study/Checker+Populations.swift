import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

/// A population that has been worked out, for some arguments where it has parameters.
struct CheckedPopulation {
  let name: String
  /// The criteria with the conditions of each.
  let criteria: [Criterion]
  /// Whether a patient belongs: never missing.
  let membership: Typed

  /// One `include` or `exclude`.
  struct Criterion {
    let label: String
    let isExclusion: Bool
    let condition: Typed
    /// The condition as written.
    let text: String
    /// Where the condition is written.
    let span: SourceSpan
  }
}

extension Checker {
  /// A population with its parameters bound.
  func population(
    _ population: Written.Population, _ key: DeclarationKey, bindings: [String: Scope.Binding],
    scope: Scope, span: SourceSpan
  ) -> CheckedPopulation? {
    let call = CallKey(
      declaration: key,
      arguments: population.parameters.compactMap { bindings[$0.name.text]?.meaning })
    if let known = state.populations[call] { return known }
    let criteria = population.criteria.map { criterion($0, in: scope) }
    let known = criteria.compactMap(\.self)
    let name =
      bindings.isEmpty
      ? population.name.text
      : population.name.text + "("
        + population.parameters.compactMap { bindings[$0.name.text] }
        .map { excerpt($0.span) }.joined(separator: ", ") + ")"
    let checked =
      known.count == criteria.count
      ? CheckedPopulation(name: name, criteria: known, membership: membership(of: known, key.name))
      : nil
    state.populations[call] = .some(checked)
    return checked
  }

  private func criterion(
    _ criterion: Written.Criterion, in scope: Scope
  ) -> CheckedPopulation.Criterion? {
    let purpose = criterion.isExclusion ? "`exclude`" : "`include`"
    guard let condition = condition(criterion.condition, for: purpose, in: scope) else {
      return nil
    }
    let text = words(criterion.condition.span)
    return CheckedPopulation.Criterion(
      label: criterion.label?.text ?? text, isExclusion: criterion.isExclusion,
      condition: condition, text: text, span: criterion.condition.span)
  }

  /// A population as a boolean: every inclusion holds and no exclusion does.
  private func membership(of criteria: [CheckedPopulation.Criterion], _ name: String) -> Typed {
    let tests = criteria.map { criterion in
      let holds = Typed(
        .binary(.otherwise, criterion.condition.expression, .constant(.boolean(false), .boolean)),
        .boolean, from: [criterion.condition])
      return criterion.isExclusion ? holds.negated : holds
    }
    let all = tests.dropFirst().reduce(tests[0]) {
      Typed(.binary(.and, $0.expression, $1.expression), .boolean, from: [$0, $1])
    }
    return shared(all, name: .definition(name))
  }
}

// Populations of outputs.
extension Checker {
  /// The population that the header of an output names.
  func population(
    named source: SourceReference, in scope: Scope = Scope()
  ) -> CheckedPopulation? {
    let name = source.name
    guard let (key, statement) = declaration(of: name.text, in: Scope()) else {
      return unknownPopulation(name)
    }
    guard case .population(let population) = statement else {
      return failure(
        Diagnostic(
          .wrongKindOfName,
          "an output is of a population, and `\(name.text)` is \(statement.description)",
          at: name.span
        ).label(statement.description).help("name a population"))
    }
    called.insert(key)
    note(name, as: .declared(statement))
    guard
      let bindings = bind(
        source.arguments, to: statement, name, at: source.span, in: scope)
    else { return nil }
    return guardingAgainstCycles(key, statement) {
      self.population(
        population, key, bindings: bindings,
        scope: Scope().calling(key.origin, with: bindings), span: source.span)
    }
  }

  private func unknownPopulation(_ name: Name) -> CheckedPopulation? {
    if lostNames.mayDeclare(name.text) { return nil }
    let populations = declared.statements.filter {
      if case .population = $0 { true } else { false }
    }.compactMap { $0.declaredName?.text }
    let mistake = Diagnostic(
      .unknownName, "there is no population `\(name.text)`", at: name.span)
    if let close = closest(to: name.text, among: populations) {
      return failure(mistake.suggesting(close))
    }
    return failure(
      mistake.help(
        populations.isEmpty
          ? "declare it: `population \(name.text) include …`" : "there are \(list(populations))"))
  }

  /// The position of a population in the plan, to which it is added once.
  func position(of population: CheckedPopulation) -> Int {
    let lowered = population.lowered
    if let position = state.plan.plan.populations.firstIndex(of: lowered) { return position }
    state.outputPopulations.append(population)
    return state.plan.add(lowered)
  }
}

extension CheckedPopulation {
  /// The population as the plan says it.
  var lowered: Lowered.Population {
    Lowered.Population(
      name: name,
      criteria: criteria.map {
        Lowered.Criterion(
          label: $0.label, isExclusion: $0.isExclusion, condition: $0.condition.expression)
      })
  }
}
