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
    case .codes(let labels):
      codeSpans.formUnion(labels.map(\.span))
      return .codes(labels.map { ($0.text, $0.span) })
    case .sum(let sum):
      return checkTerms(of: sum) ? .sum(sum) : nil
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
    for problem in problems { report(problem, path.text[...], at: path.span) }
  }

  private func report(_ problem: CodelistProblem, _ path: Substring, at span: SourceSpan) {
    if problem.kind == .person, rules == nil { return }
    let code: DiagnosticCode =
      switch problem.kind {
      case .person: .personInText
      default: problem.isError ? .wrongCodelist : .doubtfulCodelist
      }
    let severity: Diagnostic.Severity =
      if problem.kind == .person, let rules { rules.severity } else {
        problem.isError ? .error : .warning
      }
    var diagnostic = Diagnostic(
      code, "`\(path)`: \(problem.message)", at: span, severity: severity)
    if let help = problem.help { diagnostic = diagnostic.help(help) }
    reportEach(diagnostic)
  }

  /// Reads the lists that nothing uses as well, for the mistakes in them.
  func finishCodelists() {
    for (name, source) in unsettledCodelists {
      if case .file(let file, let span) = source, let system = file.suggestedSystem {
        _ = settle(name, as: system, at: span)
      }
    }
    for (name, source) in unsettledCodelists {
      if case .sum(let sum) = source { settleSum(sum, named: name) }
    }
  }

  private var unsettledCodelists: [(name: String, source: CodelistState.Source)] {
    state.codelists.filter { $0.value.system == nil }
      .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { ($0.key, $0.value.source) }
  }
}

// Code lists in use.
extension Checker {
  /// Makes a list one of a system, which it must stay; whether its codes can be used.
  func settle(_ name: String, as system: CodingSystem, at span: SourceSpan) -> Bool {
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
    case .sum(let sum): return self.codes(of: sum, named: name, in: system)
    case .file(let file, let span):
      let resolution = file.codelist(named: name, in: system)
      for problem in resolution.problems {
        report(problem, span.filledText.dropFirst().dropLast(), at: span)
      }
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
    codeSpans.insert(span)
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
}

// Code lists in the plan.
extension Checker {
  /// The position of a list in the plan, to which it is added once.
  func position(of name: String) -> Int? {
    guard let codelist = state.codelists[name]?.codelist else { return nil }
    if let position = state.codelists[name]?.position { return position }
    let position = state.plan.add(CodelistUse(name: name, codes: codelist.codes))
    state.codelists[name]?.position = position
    return position
  }

  /// The position of the codes that have a category; `nil` where none has.
  func categorisedPosition(of name: String) -> Int? {
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
  func levels(of name: String) -> [Level]? {
    guard let names = state.codelists[name]?.codelist?.levels, !names.isEmpty else { return nil }
    let numbered = names.compactMap { name in Int(name).map { (number: $0, name: name) } }
    let ordered =
      numbered.count == names.count
      ? numbered.sorted { ($0.number, $0.name) < ($1.number, $1.name) }.map(\.name) : names
    return ordered.map { Level(.text($0)) }
  }
}
