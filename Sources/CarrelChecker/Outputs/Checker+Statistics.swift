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
    case .of(let measure, _):
      return refuse(.statistics, "`\(measure.rawValue)` is", at: statistic.span)
    case .quantile: return refuse(.statistics, "`quantile` is", at: statistic.span)
    case .rate: return refuse(.statistics, "`rate` is", at: statistic.span)
    case .ratio: return refuse(.statistics, "`ratio` is", at: statistic.span)
    }
  }

  /// A number of each patient whose sum or mean is shown; a boolean counts as 0 or 1.
  private func measure(
    _ expression: Written.Expression, _ word: String, in scope: Scope
  ) -> Measure? {
    guard let meaning = meaning(of: expression, in: scope) else { return nil }
    guard case .value(let typed) = meaning, typed.type.isNumber || typed.type == .boolean else {
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
        at: expression.span, severity: .warning
      ).help("say what is plausible: `within(\(text), low, high)`"))
  }
}
