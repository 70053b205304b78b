import CarrelDiagnostics
import CarrelSyntax

/// The names of an output's columns, each once.
struct ColumnNames {
  private var spans: [String: SourceSpan] = [:]

  /// The columns that every file has.
  private static let common: Set<String> = ["line", "interval_start", "interval_end", "count"]
  private let taken: Set<String>

  /// No names yet, of an output whose files have some columns of their own.
  init(alsoTaken own: Set<String> = []) { taken = Self.common.union(own) }

  /// The name of an item.
  mutating func name(of item: Item, for purpose: String, in checker: Checker) -> String? {
    guard let name = OutputNames.name(of: item.value, as: item.label), !name.isEmpty else {
      return unnamed(purpose, at: item.label?.span ?? item.value.span, in: checker)
    }
    return add(name, at: item.span, in: checker)
  }

  /// The name of a statistic: `percent_had_review`.
  mutating func name(of statistic: Written.Statistic, in checker: Checker) -> String? {
    if let label = statistic.label {
      let name = OutputNames.fileName(label.text)
      if name.isEmpty { return unnamed("a statistic", at: label.span, in: checker) }
      return add(name, at: statistic.span, isCount: statistic.isCount, in: checker)
    }
    guard let (word, expression) = statistic.figure.wordAndSubject else {
      return add("count", at: statistic.span, isCount: true, in: checker)
    }
    guard let item = OutputNames.subject(of: expression) else {
      return unnamed("a statistic", at: expression.span, in: checker)
    }
    return add("\(word)_\(item)", at: statistic.span, in: checker)
  }

  private func unnamed(_ purpose: String, at span: SourceSpan, in checker: Checker) -> String? {
    checker.failure(
      Diagnostic(.unnamedColumn, "\(purpose) needs a name for its column", at: span)
        .help("add `as \"…\"` after it"))
  }

  private mutating func add(
    _ name: String, at span: SourceSpan, isCount: Bool = false, in checker: Checker
  ) -> String? {
    if taken.contains(name), !(isCount && name == "count") {
      return checker.failure(
        Diagnostic(.columnTwice, "every file has a column `\(name)` of its own", at: span)
          .help("call this one something else with `as \"…\"`"))
    }
    if let earlier = spans[name] {
      return checker.failure(
        Diagnostic(.columnTwice, "two columns are called `\(name)`", at: span)
          .related(earlier, "the first").help("call one of them something else with `as \"…\"`"))
    }
    spans[name] = span
    return name
  }
}

extension Figure {
  /// The word of a figure and what it is of, a ratio of what is divided; `nil` for a count.
  fileprivate var wordAndSubject: (word: String, subject: Written.Expression)? {
    switch self {
    case .count: nil
    case .of(let measure, let subject): (measure.rawValue, subject)
    case .quantile(_, of: let subject): ("quantile", subject)
    case .rate(let subject, per: _, personDays: _): ("rate", subject)
    case .ratio(let subject, to: _): ("ratio", subject)
    }
  }
}

extension Written.Statistic {
  fileprivate var isCount: Bool {
    if case .count = figure { true } else { false }
  }
}
