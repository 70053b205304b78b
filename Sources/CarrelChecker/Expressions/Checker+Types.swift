import CarrelCatalogue
import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

// Values of an expected type.
extension Checker {
  /// The single value that an expression stands for.
  func value(of expression: Written.Expression, for purpose: String, in scope: Scope) -> Typed? {
    guard let meaning = meaning(of: expression, in: scope) else { return nil }
    if case .value(let typed) = meaning { return typed }
    return mismatch(meaning, expected: "a single value", for: purpose, at: expression)
  }

  /// The value of a type that an expression stands for: literals take it and integers widen to it.
  func value(
    of expression: Written.Expression, as type: ValueType, for purpose: String, in scope: Scope
  ) -> Typed? {
    guard let meaning = meaning(of: expression, in: scope) else { return nil }
    guard case .value(let typed) = meaning else {
      return mismatch(meaning, expected: type.description, for: purpose, at: expression)
    }
    switch fit(typed, to: type, at: expression.span) {
    case .fits(let fitted): return fitted
    case .reported: return nil
    case .differs:
      return mismatch(meaning, expected: type.description, for: purpose, at: expression)
    }
  }

  /// A boolean.
  func condition(
    _ expression: Written.Expression, for purpose: String, in scope: Scope
  ) -> Typed? {
    value(of: expression, as: .boolean, for: purpose, in: scope)
  }

  /// A date.
  func date(_ expression: Written.Expression, for purpose: String, in scope: Scope) -> Typed? {
    value(of: expression, as: .date, for: purpose, in: scope)
  }

  /// An integer or a decimal.
  func number(_ expression: Written.Expression, for purpose: String, in scope: Scope) -> Typed? {
    guard let meaning = meaning(of: expression, in: scope) else { return nil }
    if case .value(let typed) = meaning {
      if typed.type.isNumber { return typed }
      if typed.type == .nothing { return .constant(.missing, .integer) }
    }
    return mismatch(meaning, expected: "a number", for: purpose, at: expression)
  }

  /// A period; a month as written is one.
  func period(_ meaning: Meaning) -> Period? {
    if case .period(let period) = meaning { period } else { nil }
  }

  /// The period that an expression stands for.
  func period(
    of expression: Written.Expression, for purpose: String, in scope: Scope
  ) -> Period? {
    guard let meaning = meaning(of: expression, in: scope) else { return nil }
    return period(meaning)
      ?? mismatch(meaning, expected: "a period", for: purpose, at: expression)
  }

  /// Reports what was found where something else was expected.
  func mismatch<Result>(
    _ found: Meaning, expected: String, for purpose: String, at expression: Written.Expression
  ) -> Result? {
    var diagnostic = Diagnostic(
      .wrongType, "\(purpose) needs \(expected), not \(found.description)", at: expression.span
    ).label(found.description)
    if let step = nextStep(from: found, to: expected, text: excerpt(expression.span)) {
      diagnostic = diagnostic.help(step)
    }
    return failure(diagnostic)
  }

  /// How what was found is usually turned into what was expected.
  private func nextStep(from found: Meaning, to expected: String, text: String) -> String? {
    switch (found, expected) {
    case (.rows(let rows), "a boolean"):
      return "ask whether there are any: `any \(rows.name(text))`"
    case (.rows(let rows), _):
      let column = rows.table.columns.first?.name ?? "…"
      return "name a column of one row: `\(column) of last \(rows.name(text))`"
    case (.row, "a boolean"): return "ask whether it is there: `\(text) is known`"
    case (.row(let row), _):
      return "name one of its columns: `\(text).\(row.table.columns.first?.name ?? "…")`"
    case (.values, _): return "a set of values stands only after `in`"
    case (.period, "a date"): return "take one of its ends: `.start` or `.end`"
    case (.value(let typed), _): return nextStep(from: typed.type, to: expected, text: text)
    default: return nil
    }
  }

  private func nextStep(from found: ValueType, to expected: String, text: String) -> String? {
    switch (found, expected) {
    case (.integer, "a boolean"), (.decimal, "a boolean"):
      "compare it with a number, as in `\(text) > 0`"
    case (.date, "a boolean"): "ask whether there is one: `\(text) is known`"
    case (.category(let levels), "a boolean"):
      "compare it with a level, as in `\(text) = \"\(levels.first?.value.plainText ?? "")\"`"
    case (.bands(let labels), "a boolean"):
      "compare it with a band, as in `\(text) = \"\(labels[0])\"`"
    case (.code, "a boolean"): "hold it against a code list, as in `\(text) in LIST`"
    case (.quoted, "a date"): "write dates without quotation marks, as in `2024-03-31`"
    case (.quoted, "a number"), (.quoted, "an integer"), (.quoted, "a decimal"):
      "write numbers without quotation marks"
    case (.boolean, "a number"): "count it: `case when \(text) then 1 otherwise 0`"
    case (.date, "a number"): "count the time to it, as in `days from … to \(text)`"
    case (.date, "a period"): "write both ends, as in `\(text) to …`"
    case (.integer, "a length of time"): "name the unit: `days(\(text))`"
    case (.decimal, "an integer"): "make it whole: `round(\(text))`"
    default: nil
    }
  }

