import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

// Uses of declared names, with arguments and without.
extension Checker {
  /// What a declared name by itself stands for.
  func meaning(
    of statement: Statement, _ key: DeclarationKey, usedAs name: Name, in scope: Scope
  ) -> Meaning? {
    if !statement.parameters.isEmpty { return missingArguments(statement, at: name) }
    if let known = state.meanings[key] { return known }
    let meaning = guardingAgainstCycles(key, statement) {
      self.deeper(at: name.span) { self.meaning(ofDeclared: statement, key, usedAs: name) }
    }
    state.meanings[key] = .some(meaning)
    return meaning
  }

  private func meaning(
    ofDeclared statement: Statement, _ key: DeclarationKey, usedAs name: Name
  ) -> Meaning? {
    let scope = Scope(origin: key.origin)
    switch statement {
    case .parameter(let parameter): return meaning(of: parameter)
    case .constant(let constant): return meaning(of: constant, in: scope)
    case .codelist(let codelist): return meaning(of: codelist)
    case .events(let events): return rows(of: events, in: scope).map(Meaning.rows)
    case .define(let definition):
      return meaning(of: definition.value, in: scope)
        .map { shared($0, name: .definition(key.name)).of(size: 1) }
    case .population(let population):
      return self.population(population, key, bindings: [:], scope: scope, span: name.span)
        .map { .value($0.membership) }
    default:
      return failure(
        Diagnostic(
          .wrongKindOfName, "`\(name.text)` is \(statement.description), not a value",
          at: name.span
        ).help("give a definition another name, or name a definition here"))
    }
  }

  /// What a declaration with parameters means for some arguments.
  ///
  /// The body is worked out once for each different list of arguments, so that calls share what
  /// they mean; how large it is with every call written out is counted all the same.
  func call(
    _ statement: Statement, _ key: DeclarationKey, _ name: Name, _ arguments: [Written.Expression],
    at span: SourceSpan, in scope: Scope
  ) -> Meaning? {
    called.insert(key)
    note(name, as: .declared(statement))
    guard let bindings = bind(arguments, to: statement, name, at: span, in: scope) else {
      return nil
    }
    let call = CallKey(
      declaration: key,
      arguments: statement.parameters.compactMap { bindings[$0.name.text]?.meaning })
    if let known = state.calls[call] { return known }
    guard countCall(at: span) else { return nil }
    let meaning = guardingAgainstCycles(key, statement) {
      self.deeper(at: span) {
        self.body(
          of: statement, key, bindings: bindings,
          in: scope.calling(key.origin, with: bindings), at: span)
      }
    }
    let small = meaning.flatMap { self.unlessTooLarge($0, name, at: span) }
    note(small, of: key)
    state.calls[call] = .some(small)
    return small
  }

  /// What the body of a declaration with parameters means, once they are bound.
  func body(
    of statement: Statement, _ key: DeclarationKey, bindings: [String: Scope.Binding],
    in scope: Scope, at span: SourceSpan
  ) -> Meaning? {
    switch statement {
    case .define(let definition):
      meaning(of: definition.value, in: scope).map { shared($0, name: .call(key.name)) }
    case .events(let events): rows(of: events, in: scope).map(Meaning.rows)
    case .population(let population):
      self.population(population, key, bindings: bindings, scope: scope, span: span)
        .map { .value($0.membership) }
    default: nil
    }
  }

  /// The same meaning, with its values for each patient held by the plan once.
  func shared(_ meaning: Meaning, name: ValueName = .none) -> Meaning {
    switch meaning {
    case .value(let typed): return .value(shared(typed, name: name))
    case .period(let period):
      return .period(Period(start: shared(period.start), end: shared(period.end)))
    case .duration(let duration):
      return .duration(Duration(count: shared(duration.count), unit: duration.unit))
    case .row(var row):
      if let picked = row.picked, row.neighbourDepth == nil {
        row.picked = state.plan.share(picked, type: .integer, name: name)
      }
      return .row(row)
    case .rows, .values, .codelist: return meaning
    }
  }

  /// A value of each patient as the plan holds it; constants and columns stay as they are.
  func shared(_ typed: Typed, name: ValueName = .none) -> Typed {
    guard typed.kind == .patient else { return typed }
    var copy = typed
    copy.expression = state.plan.share(typed.expression, type: typed.type.storage, name: name)
    return copy
  }
}

// Arguments.
extension Checker {
  private func missingArguments(_ statement: Statement, at name: Name) -> Meaning? {
    let parameters = statement.parameters.map(\.name.text).joined(separator: ", ")
    return failure(
      Diagnostic(
        .wrongArguments, "`\(name.text)` needs \(arguments(statement.parameters.count))",
        at: name.span
      ).help("write `\(name.text)(\(parameters))` with a value for each"))
  }

