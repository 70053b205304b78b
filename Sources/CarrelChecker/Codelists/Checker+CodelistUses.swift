import CarrelCatalogue
import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

// Codes held against code lists.
extension Checker {
  /// Whether a code is in a list.
  func inCodelist(_ operand: Operand, _ name: String, at span: SourceSpan) -> Typed? {
    guard case .code(let system) = operand.typed.type else { return notACode(operand, "`in`") }
    return held(operand.typed, against: name, in: system, .equal, at: span)
  }

  /// `x matches …`: whether a code, or any code of a field, begins with a listed one.
  func matches(
    _ operand: Operand, _ members: [(Written.Expression, Meaning?)]
  ) -> [Typed]? {
    let (system, isField): (CodingSystem, Bool)
    switch operand.typed.type {
    case .code(let own): (system, isField) = (own, false)
    case .codes(let own): (system, isField) = (own, true)
    default: return notACode(operand, "`matches`")
    }
    let tests = members.map { expression, meaning -> Typed? in
      switch meaning {
      case .codelist(let name)?:
        return held(
          operand.typed, against: name, in: system, isField ? .anyPrefix : .prefix,
          at: expression.span)
      case .value(let typed)? where typed.type == .quoted:
        return begins(operand.typed, with: typed, system, isField, at: expression.span)
      case let other?:
        return mismatch(
          other, expected: "a code list or a quoted text", for: "`matches`", at: expression)
      case nil: return nil
      }
    }
    let known = tests.compactMap(\.self)
    return known.count == tests.count ? known : nil
  }

  private func begins(
    _ operand: Typed, with text: Typed, _ system: CodingSystem, _ isField: Bool,
    at span: SourceSpan
  ) -> Typed? {
    guard case .text(let prefix)? = text.constant else { return nil }
    codeSpans.insert(span)
    let stored = system.normalised(prefix)
    guard !stored.isEmpty else {
      return failure(
        Diagnostic(.wrongCode, "every code begins with an empty text", at: span)
          .help("write the letters and digits that the codes begin with"))
    }
    return Typed(
      .binary(
        isField ? .anyCodeHasPrefix : .hasPrefix, operand.expression,
        .constant(.text(stored), .text)), .boolean, from: [operand])
  }

  private func held(
    _ operand: Typed, against name: String, in system: CodingSystem, _ match: CodeMatch,
    at span: SourceSpan
  ) -> Typed? {
    guard settle(name, as: system, at: span), let position = position(of: name) else { return nil }
    return Typed(
      expression: .inCodelist(operand.expression, codelist: position, match), type: .boolean,
      kind: max(operand.kind, .patient), rowDepth: operand.rowDepth,
      size: operand.size.saturatingAdd(1))
  }

  private func notACode<Result>(_ operand: Operand, _ purpose: String) -> Result? {
    let type = operand.typed.type
    if case .codes = type {
      return failure(
        Diagnostic(.wrongType, "a field of several codes is not one code", at: operand.span)
          .help("write `\(excerpt(operand.span)) matches …`"))
    }
    return failure(
      Diagnostic(
        .wrongType, "only a code is held against a code list, not \(type.description)",
        at: operand.span
      ).label(type.description).help("name a column of codes"))
  }

  /// `x categorised by c`: the category that a list gives a code.
  func categorised(
    _ operand: Written.Expression, by name: Name, in scope: Scope
  ) -> Typed? {
    let typed = value(of: operand, for: "`categorised by`", in: scope)
    var outside = scope
    outside.row = nil
    guard let meaning = meaning(of: name, in: outside), let typed else { return nil }
    guard case .codelist(let list) = meaning else {
      return failure(
        Diagnostic(
          .wrongKindOfName,
          "`categorised by` needs a code list, and `\(name.text)` is \(meaning.description)",
          at: name.span
        ).label(meaning.description).help("name a code list with categories"))
    }
    guard case .code(let system) = typed.type else {
      return notACode(Operand(typed: typed, span: operand.span), "`categorised by`")
    }
    guard settle(list, as: system, at: name.span) else { return nil }
    guard let position = categorisedPosition(of: list), let levels = levels(of: list) else {
      return failure(
        Diagnostic(.withoutCategories, "`\(name.text)` has no categories", at: name.span)
          .help("name their column where the list is declared: `category \"HEADER\"`"))
    }
    return Typed(
      expression: .categorised(typed.expression, codelist: position), type: .category(levels),
      kind: max(typed.kind, .patient), rowDepth: typed.rowDepth, size: typed.size.saturatingAdd(1))
  }
}