  /// What is written at a place, on one line and not too long.
  func excerpt(_ span: SourceSpan) -> String {
    let words = words(span)
    return words.count > 40 ? "…" : words
  }

  /// What is written at a place, on one line and without comments.
  func words(_ span: SourceSpan) -> String {
    var text = ""
    var start = span.range.lowerBound
    for comment in study.file.comments where comment.span.source == span.source {
      let range = comment.span.range.clamped(to: start..<span.range.upperBound)
      if range.isEmpty { continue }
      text += span.source.text(in: start..<range.lowerBound) + " "
      start = range.upperBound
    }
    text += span.source.text(in: start..<span.range.upperBound)
    return span.filling(text).split { $0.isWhitespace }.joined(separator: " ")
  }
}

extension Rows {
  /// What a study calls the rows: what it wrote, or the table.
  fileprivate func name(_ text: String) -> String { text == "…" ? table.name : text }
}

/// Whether a value fits a type.
enum Fit {
  /// It does, as this.
  case fits(Typed)
  /// It is of another type.
  case differs
  /// It is a literal with a mistake of its own, which has been reported.
  case reported
}

/// What a value meets, such as the other side of a comparison.
struct Met {
  let typed: Typed
  let span: SourceSpan
}

extension Checker {
  /// A value as one of a type: literals take the type, integers widen, categories are texts.
  ///
  /// - Parameters:
  ///   - typed: The value.
  ///   - type: The type.
  ///   - met: What it meets, of that type: where that is an integer with a declared range, a
  ///     quoted text is one of its labels.
  ///   - span: Where the value is written.
  /// - Returns: The value as one of the type, or whether it differs or had a mistake of its own.
  func fit(_ typed: Typed, to type: ValueType, meeting met: Met? = nil, at span: SourceSpan) -> Fit
  {
    switch (typed.type, type) {
    case (let own, _) where own == type: .fits(typed)
    case (.nothing, _): .fits(.constant(.missing, type))
    case (.integer, .decimal):
      .fits(Typed(.unary(.widen, typed.expression), .decimal, from: [typed]).with(typed.range))
    case (.category, .text): .fits(typed.of(.text))
    case (.category(let own), .category(let all)):
      own.allSatisfy { level in all.contains { $0.value == level.value } }
        ? .fits(typed.of(type)) : .differs
    case (.quoted, _): fitQuoted(typed, to: type, meeting: met, at: span)
    default: .differs
    }
  }

  private func fitQuoted(
    _ typed: Typed, to type: ValueType, meeting met: Met?, at span: SourceSpan
  ) -> Fit {
    guard case .text(let text)? = typed.constant else {
      return .fits(typed.of(type))
    }
    switch type {
    case .text, .quoted: return .fits(typed.of(.text))
    case .code(let system):
      return checkedCode(text, system, at: span)
        .map { .fits(.constant(.text($0), type)) } ?? .reported
    case .category(let all): return level(text, of: all, as: type, meeting: met, at: span)
    case .bands(let labels):
      let all = Level.bands(labels)
      return level(text, of: all, as: type, meeting: met, at: span)
    case .integer:
      return met?.typed.range.levels.map {
        level(text, of: $0, as: type, meeting: met, at: span)
      } ?? .differs
    default: return .differs
    }
  }

  /// The level that a quoted text names, by its value or, where that is a number, by its label.
  private func level(
    _ text: String, of levels: [Level], as type: ValueType, meeting met: Met?,
    at span: SourceSpan
  ) -> Fit {
    let names = levels.map { type.storage == .text ? $0.value.plainText : $0.label }
    if let index = names.firstIndex(where: { $0.utf8.elementsEqual(text.utf8) }) {
      return .fits(.constant(levels[index].value, type))
    }
    let message =
      met.map { "`\(excerpt($0.span))` has no level \"\(text)\"" }
      ?? "there is no level \"\(text)\""
    reportUnknownLevel(text, among: levels, names: names, message, at: span)
    return .reported
  }

  private func reportUnknownLevel(
    _ text: String, among levels: [Level], names: [String], _ message: String,
    at span: SourceSpan
  ) {
    let shown = names.prefix(8).map { "\"\($0)\"" } + (names.count > 8 ? ["…"] : [])
    let diagnostic = Diagnostic(.unknownLevel, message, at: span)
      .label("levels: " + shown.joined(separator: ", "))
    let byLabel = zip(levels, names).first { $0.0.label == text }?.1
    guard let meant = byLabel ?? closest(to: text, among: names) else {
      return report(diagnostic.help("write one of the levels"))
    }
    report(
      diagnostic.help(
        "write `\"\(meant)\"`",
        fix: Diagnostic.Fix(replacing: span, with: "\"\(meant)\"", isSafe: true)))
  }
}

extension Typed {
  /// The same value as one of another type that is stored alike.
  func of(_ type: ValueType) -> Typed {
    var copy = self
    copy.type = type
    return copy
  }
}