  private func arguments(_ count: Int) -> String {
    count == 1 ? "1 argument" : "\(count) arguments"
  }

  /// The arguments by the names of their parameters; `nil` where there are too many or too few.
  func bind(
    _ arguments: [Written.Expression], to statement: Statement, _ name: Name, at span: SourceSpan,
    in scope: Scope
  ) -> [String: Scope.Binding]? {
    let parameters = statement.parameters
    guard arguments.count == parameters.count else {
      for argument in arguments { _ = meaning(of: argument, in: scope) }
      let wanted = parameters.isEmpty ? "no arguments" : self.arguments(parameters.count)
      return failure(
        Diagnostic(.wrongArguments, "`\(name.text)` takes \(wanted)", at: span)
          .label("found \(arguments.count)")
          .help(
            parameters.isEmpty
              ? "write `\(name.text)` by itself"
              : "its parameters are \(list(parameters.map { "\($0.name.text) : \($0.type.text)" }))"
          ))
    }
    var bindings: [String: Scope.Binding] = [:]
    for (parameter, argument) in zip(parameters, arguments) {
      let meaning = parameterType(named: parameter.type)
        .flatMap { self.argument(argument, as: $0, of: name, in: scope) }
      bindings[parameter.name.text] = Scope.Binding(
        meaning: meaning.map { shared($0) }, span: argument.span)
    }
    // A call with a mistaken argument is not worked out: it would be worked out for nothing.
    return bindings.values.allSatisfy { $0.meaning != nil } ? bindings : nil
  }
}

// Limits.
extension Checker {
  private func countCall(at span: SourceSpan) -> Bool {
    state.callCount += 1
    if state.callCount <= Limits.calls { return true }
    // It is one mistake of the whole study, wherever the limit is met.
    guard state.callCount == Limits.calls + 1 else { return false }
    report(
      Diagnostic(
        .expansionTooLarge,
        "the study calls definitions in more than \(Limits.calls) different ways",
        at: span
      ).help("call them with fewer different arguments"))
    return false
  }

  private func unlessTooLarge(_ meaning: Meaning, _ name: Name, at span: SourceSpan) -> Meaning? {
    if meaning.size <= Limits.expressionSize { return meaning }
    return failure(
      Diagnostic(
        .expansionTooLarge, "`\(name.text)` has more than \(Limits.expressionSize) parts",
        at: span
      ).label("with every call inside it written out")
        .help("build it from definitions without parameters, which are worked out once"))
  }

  /// Works out a declaration, unless it is being worked out already and so uses itself.
  func guardingAgainstCycles<Result>(
    _ key: DeclarationKey, _ statement: Statement, _ work: () -> Result?
  ) -> Result? {
    if let first = inProgress.firstIndex(of: key) {
      reportCycle(Array(inProgress[first...]))
      return nil
    }
    inProgress.append(key)
    defer { inProgress.removeLast() }
    return work()
  }

  /// Shows a cycle once, beginning with what stands first in the file.
  private func reportCycle(_ keys: [DeclarationKey]) {
    let named = keys.compactMap { key -> (name: Name, key: DeclarationKey)? in
      let declarations = key.origin == .study ? declared : schemaDeclared
      return declarations[key.name]?.declaredName.map { ($0, key) }
    }
    let order = named.indices.sorted {
      named[$0].name.span.range.lowerBound < named[$1].name.span.range.lowerBound
    }
    guard let start = order.first else { return }
    let cycle = named[start...] + named[..<start]
    let names = (cycle.map(\.name.text) + [named[start].name.text]).map { "`\($0)`" }
    var diagnostic = Diagnostic(
      .cyclicDefinition, "`\(named[start].name.text)` uses itself", at: named[start].name.span
    ).label(names.joined(separator: " → "))
    for (name, _) in cycle.dropFirst() {
      diagnostic = diagnostic.related(name.span, "part of the cycle")
    }
    report(diagnostic.help("take one of them out of the cycle"))
  }
}

extension Meaning {
  /// How large it is with every call written out.
  var size: Int {
    switch self {
    case .value, .period, .duration: parts.reduce(0) { $0.saturatingAdd($1.size) }
    case .row(let row): row.size
    case .rows(let rows): rows.size
    case .values(let set): set.rows.size.saturatingAdd(set.element.size)
    case .codelist: 1
    }
  }

  /// The same meaning, counted as having a size.
  func of(size: Int) -> Meaning {
    switch self {
    case .value(var typed):
      typed.size = size
      return .value(typed)
    case .period(var period):
      period.start.size = size
      period.end.size = size
      return .period(period)
    case .duration(var duration):
      duration.count.size = size
      return .duration(duration)
    case .row(var row):
      row.size = size
      return .row(row)
    case .rows, .values, .codelist: return self
    }
  }
}
