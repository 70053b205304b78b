/// Which of two policies says less about patients, kind of figure by kind of figure.
///
/// Of counts, a policy is at least as strict as another where what it shows could be worked out
/// from what the other shows: then its readers are left with every number that the other's readers
/// are left with. That is found by going through all numbers up to where both repeat themselves.
public struct PolicyComparison: Sendable {
  /// Which of the two is stricter.
  public enum Relation: String, Hashable, Sendable {
    case same, firstIsStricter, secondIsStricter
    /// Each says something that the other keeps back.
    case neither
  }

  /// The policies that are compared.
  public let first: Policy, second: Policy

  /// A comparison of two policies.
  public init(_ first: Policy, _ second: Policy) {
    self.first = first
    self.second = second
  }

  /// Whether the first policy is at least as strict as the second for every kind of figure.
  public var firstIsAtLeastAsStrict: Bool {
    PolicyRule.allCases.allSatisfy { [.same, .firstIsStricter].contains(relation(in: $0)) }
  }

  /// Which is stricter for one kind of figure.
  public func relation(in rule: PolicyRule) -> Relation {
    switch rule {
    case .nobody: return counts { $0 == 0 }
    case .smallCounts: return counts { (1...smallest).contains($0) }
    case .counts: return counts { $0 > smallest }
    case .parts: return parts
    case .sandbox:
      return Relation(
        first: first.layersThatMayBeAbsent.isSubset(of: second.layersThatMayBeAbsent),
        second: second.layersThatMayBeAbsent.isSubset(of: first.layersThatMayBeAbsent))
    case .optOuts: return order { -$0.oldestOptOutsDays }
    case .refusedRows: return order { -$0.mostRefusedRowsPerMillion }
    case .totals: return order(\.totals.strictness)
    case .secondary: return order { $0.secondary.map { $0 == .notExact ? 1 : 2 } ?? 0 }
    case .percentages: return order { -($0.percentDecimals ?? Int.max) }
    case .means: return order(\.fewestForMean)
    case .dominance:
      return Relation(
        Relation(
          first: first.dominance.isAtLeastAsStrict(as: second.dominance),
          second: second.dominance.isAtLeastAsStrict(as: first.dominance)),
        order { $0.leastRemainder ?? 0 })
    case .units: return order(\.unitsBeyond)
    case .windows: return order(\.narrowestWindowDays)
    case .sizes:
      return Relation(
        Relation(order { -$0.mostOutputs }, order { -$0.mostGroups }), order { -$0.mostDimensions })
    case .steps:
      return Relation(
        order { $0.resolution ?? 0 },
        order { $0.resolution.map { [base = $0.rounding.base] in max($0, base) } ?? 0 })
    }
  }

  /// The counts that either hides, or the first six where neither does.
  private var smallest: Int {
    max(first.hiddenCounts?.upperBound ?? 0, second.hiddenCounts?.upperBound ?? 0, 6)
  }

  /// Rounding repeats itself after the product of the bases.
  private var limit: Int { smallest + 2 * first.rounding.base * second.rounding.base }

  private func order(_ strictness: (Policy) -> Int) -> Relation {
    let (one, other) = (strictness(first), strictness(second))
    return one == other ? .same : one > other ? .firstIsStricter : .secondIsStricter
  }

  private func counts(where isAbout: (Int) -> Bool) -> Relation {
    let numbers = Array(0...2 * limit)
    return relation(
      numbers.map { first.release(of: $0) }, numbers.map { second.release(of: $0) },
      among: numbers.indices.filter { $0 <= limit && isAbout($0) })
  }

  /// Groups are gone through up to a size at which every rule has had its say.
  private var parts: Relation {
    let largest = min(100, 2 * smallest + 2 * max(first.rounding.base, second.rounding.base))
    let pairs = (0...largest).flatMap { whole in (0...whole).map { ($0, whole) } }
    return relation(
      pairs.map { [first.release(of: $0, of: $1), first.release(of: $1)] },
      pairs.map { [second.release(of: $0, of: $1), second.release(of: $1)] },
      among: pairs.indices.filter { pairs[$0].1 <= largest / 2 })
  }

  /// Which of two ways to show the same numbers says less of some of them.
  private func relation<Shown: Hashable>(
    _ ours: [Shown], _ theirs: [Shown], among asked: [Int]
  ) -> Relation {
    Relation(
      first: Self.follows(ours, from: theirs, among: asked),
      second: Self.follows(theirs, from: ours, among: asked))
  }

  /// Whether what is shown of each asked number could be worked out from another way to show it.
  private static func follows<Shown: Hashable>(
    _ shown: [Shown], from other: [Shown], among asked: [Int]
  ) -> Bool {
    var compatible: [Shown: Set<Shown>] = [:]
    for (ours, theirs) in zip(shown, other) { compatible[theirs, default: []].insert(ours) }
    return asked.allSatisfy { compatible[other[$0]]?.count == 1 }
  }
}

extension PolicyComparison.Relation {
  /// The relation of two policies of which each may be at least as strict as the other.
  fileprivate init(first: Bool, second: Bool) {
    self =
      switch (first, second) {
      case (true, true): .same
      case (true, false): .firstIsStricter
      case (false, true): .secondIsStricter
      case (false, false): .neither
      }
  }

  /// The relation where two orders must hold together.
  fileprivate init(_ one: Self, _ other: Self) {
    let both = [one, other]
    self.init(
      first: both.allSatisfy { $0 == .same || $0 == .firstIsStricter },
      second: both.allSatisfy { $0 == .same || $0 == .secondIsStricter })
  }
}

extension TotalsRule {
  fileprivate var strictness: Int {
    switch self {
    case .exact: 0
    case .rounded: 1
    case .sumOfShown: 2
    }
  }
}

extension Dominance? {
  /// Whether whatever another rule hides is hidden by this one: more people make as much at least.
  fileprivate func isAtLeastAsStrict(as other: Dominance?) -> Bool {
    guard let other else { return true }
    return map { $0.largest >= other.largest && $0.mostPercent <= other.mostPercent } ?? false
  }
}
