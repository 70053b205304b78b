import CarrelCatalogue
import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

// Models of an outcome on terms.
extension Checker {
  /// Checks a model, which is refused when it has no other mistake.
  func model(_ model: Model) {
    let population = population(named: model.header.population)
    let outcome: Outcome
    switch model.outcome {
    case .cox(let time): outcome = Outcome(isRight: self.time(time))
    case .regression(let family, let expression, let offset):
      outcome = self.outcome(of: family, expression, offset: offset)
    }
    var names: [String: SourceSpan] = [:]
    let areRight = model.terms.map { term($0, outcome: outcome, names: &names) }
    guard population != nil, outcome.isRight, areRight.allSatisfy({ $0 }) else { return }
    refuse(.models, "`model` is", at: model.header.name.span) as Void?
  }

  /// What a model explains.
  struct Outcome {
    /// Whether it, and an offset, are what the family needs.
    var isRight: Bool
    /// The value of each patient, where there is one.
    var value: Lowered.Expression?
  }

  private func outcome(
    of family: ModelFamily, _ expression: Written.Expression, offset: Written.Expression?
  ) -> Outcome {
    let isOffset = offset.map { self.offset($0, of: family) } ?? true
    guard let typed = outcome(of: family, expression) else { return Outcome(isRight: false) }
    if typed.kind == .constant {
      report(
        Diagnostic(
          .sameForEveryone, "a model explains what differs between patients",
          at: expression.span
        ).label("the same for everyone").help("name a value of each patient"))
      return Outcome(isRight: false)
    }
    return Outcome(isRight: isOffset, value: shared(typed).expression)
  }

  /// The outcome, of a type that the family is for.
  private func outcome(of family: ModelFamily, _ expression: Written.Expression) -> Typed? {
    let purpose = "`\(family.rawValue)`"
    switch family {
    case .logistic: return condition(expression, for: purpose, in: Scope())
    case .linear:
      let number = number(expression, for: purpose, in: Scope())
      if let number, number.range.bounds == nil { warnUnbounded(expression, "model") }
      return number
    case .poisson, .negativeBinomial:
      let count = value(of: expression, as: .integer, for: purpose, in: Scope())
      if let count, count.range.bounds == nil { warnUnbounded(expression, "model") }
      return count
    }
  }

  /// Whether an offset is the logarithm of a time, in a model of counts.
  private func offset(_ expression: Written.Expression, of family: ModelFamily) -> Bool {
    switch family {
    case .poisson, .negativeBinomial: break
    case .linear, .logistic:
      return wrongOffset(
        "`\(family.rawValue)` has no offset", expression,
        "leave it out; `poisson` and `negative binomial` have one")
    }
    guard case .call(let name, let arguments) = expression.kind, name.text == "log",
      arguments.count == 1
    else {
      return wrongOffset(
        "an offset is the logarithm of a time at risk", expression,
        "write `offset log(DAYS)`, with the days that each patient was seen")
    }
    return number(expression, for: "`offset`", in: Scope()) != nil
  }

  private func wrongOffset(
    _ message: String, _ expression: Written.Expression, _ step: String
  ) -> Bool {
    report(Diagnostic(.wrongOffset, message, at: expression.span).help(step))
    return false
  }
}

// What a model is on.
extension Checker {
  private func term(
    _ term: ModelTerm, outcome: Outcome, names: inout [String: SourceSpan]
  ) -> Bool {
    switch term {
    case .value(let expression, let reference):
      guard let typed = covariate(expression, outcome: outcome) else { return false }
      let isNamed = name(expression, names: &names)
      return (reference.map { self.reference($0, of: typed, expression) } ?? true) && isNamed
    case .interaction(let first, let second):
      let both = [first, second].map { covariate($0, outcome: outcome) }
      guard let one = both[0], let other = both[1] else { return false }
      if shared(one).expression != shared(other).expression { return true }
      return wrongTerm("a value does not interact with itself", second, "name another value")
    }
  }

  /// A value that a model can be on: a number, or one of finitely many levels.
  private func covariate(_ expression: Written.Expression, outcome: Outcome) -> Typed? {
    guard let typed = value(of: expression, for: "a model", in: Scope()) else { return nil }
    if typed.kind == .constant {
      return failure(
        Diagnostic(.sameForEveryone, "a constant explains nothing", at: expression.span)
          .label("the same for everyone").help("name a value of each patient, or leave it out"))
    }
    guard typed.type.isNumber || typed.levels != nil, !typed.range.isPlace else {
      return failure(unboundedTerm(typed, expression))
    }
    if let value = outcome.value, shared(typed).expression == value {
      _ = wrongTerm(
        "the outcome does not explain itself", expression, "leave it out of the terms")
      return nil
    }
    return typed
  }

  private func unboundedTerm(_ typed: Typed, _ expression: Written.Expression) -> Diagnostic {
    Diagnostic(
      .wrongTerm, "`\(excerpt(expression.span))` cannot be a term of a model",
      at: expression.span
    ).label(typed.range.isPlace ? "a place below region" : typed.type.description)
      .help(
        typed.range.isPlace
          ? "take the region" : "take a number, a category, bands or a boolean")
  }

  /// Whether the level that others are compared with is one of the term's own.
  private func reference(
    _ literal: Literal, of typed: Typed, _ expression: Written.Expression
  ) -> Bool {
    guard let levels = typed.levels else {
      return wrongTerm(
        "`\(excerpt(expression.span))` has no levels to compare with", expression,
        "leave `reference` out, or group it: `bands of … at (…)`")
    }
    guard let meaning = meaning(of: literal) else { return false }
    if case .value(let found) = meaning,
      case .fits(let fitted) = fit(
        found, to: typed.type, meeting: Met(typed: typed, span: expression.span), at: literal.span)
    {
      if levels.contains(where: { $0.value == fitted.constant }) { return true }
    } else if case .value(let found) = meaning, found.type == .quoted, typed.type != .boolean {
      return false
    }
    report(
      Diagnostic(
        .unknownLevel,
        "`\(excerpt(expression.span))` has no level `\(excerpt(literal.span))`", at: literal.span
      ).label("levels: \(levels.prefix(8).map(\.label).joined(separator: ", "))")
        .help("write one of the levels"))
    return false
  }

  /// Whether a term has a name of its own among the coefficients.
  private func name(
    _ expression: Written.Expression, names: inout [String: SourceSpan]
  ) -> Bool {
    guard let name = OutputNames.name(of: expression, as: nil) else {
      report(
        Diagnostic(.unnamedColumn, "a term needs a name", at: expression.span)
          .help("give it one with `define`, and write that"))
      return false
    }
    if let earlier = names[name] {
      report(
        Diagnostic(.columnTwice, "two terms are called `\(name)`", at: expression.span)
          .related(earlier, "the first").help("write each term once"))
      return false
    }
    names[name] = expression.span
    return true
  }

  private func wrongTerm(
    _ message: String, _ expression: Written.Expression, _ step: String
  ) -> Bool {
    report(Diagnostic(.wrongTerm, message, at: expression.span).help(step))
    return false
  }
}
