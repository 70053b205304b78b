import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

// What is known before any record is read: `parameter` and `let`.
extension Checker {
  /// The value of a parameter: as set by the caller, or else its own.
  func meaning(of parameter: ParameterDeclaration) -> Meaning? {
    guard let type = parameterType(named: parameter.type) else { return nil }
    let scope = Scope()
    let name = parameter.name
    // The value that the study gives is checked even where the caller's takes its place.
    let initial = parameter.initial.flatMap { initial in
      argument(initial, as: type, of: name, in: scope)
        .flatMap { constant($0, for: "a parameter", at: initial.span) }
    }
    if let text = settings[name.text] { return setting(text, as: type, of: name) }
    if parameter.initial != nil { return initial }
    return failure(
      Diagnostic(.parameterNotSet, "`\(name.text)` has no value", at: name.span)
        .label("a parameter without a value of its own")
        .help("set it when running: `--set \(name.text)=…`, or write `= …` here"))
  }

  /// The value of a `let`.
  func meaning(of constant: ConstantDeclaration, in scope: Scope) -> Meaning? {
    guard let meaning = meaning(of: constant.value, in: scope) else { return nil }
    switch meaning {
    case .value, .period, .duration:
      return self.constant(meaning, for: "a `let`", at: constant.value.span)
    case .row, .rows, .values, .codelist:
      return mismatch(meaning, expected: "a value", for: "`let`", at: constant.value)
    }
  }

  private func constant(_ meaning: Meaning, for purpose: String, at span: SourceSpan) -> Meaning? {
    guard meaning.parts.contains(where: { $0.kind != .constant }) else { return meaning }
    return failure(
      Diagnostic(.notConstant, "\(purpose) must be the same for everyone", at: span)
        .label("one for each patient").help("declare it with `define`"))
  }

  /// Reports settings of parameters that the study does not have.
  func checkSettings() {
    let parameters = declared.statements.compactMap { statement -> String? in
      if case .parameter(let parameter) = statement { parameter.name.text } else { nil }
    }
    for name in settings.keys.sorted()
    where !parameters.contains(name) && !lostNames.mayDeclare(name) {
      let mistake = Diagnostic(
        .unknownSetting, "the study has no parameter `\(name)`", at: study.file.source.span(0..<0))
      report(
        closest(to: name, among: parameters).map { mistake.help("did you mean `\($0)`?") }
          ?? mistake.help(
            parameters.isEmpty ? "the study has no parameters" : "it has \(list(parameters))"))
    }
  }
}

// Settings are literals of the parameter's type.
extension Checker {
  private func setting(_ text: String, as type: ParameterType, of name: Name) -> Meaning? {
    guard let meaning = SettingReader.meaning(of: text, as: type) else {
      return failure(
        Diagnostic(
          .wrongSetting, "`\(name.text)` is set to \"\(text)\", which is not \(type.description)",
          at: name.span
        ).help("set it like `--set \(name.text)=\(type.sample)`"))
    }
    if case .value(let typed) = meaning, case .code(let system) = typed.type {
      return checkedCode(text, system, at: name.span)
        .map { .value(.constant(.text($0), .code(system))) }
    }
    return meaning
  }
}

/// Reads the text of a setting as a value of a parameter's type.
enum SettingReader {
  static func meaning(of text: String, as type: ParameterType) -> Meaning? {
    switch type {
    case .value(let type): value(of: text, as: type).map { .value(.constant($0, type)) }
    case .period: period(text).map(Meaning.period)
    case .duration: duration(text).map(Meaning.duration)
    case .codelist, .rows: nil
    }
  }

  private static func value(of text: String, as type: ValueType) -> Value? {
    switch type {
    case .boolean: text == "true" ? .boolean(true) : text == "false" ? .boolean(false) : nil
    case .integer: Int(text).map(Value.integer)
    case .decimal: isDecimal(text) ? Double(text).map(Value.decimal(finite:)) : nil
    case .date: CivilDate(iso: text).map(Value.date)
    default: .text(text)
    }
  }

  /// Digits with at most one point among them and a sign before: no exponents, no `inf`.
  private static func isDecimal(_ text: String) -> Bool {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count <= 2
      && parts.allSatisfy { part in
        !part.isEmpty
          && part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      }
  }

  /// `2024-03` or `2024-01-01 to 2024-03-31`.
  private static func period(_ text: String) -> Period? {
    if let first = CivilDate(iso: text + "-01") { return Period(monthOf: first) }
    let ends = text.split(separator: " ").map(String.init)
    guard ends.count == 3, ends[1] == "to", let start = CivilDate(iso: ends[0]),
      let end = CivilDate(iso: ends[2])
    else { return nil }
    return Period(start: .constant(.date(start), .date), end: .constant(.date(end), .date))
  }

  /// `90 days`.
  private static func duration(_ text: String) -> Duration? {
    let words = text.split(separator: " ").map(String.init)
    guard words.count == 2, let count = Int(words[0]) else { return nil }
    let word = words[1].hasSuffix("s") ? words[1] : words[1] + "s"
    return CalendarUnit(rawValue: word).map {
      Duration(count: .constant(.integer(count), .integer), unit: $0)
    }
  }
}

extension ParameterType {
  /// What a diagnostic calls a value of the type, with its article.
  fileprivate var description: String {
    switch self {
    case .value(let type): type.description
    case .period: "a period"
    case .duration: "a length of time"
    case .codelist: "a code list"
    case .rows: "rows"
    }
  }

  /// A value of the type as text.
  fileprivate var sample: String {
    switch self {
    case .value(.boolean): "true"
    case .value(.integer): "42"
    case .value(.decimal): "1.5"
    case .value(.date): "2024-03-31"
    case .value(.code): "CODE"
    case .value: "TEXT"
    case .period: "2024-03"
    case .duration: "\"90 days\""
    case .codelist, .rows: "…"
    }
  }
}
