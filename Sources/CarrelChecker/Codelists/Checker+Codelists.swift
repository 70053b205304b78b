import CarrelCatalogue
import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

// Code lists as declared.
extension Checker {
  /// A declared code list; its codes are looked at once its system is known.
  func meaning(of declaration: CodelistDeclaration) -> Meaning? {
    let name = declaration.name.text
    var system: CodingSystem?
    if let written = declaration.system {
      guard let known = codingSystem(named: written) else { return nil }
      system = known
    }
    guard let source = source(of: declaration) else { return nil }
    state.codelists[name] = CodelistState(source: source)
    let span = declaration.system?.span ?? declaration.name.span
    if let system, !settle(name, as: system, at: span) { return nil }
    return .codelist(name)
  }

  private func codingSystem(named name: Name) -> CodingSystem? {
    if let system = CodingSystem(rawValue: name.text) { return system }
    let names = CodingSystem.allCases.map(\.rawValue)
    let mistake = Diagnostic(
      .unknownType, "there is no coding system `\(name.text)`", at: name.span)
    return failure(
      closest(to: name.text, among: names).map { mistake.suggesting($0) }
        ?? mistake.help("the systems are \(list(names))"))
  }

  private func source(of declaration: CodelistDeclaration) -> CodelistState.Source? {
    switch declaration.contents {
    case .codes(let labels): return .codes(labels.map { ($0.text, $0.span) })
    case .sum(let sum): return refuse(.codelistSums, "code lists made from others are", at: sum.span)
    case .file(let path, let column, let category):
      let request = CodelistRequest(
        path: path.text, column: column?.text, category: category?.text)
      switch readCodelist(request) {
      case .unreadable(let reason, let help):
        return failure(
          Diagnostic(.unreadableCodelist, "`\(path.text)` cannot be read", at: path.span)
            .label(reason).help(help))
      case .read(let reading):
        report(reading.problems, of: path)
        return reading.file.map { .file($0, path.span) }
      }
    }
  }

  private func report(_ problems: [CodelistProblem], of path: Label) {
    for problem in problems { report(problem, path.text, at: path.span) }
  }

  private func report(_ problem: CodelistProblem, _ path: String, at span: SourceSpan) {
    var diagnostic = Diagnostic(
      problem.isError ? .wrongCodelist : .doubtfulCodelist, "`\(path)`: \(problem.message)",
      at: span, severity: problem.isError ? .error : .warning)
    if let help = problem.help { diagnostic = diagnostic.help(help) }
    reportEach(diagnostic)
  }

  /// Reads the lists that nothing uses as well, for the mistakes in them.
  func finishCodelists() {
    for (name, codelist) in state.codelists.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
    where codelist.system == nil {
      if case .file(let file, let span) = codelist.source, let system = file.suggestedSystem {
        _ = settle(name, as: system, at: span)
      }
    }
  }
}

// Code lists in use.
extension Checker {
  /// Makes a list one of a system, which it must stay; whether its codes can be used.
  private func settle(_ name: String, as system: CodingSystem, at span: SourceSpan) -> Bool {
    guard var codelist = state.codelists[name] else { return false }
    if let (settled, earlier) = codelist.system {
      if settled == system { return codelist.codelist != nil }
      report(
        Diagnostic(
          .mixedCodingSystems,
          "`\(name)` holds \(settled.title) codes, and these are \(system.title)", at: span
        ).related(earlier, "\(settled.title) from here")
          .help("declare a list of \(system.title) codes"))
      return false
    }
    codelist.system = (system, span)
    codelist.codelist = codes(of: codelist.source, named: name, in: system)
    state.codelists[name] = codelist
    return codelist.codelist != nil
  }

  private func codes(
    of source: CodelistState.Source, named name: String, in system: CodingSystem
  ) -> Codelist? {
    switch source {
    case .unknown: return Codelist(name: name, system: system, entries: [])
    case .file(let file, let span):
      let resolution = file.codelist(named: name, in: system)
      for problem in resolution.problems { report(problem, span.unquotedText, at: span) }
      return resolution.codelist
    case .codes(let codes):
      let checked = codes.map { checkedCode($0.code, system, at: $0.span) }
      let known = checked.compactMap(\.self)
      guard known.count == checked.count else { return nil }
      return Codelist(
        name: name, system: system, entries: known.map { (code: $0, category: nil) })
    }
  }

  /// A quoted code as it is stored; reports one that its system cannot have.
  func checkedCode(_ text: String, _ system: CodingSystem, at span: SourceSpan) -> String? {
    let code = system.normalised(text)
    guard system.isWellFormed(code) else {
      return failure(
        Diagnostic(.wrongCode, "\"\(text)\" is not a \(system.title) code", at: span)
          .help("compare it with the list that it comes from"))
    }
    guard system.hasValidCheckDigit(code) else {
      return failure(
        Diagnostic(.wrongCode, "\"\(text)\" fails its check digit", at: span)
          .label("a digit is wrong or two are swapped")
          .help("compare it with the list that it comes from"))
    }
    return code
  }

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

// Code lists in the plan.
extension Checker {
  private func position(of name: String) -> Int? {
    guard let codelist = state.codelists[name]?.codelist else { return nil }
    if let position = state.codelists[name]?.position { return position }
    let position = state.plan.add(CodelistUse(name: name, codes: codelist.codes))
    state.codelists[name]?.position = position
    return position
  }

  /// The position of the codes that have a category; `nil` where none has.
  private func categorisedPosition(of name: String) -> Int? {
    guard let codelist = state.codelists[name]?.codelist, !codelist.categories.isEmpty else {
      return nil
    }
    if let position = state.codelists[name]?.categorisedPosition { return position }
    let pairs = zip(codelist.codes, codelist.categories).compactMap { code, category in
      category.map { (code, $0) }
    }
    let position = state.plan.add(
      CodelistUse(name: name, codes: pairs.map(\.0), categories: pairs.map(\.1)))
    state.codelists[name]?.categorisedPosition = position
    return position
  }

  /// The categories as levels: numbers by size, others in the order of the list.
  private func levels(of name: String) -> [Level]? {
    guard let names = state.codelists[name]?.codelist?.levels, !names.isEmpty else { return nil }
    let numbered = names.compactMap { name in Int(name).map { (number: $0, name: name) } }
    let ordered =
      numbered.count == names.count
      ? numbered.sorted { ($0.number, $0.name) < ($1.number, $1.name) }.map(\.name) : names
    return ordered.map { Level(.text($0)) }
  }
}

extension SourceSpan {
  /// What is written, without the quotation marks around it.
  fileprivate var unquotedText: String { String(text.dropFirst().dropLast()) }
}
