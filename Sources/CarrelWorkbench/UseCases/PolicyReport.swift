import CarrelDiagnostics
public import CarrelJSON
import CarrelPolicy

/// What a disclosure policy says, in plain English.
public struct PolicyExplanation {
  private let file: PolicyFile

  /// Reads a policy by its name, or by the path of its file.
  ///
  /// - Throws: A ``Failure`` where there is none of that name, or it has mistakes.
  public init(of name: String) throws(Failure) { file = try PolicyFile(name) }

  /// A line for each rule, and what becomes of each small count.
  public func text(width: Int) -> String {
    let policy = file.policy
    var lines = ["\(file.title), from \(policy.source)".wrapped(to: width), ""]
    lines.append(
      Columns(PolicyRule.allCases.map { [$0.title, $0.statement(of: policy)] }).text)
    lines += ["", Columns(counts, rightAligned: [0]).text]
    if policy.isForSyntheticSitesOnly {
      lines += ["", "Only a site of invented people accepts this policy."]
    }
    return lines.joined(separator: "\n")
  }

  /// The rules for programs.
  public var json: JSON {
    .object([
      .init("carrel", 1), .init("command", "policy explain"), .init("ok", true),
      .init("policy", .string(file.policy.name)), .init("version", .integer(file.policy.version)),
      .init("source", .string(file.policy.source)),
      .init(
        "rules",
        .object(
          PolicyRule.allCases.map {
            JSON.Member($0.member, .string($0.statement(of: file.policy)))
          })),
    ])
  }

  /// Runs of counts that are shown alike, up to a few steps beyond the hidden ones.
  private var counts: [[String]] {
    let last = (file.policy.hiddenCounts?.upperBound ?? 0) + 3 * max(4, file.policy.rounding.base)
    var rows: [(first: Int, last: Int, shown: String)] = []
    for count in 0...last {
      let shown = shown(count)
      if let row = rows.last, row.shown == shown {
        rows[rows.count - 1].last = count
      } else {
        rows.append((count, count, shown))
      }
    }
    let runs = rows.count > 2 ? rows.dropLast() : rows[...]
    return [["patients", "shown as"]]
      + runs.map { row in
        [row.first == row.last ? "\(row.first)" : "\(row.first) to \(row.last)", row.shown]
      }
  }

  private func shown(_ count: Int) -> String {
    switch file.policy.release(of: count) {
    case .redacted: "[REDACTED]"
    case .shown(0): "0"
    case .shown(count) where file.policy.rounding == .none: "they are"
    case .shown(let number): "\(number)"
    }
  }
}

/// What became of the examples that a policy contains.
public struct PolicyTest {
  private let file: PolicyFile
  private let outcomes: [PolicyExample.Outcome]

  /// Runs the examples of a policy that is named, or of its file.
  ///
  /// - Throws: A ``Failure`` where there is none of that name, or it has mistakes.
  public init(of name: String) throws(Failure) {
    file = try PolicyFile(name)
    outcomes = PolicyExamples.run(file.policy)
  }

  /// Whether every example is met.
  public var allPassed: Bool { outcomes.allSatisfy(\.passes) }

  /// A line for each example, and for one that failed what was found.
  public var text: String {
    let failures = outcomes.count { !$0.passes }
    let noun = outcomes.count == 1 ? "example" : "examples"
    return
      (outcomes.flatMap(lines) + [
        failures == 0
          ? "\(outcomes.count) \(noun) passed" : "\(failures) of \(outcomes.count) \(noun) failed"
      ]).joined(separator: "\n")
  }

  private func lines(of outcome: PolicyExample.Outcome) -> [String] {
    let example = outcome.example
    guard !outcome.passes else { return ["ok    \"\(example.title)\""] }
    let expected = Self.words(example.expected, of: example.expectedWhole)
    let found = Self.words(outcome.found, of: outcome.foundWhole)
    return [
      "fail  \"\(example.title)\"  \(file.source.name):\(example.line)",
      "      expected \(expected)   found \(found)",
    ]
  }

  private static func words(_ part: CountRelease, of whole: CountRelease?) -> String {
    whole.map { "\(part.word) of \($0.word)" } ?? part.word
  }

  /// The outcomes for programs.
  public var json: JSON {
    .object([
      .init("carrel", 1), .init("command", "policy test"), .init("ok", .boolean(allPassed)),
      .init(
        "examples",
        .array(
          outcomes.map {
            ["title": .string($0.example.title), "met": .boolean($0.passes)]
          })),
    ])
  }
}

/// Which kinds of figure change between two policies, and which policy is stricter.
public struct PolicyDifference {
  private let first: PolicyFile
  private let second: PolicyFile
  private let comparison: PolicyComparison

  /// Compares two policies, each by its name or its file.
  ///
  /// - Throws: A ``Failure`` where there is none of a name, or one has mistakes.
  public init(between first: String, and second: String) throws(Failure) {
    self.first = try PolicyFile(first)
    self.second = try PolicyFile(second)
    comparison = PolicyComparison(self.first.policy, self.second.policy)
  }

  /// A line for each kind of figure that changes, and the verdict.
  public var text: String {
    let changed = PolicyRule.allCases.filter {
      comparison.relation(in: $0) != .same
        || $0.statement(of: first.policy) != $0.statement(of: second.policy)
    }
    guard !changed.isEmpty else { return "\(first.title) and \(second.title) say the same" }
    let blocks = changed.map { rule in
      "\(rule.title): \(stricter(comparison.relation(in: rule)))\n"
        + Columns([first, second].map { ["  \($0.title)", rule.statement(of: $0.policy)] }).text
    }
    return (blocks + [verdict]).joined(separator: "\n\n")
  }

  private func stricter(_ relation: PolicyComparison.Relation) -> String {
    switch relation {
    case .same: "equally strict"
    case .firstIsStricter: "\(first.policy.name) is stricter"
    case .secondIsStricter: "\(second.policy.name) is stricter"
    case .neither: "each says something that the other keeps back"
    }
  }

  private var verdict: String {
    let reversed = PolicyComparison(second.policy, first.policy)
    if comparison.firstIsAtLeastAsStrict {
      return "\(first.title) is at least as strict as \(second.title) for every kind of figure"
    }
    if reversed.firstIsAtLeastAsStrict {
      return "\(second.title) is at least as strict as \(first.title) for every kind of figure"
    }
    return "neither policy is at least as strict as the other for every kind of figure"
  }

  /// The comparison for programs.
  public var json: JSON {
    .object([
      .init("carrel", 1), .init("command", "policy diff"), .init("ok", true),
      .init("policies", [.string(first.title), .string(second.title)]),
      .init("first_is_at_least_as_strict", .boolean(comparison.firstIsAtLeastAsStrict)),
      .init(
        "rules",
        .object(
          PolicyRule.allCases.map {
            JSON.Member($0.member, .string(comparison.relation(in: $0).word))
          })),
    ])
  }
}

extension PolicyRule {
  /// The name in JSON.
  fileprivate var member: String {
    switch self {
    case .smallCounts: "small_counts"
    case .optOuts: "opt_outs"
    case .refusedRows: "refused_rows"
    default: rawValue
    }
  }
}

extension PolicyComparison.Relation {
  fileprivate var word: String {
    switch self {
    case .same: "same"
    case .firstIsStricter: "first_is_stricter"
    case .secondIsStricter: "second_is_stricter"
    case .neither: "neither"
    }
  }
}

extension CountRelease {
  fileprivate var word: String { number.map(String.init) ?? "redacted" }
}
