import CarrelCatalogue
import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

// What is shown of each group.
extension Checker {
  /// A statistic with its names; `nil` where it has a mistake or is not run yet.
  func statistic(
    _ statistic: Written.Statistic, names: inout ColumnNames, in scope: Scope
  ) -> Lowered.Statistic? {
    if let standardisation = statistic.standardisation {
      refuse(.standardisation, "`standardised to` is", at: standardisation.weights.span) as Void?
    }
    if let interval = statistic.intervalPercent {
      refuse(.confidenceIntervals, "`with interval` is", at: interval.span) as Void?
    }
    let refused = statistic.standardisation != nil || statistic.intervalPercent != nil
    let kind = self.kind(of: statistic, in: scope)
    let name = kind == nil ? nil : names.name(of: statistic, in: self)
    guard let kind, let name, !refused else { return nil }
    return Lowered.Statistic(
      name: name, label: statistic.label?.text ?? words(statistic.span), kind: kind)
  }

  private func kind(
    of statistic: Written.Statistic, in scope: Scope
  ) -> Lowered.Statistic.Kind? {
    switch statistic.figure {
    case .count: return .count
    case .of(.percent, let expression):
      return condition(expression, for: "`percent`", in: scope)
        .map { .percent(shared($0).expression) }
    case .of(.sum, let expression): return measure(expression, "sum", in: scope).map { .sum($0) }
    case .of(.mean, let expression): return measure(expression, "mean", in: scope).map { .mean($0) }
    case .of(.sd, let expression):
      return measure(expression, "sd", in: scope, isNumber: true).map { .standardDeviation($0) }
    case .of(.median, let expression): return quantile(.median, of: expression, "median", in: scope)
    case .quantile(let share, of: let expression):
      let quantile = self.quantile(share)
      return quantile.flatMap { self.quantile($0, of: expression, "quantile", in: scope) }
    case .rate(let expression, let per, let days):
      return rate(expression, per: per, days: days, in: scope, at: statistic.span)
    case .ratio(let expression, to: let other):
      let measures = (measure(expression, "ratio", in: scope), measure(other, "ratio", in: scope))
      guard let above = measures.0, let below = measures.1 else { return nil }
      return .ratio(above, to: below)
    }
  }

  private func rate(
    _ expression: Written.Expression, per: IntegerTerm, days: Written.Expression?,
    in scope: Scope, at span: SourceSpan
  ) -> Lowered.Statistic.Kind? {
    let above = measure(expression, "rate", in: scope)
    let below = days.map { measure($0, "rate", in: scope, isNumber: true) }
    guard case .value(let count) = per else {
      preconditionFailure("holes are filled before a study is checked")
    }
    guard count > 0 else {
      return failure(
        Diagnostic(.rateOfNothing, "a rate is for 1 or more, not for 0", at: span)
          .help("write `per 1000`"))
    }
    guard let above else { return nil }
    guard let below else { return .rate(above, per: count) }
    return below.map { .personTimeRate(above, per: count, days: $0) }
  }

  private func quantile(
    _ quantile: Quantile, of expression: Written.Expression, _ word: String, in scope: Scope
  ) -> Lowered.Statistic.Kind? {
    measure(expression, word, in: scope, isNumber: true).map { measure in
      let bins = measure.bounds.map {
        BinScale(rangeWidth: $0.width, isInteger: measure.type == .integer)
      }
      return .quantile(quantile, of: measure, bins: bins ?? .none)
    }
  }

  /// The shares that quantiles may be of, in hundredths: few, so that they do not list the values.
  private static let quantileHundredths = [5, 10, 25, 50, 75, 90, 95]

  private func quantile(_ share: Literal) -> Quantile? {
    let hundredths = Self.quantileHundredths.first { hundredths in
      if case .decimal(Double(hundredths) / 100) = share.kind { true } else { false }
    }
    if let hundredths { return Quantile(hundredths: hundredths) }
    return failure(
      Diagnostic(.unknownQuantile, "there is no quantile `\(excerpt(share.span))`", at: share.span)
        .help("write 0.05, 0.1, 0.25, 0.5, 0.75, 0.9 or 0.95"))
  }

  /// A number of each patient of which a statistic is shown; a boolean counts as 0 or 1, unless the
  /// statistic is of numbers only.
  private func measure(
    _ expression: Written.Expression, _ word: String, in scope: Scope, isNumber: Bool = false
  ) -> Measure? {
    guard let meaning = meaning(of: expression, in: scope) else { return nil }
    guard case .value(let typed) = meaning,
      typed.type.isNumber || (typed.type == .boolean && !isNumber)
    else {
      return mismatch(meaning, expected: "a number", for: "`\(word)`", at: expression)
    }
    if typed.type == .boolean {
      let number = shared(Typed(.unary(.asInteger, typed.expression), .integer, from: [typed]))
      return Measure(
        expression: number.expression, type: .integer, bounds: Bounds(lowest: 0, highest: 1),
        isCount: true)
    }
    if typed.range.bounds == nil { warnUnbounded(expression, word) }
    return Measure(
      expression: shared(typed).expression, type: typed.type.storage, bounds: typed.range.bounds,
      isCount: typed.range.isCount)
  }

  private func warnUnbounded(_ expression: Written.Expression, _ word: String) {
    let text = excerpt(expression.span)
    report(
      Diagnostic(
        .unboundedMeasure,
        "`\(text)` has no declared bounds, so its \(word) can be released only under `exact`",
        at: expression.span, severity: rules?.severity ?? .warning
      ).help("say what is plausible: `within(\(text), low, high)`"))
  }
}
