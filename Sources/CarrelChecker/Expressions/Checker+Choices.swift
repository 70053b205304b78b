import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

// `case`, `bands of`, and the best of several values.
extension Checker {
  /// The result of the first branch that holds.
  func choice(_ choice: Written.Choice, in scope: Scope) -> Typed? {
    let subject = choice.subject.map { ($0, value(of: $0, for: "`case`", in: scope)) }
    let conditions = choice.branches.map { branch in
      self.condition(of: branch, subject: subject, in: scope)
    }
    let written = choice.branches.map(\.result) + [choice.otherwise].compactMap(\.self)
    let results = written.map { value(of: $0, for: "`case`", in: scope) }
    guard subject.map({ $0.1 != nil }) ?? true, conditions.allSatisfy({ $0 != nil }) else {
      return nil
    }
    let operands = zip(written, results).compactMap { expression, typed in
      typed.map { Operand(typed: $0, span: expression.span) }
    }
    guard operands.count == written.count, let typed = typedResults(operands) else { return nil }
    let branches = zip(conditions.compactMap(\.self), typed)
    return Typed(
      .choice(
        branches.map { Lowered.Branch(when: $0.expression, then: $1.expression) },
        otherwise: choice.otherwise == nil ? nil : typed.last?.expression),
      typed[0].type, from: conditions.compactMap(\.self) + typed
    ).with(DeclaredRange(levels: typed.commonLevels, bounds: typed.commonBounds))
  }

  private func condition(
    of branch: Written.Choice.Branch, subject: (Written.Expression, Typed?)?, in scope: Scope
  ) -> Typed? {
    guard let subject else { return condition(branch.condition, for: "`when`", in: scope) }
    guard let typed = value(of: branch.condition, for: "`when`", in: scope), let value = subject.1
    else { return nil }
    return comparison(
      .equal, "`when`", Operand(typed: value, span: subject.0.span),
      Operand(typed: typed, span: branch.condition.span))
  }

  /// The results in one type; quoted results make a category with those levels.
  private func typedResults(_ results: [Operand]) -> [Typed]? {
    let quoted = results.filter { $0.typed.type == .quoted }
    let areAllQuoted =
      !quoted.isEmpty
      && results.allSatisfy { $0.typed.type == .quoted || $0.typed.type == .nothing }
    guard areAllQuoted else { return unified(results, for: "`case`") }
    var levels: [Level] = []
    for text in quoted.compactMap(\.typed.constant)
    where !levels.contains(where: { $0.value == text }) {
      levels.append(Level(text))
    }
    return results.map { result in
      result.typed.type == .quoted
        ? result.typed.of(.category(levels)) : .constant(.missing, .category(levels))
    }
  }

  /// `earliest of (…)` and the like, which ignore what is missing, and `count of (…)`.
  func combination(
    _ combination: Combination, of operands: [Written.Expression], in scope: Scope
  ) -> Typed? {
    let purpose = "`\(combination.rawValue) of`"
    let typed = operands.map { operand in
      switch combination {
      case .count: condition(operand, for: purpose, in: scope)
      case .earliest, .latest: date(operand, for: purpose, in: scope)
      case .smallest, .largest: number(operand, for: purpose, in: scope)
      }
    }
    guard typed.allSatisfy({ $0 != nil }) else { return nil }
    let known = typed.compactMap(\.self)
    if combination == .count { return count(of: known) }
    let located = zip(known, operands).map { Operand(typed: $0, span: $1.span) }
    guard let values = unified(located, for: purpose) else { return nil }
    let extremum: Extremum =
      combination == .earliest || combination == .smallest ? .smallest : .largest
    return Typed(.extremum(extremum, values.map(\.expression)), values[0].type, from: values)
      .with(DeclaredRange(levels: values.commonLevels, bounds: values.commonBounds))
  }

  private func count(of conditions: [Typed]) -> Typed {
    let bounds = Bounds(lowest: 0, highest: Double(conditions.count))
    return Typed(.countOf(conditions.map(\.expression)), .integer, from: conditions).with(
      DeclaredRange(
        levels: (0...conditions.count).map { Level(.integer($0)) }, bounds: bounds, isCount: true))
  }
}

// Bands.
extension Checker {
  /// `bands of x at (…)`: the position of x among rising cuts, with a label for each band.
  func bands(_ bands: Bands, at span: SourceSpan, in scope: Scope) -> Typed? {
    let operand = number(bands.operand, for: "`bands of`", in: scope)
    let cuts = bands.cuts.map { cut in
      number(cut, for: "a cut of `bands`", in: scope)
        .flatMap { constant($0, for: "a cut of `bands`", at: cut.span) }
    }
    guard let operand, cuts.allSatisfy({ $0 != nil }) else { return nil }
    let located = zip(cuts.compactMap(\.self), bands.cuts).map { Operand(typed: $0, span: $1.span) }
    guard
      let typed = unified(
        [Operand(typed: operand, span: bands.operand.span)] + located, for: "`bands of`")
    else { return nil }
    let values = typed.dropFirst().map { $0.constant ?? .missing }
    guard areRising(Array(values), located) else { return nil }
    guard let labels = labels(of: bands, cuts: Array(values), at: span) else { return nil }
    return Typed(.band(typed[0].expression, cuts: Array(values)), .bands(labels), from: typed)
      .bounded(Bounds(lowest: 0, highest: Double(values.count)))
  }

  private func areRising(_ cuts: [Value], _ written: [Operand]) -> Bool {
    for index in cuts.indices.dropFirst() where cuts[index] <= cuts[index - 1] {
      report(
        Diagnostic(.bandCuts, "the cuts of `bands` rise", at: written[index].span)
          .label("not above \(cuts[index - 1].plainText)")
          .help("write each cut once, the smallest first"))
      return false
    }
    return true
  }

  private func labels(of bands: Bands, cuts: [Value], at span: SourceSpan) -> [String]? {
    guard let labels = bands.labels else { return BandLabels.labels(cuts: cuts) }
    guard labels.count == cuts.count + 1 else {
      return failure(
        Diagnostic(
          .bandLabels, "\(cuts.count) cuts make \(cuts.count + 1) bands", at: span
        ).label("\(labels.count) labels").help("write one label for each band"))
    }
    for (index, label) in labels.enumerated()
    where labels[..<index].contains(where: { $0.text == label.text }) {
      return failure(
        Diagnostic(.bandLabels, "two bands are called \"\(label.text)\"", at: label.span)
          .help("give each band a label of its own"))
    }
    return labels.map(\.text)
  }

  /// A value that is known before any record is read; missing is not known.
  func constant(_ typed: Typed, for purpose: String, at span: SourceSpan) -> Typed? {
    if typed.kind != .constant {
      return failure(
        Diagnostic(.notConstant, "\(purpose) must be the same for everyone", at: span)
          .label(typed.kind == .patient ? "one for each patient" : "one for each row")
          .help("write a number or a date, or the name of a `let` or `parameter`"))
    }
    if typed.constant?.isMissing == true {
      return failure(
        Diagnostic(.notConstant, "\(purpose) cannot be missing", at: span)
          .help("write a number or a date"))
    }
    return typed
  }
}
