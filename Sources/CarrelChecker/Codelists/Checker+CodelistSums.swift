import CarrelCatalogue
import CarrelDiagnostics
import CarrelSyntax
import CarrelValues

// Code lists made from others.
extension Checker {
  /// Whether every term of a sum is a code list; reports those that are not.
  func checkTerms(of sum: CodeSum) -> Bool {
    sum.terms.reduce(true) { isSound, term in
      switch term.operand {
      case .name(let name): isCodelist(name) && isSound
      case .group(let group): checkTerms(of: group) && isSound
      }
    }
  }

  private func isCodelist(_ name: Name) -> Bool {
    switch meaning(of: name, in: Scope()) {
    case .codelist: return true
    case nil: return false
    case let other?:
      report(
        Diagnostic(
          .wrongKindOfName,
          "a code list is made from code lists, and `\(name.text)` is \(other.description)",
          at: name.span
        ).label(other.description).help("name a code list"))
      return false
    }
  }

  /// The codes of a sum, whose terms become lists of its system; `nil` after a mistake.
  func codes(of sum: CodeSum, named name: String, in system: CodingSystem) -> Codelist? {
    guard let codes = categories(of: sum, named: name, in: system) else { return nil }
    guard !codes.isEmpty else {
      return failure(
        Diagnostic(.wrongCodelist, "`\(name)` has no codes left", at: sum.span)
          .help("compare what is added with what is taken away"))
    }
    return codes.codelist(named: name, in: system)
  }

  private func categories(
    of sum: CodeSum, named name: String, in system: CodingSystem
  ) -> CategorisedCodes? {
    let terms = sum.terms.map { codes(of: $0.operand, named: name, in: system) }
    guard terms.allSatisfy({ $0 != nil }) else { return nil }
    var total = CategorisedCodes()
    for (term, codes) in zip(sum.terms, terms.compactMap(\.self)) {
      guard !term.isSubtracted else {
        total.subtract(codes)
        continue
      }
      let conflicts = total.add(codes)
      guard conflicts == 0 else { return conflicting(conflicts, at: term.span ?? sum.span) }
    }
    guard let condition = sum.condition else { return total }
    return self.condition(condition, on: total).map { total.filtered(by: $0) }
  }

  private func codes(
    of operand: CodeSum.Operand, named name: String, in system: CodingSystem
  ) -> CategorisedCodes? {
    switch operand {
    case .group(let group): return categories(of: group, named: name, in: system)
    case .name(let term):
      guard settle(term.text, as: system, at: term.span) else { return nil }
      return state.codelists[term.text]?.codelist.map(CategorisedCodes.init)
    }
  }

  private func conflicting(_ count: Int, at span: SourceSpan) -> CategorisedCodes? {
    let codes = count == 1 ? "1 code has" : "\(count) codes have"
    return failure(
      Diagnostic(.wrongCodelist, "\(codes) another category in a list before this one", at: span)
        .help("take them out of one list: `… - …`"))
  }

  /// Makes a list that nothing uses one of the system of its first term that has one.
  func settleSum(_ sum: CodeSum, named name: String) {
    for term in sum.names {
      if let (system, _) = state.codelists[term.text]?.system {
        _ = settle(name, as: system, at: term.span)
        return
      }
    }
  }
}

// Conditions on categories.
extension Checker {
  private func condition(
    _ expression: Written.Expression, on codes: CategorisedCodes
  ) -> CategoryCondition? {
    guard codes.hasCategories else {
      return failure(
        Diagnostic(.withoutCategories, "these lists have no categories", at: expression.span)
          .help("name their column where a list is declared: `category \"HEADER\"`"))
    }
    return condition(expression, among: codes.levels)
  }

  private func condition(
    _ expression: Written.Expression, among levels: [String]
  ) -> CategoryCondition? {
    switch expression.kind {
    case .binary(.and, let left, let right):
      let parts = (condition(left, among: levels), condition(right, among: levels))
      return both(parts).map { .both($0, $1) }
    case .binary(.or, let left, let right):
      let parts = (condition(left, among: levels), condition(right, among: levels))
      return both(parts).map { .either($0, $1) }
    case .not(let operand): return condition(operand, among: levels).map { .opposite($0) }
    case .binary(let sign, let left, let right) where left.isCategory && sign.isEquality:
      return level(right, among: levels).map {
        sign == .equal ? .isAmong([$0]) : .opposite(.isAmong([$0]))
      }
    case .membership(let membership)
    where membership.operand.isCategory && membership.relation == .in:
      let members = membership.members.map { level($0, among: levels) }
      guard members.allSatisfy({ $0 != nil }) else { return nil }
      let isAmong = CategoryCondition.isAmong(Set(members.compactMap(\.self)))
      return membership.isNegated ? .opposite(isAmong) : isAmong
    case .presence(let operand, let isKnown) where operand.isCategory:
      return isKnown ? .isKnown : .opposite(.isKnown)
    default:
      return failure(
        Diagnostic(
          .wrongType, "codes are chosen by their `category` alone", at: expression.span
        ).help("write `where category = \"…\"` or `where category in (\"…\", \"…\")`"))
    }
  }

  private func both(
    _ parts: (CategoryCondition?, CategoryCondition?)
  ) -> (CategoryCondition, CategoryCondition)? {
    guard let left = parts.0, let right = parts.1 else { return nil }
    return (left, right)
  }

  private func level(_ expression: Written.Expression, among levels: [String]) -> String? {
    guard case .literal(let literal) = expression.kind, case .text(let text) = literal.kind else {
      return failure(
        Diagnostic(.wrongType, "a category is a text in quotation marks", at: expression.span)
          .help("the categories are \(list(levels))"))
    }
    if levels.contains(where: { $0.utf8.elementsEqual(text.utf8) }) { return text }
    let mistake = Diagnostic(
      .unknownLevel, "there is no category \"\(text)\"", at: expression.span)
    guard let close = closest(to: text, among: levels) else {
      return failure(mistake.help("the categories are \(list(levels))"))
    }
    return failure(
      mistake.help(
        "did you mean \"\(close)\"?",
        fix: Diagnostic.Fix(
          replacing: expression.span, with: "\"\(close)\"", isSafe: true)))
  }
}

extension BinaryOperator {
  fileprivate var isEquality: Bool { self == .equal || self == .notEqual }
}

extension Written.Expression {
  /// Whether this is the word for the category of a code.
  fileprivate var isCategory: Bool {
    if case .name(let name) = kind { name.text == "category" } else { false }
  }
}

extension CodeSum {
  /// Every list that the sum is made from, in the order written.
  var names: [Name] {
    terms.flatMap { term -> [Name] in
      switch term.operand {
      case .name(let name): [name]
      case .group(let group): group.names
      }
    }
  }
}

extension CodeSum.Term {
  /// Where the list is named; `nil` for one in parentheses.
  fileprivate var span: SourceSpan? {
    switch operand {
    case .name(let name): name.span
    case .group(let group): group.span
    }
  }
}
