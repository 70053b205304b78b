import CarrelSandbox

/// A kind of figure that a policy rules on, or the place they are worked out, in the order in which the rules are told.
public enum PolicyRule: String, Hashable, Sendable, CaseIterable {
  case nobody, smallCounts, counts, parts, totals, secondary, percentages, means, dominance, steps,
    units, windows, sizes
  case sandbox, optOuts, refusedRows

  /// What the rule is about, as a heading.
  public var title: String {
    switch self {
    case .nobody: "nobody and everybody"
    case .smallCounts: "small counts"
    case .counts: "other counts"
    case .parts: "parts of a group"
    case .totals: "totals"
    case .secondary: "protection of hidden counts"
    case .percentages: "percentages and rates"
    case .means: "means, sums and spreads"
    case .dominance: "what a few contribute"
    case .steps: "steps of means and sums"
    case .units: "percentiles across units"
    case .sandbox: "sandbox"
    case .optOuts: "opt-outs"
    case .refusedRows: "rows left out of a load"
    case .windows: "windows on dates"
    case .sizes: "size of a study"
    }
  }

  /// What a policy says of it, in words without a full stop.
  public func statement(of policy: Policy) -> String {
    switch self {
    case .nobody: policy.zero == .show ? "shown, as 0 and as 100%" : "hidden"
    case .smallCounts: Self.hiding(policy)
    case .counts: Self.rounding(policy)
    case .parts: Self.parts(policy)
    case .totals: Self.totals(policy)
    case .secondary: Self.secondary(policy)
    case .percentages: Self.percentages(policy)
    case .means: Self.means(policy)
    case .dominance: Self.dominance(policy)
    case .steps: Self.steps(policy)
    case .units: Self.units(policy)
    case .sandbox: Self.sandbox(policy)
    case .optOuts: Self.optOuts(policy)
    case .refusedRows: "at most \(policy.mostRefusedRowsPerMillion) in a million of a table"
    case .windows: Self.windows(policy)
    case .sizes:
      "\(policy.mostOutputs) outputs, \(policy.mostGroups) groups in each, "
        + "by \(policy.mostDimensions) things at once"
    }
  }

  private static func hiding(_ policy: Policy) -> String {
    policy.hiddenCounts.map { "\($0.lowerBound) to \($0.upperBound) patients are hidden" }
      ?? "treated like any other"
  }

  private static func rounding(_ policy: Policy) -> String {
    switch policy.rounding {
    case .none: "exact"
    case .nearest(let base, .up): "to the nearest \(base)"
    case .nearest(let base, .even): "to the nearest \(base), halves to the even multiple"
    case .midpointSix: "to the middle of their six: 1 to 6 become 3, 7 to 12 become 9"
    }
  }

  private static func parts(_ policy: Policy) -> String {
    policy.hiddenCounts == nil && policy.zero == .show
      ? "shown as counts are"
      : policy.rounding == .none
        ? "hidden where the part, its group or the rest of the group would be"
        : "hidden where the part or its group would be"
  }

  private static func totals(_ policy: Policy) -> String {
    switch policy.totals {
    case .sumOfShown: "the sum of what is shown; spreads and quantiles have none"
    case .rounded:
      policy.secondary == nil
        ? "under the same rules as a group"
        : "of people under the same rules as a group; of all else the sum of what is shown"
    case .exact:
      policy.secondary == nil
        ? "exact" : "of people exact; of all else the sum of what is shown"
    }
  }

  private static func secondary(_ policy: Policy) -> String {
    switch policy.secondary {
    case nil: "none beyond hiding them"
    case .notExact: "others are hidden beside them until none can be worked out"
    case .hiddenRange:
      "others are hidden beside them until each may be any of the hidden numbers"
    }
  }

  private static func percentages(_ policy: Policy) -> String {
    guard let decimals = policy.percentDecimals else { return "in full, from shown parts" }
    return "from shown parts, to \(decimals) \(decimals == 1 ? "decimal" : "decimals")"
  }

  private static func means(_ policy: Policy) -> String {
    "of \(policy.fewestForMean) \(policy.fewestForMean == 1 ? "patient" : "patients") or more"
  }

  private static func dominance(_ policy: Policy) -> String {
    let largest = policy.dominance.map { dominance in
      let who =
        dominance.largest == 1 ? "the largest makes" : "the largest \(dominance.largest) make"
      return "\(who) more than \(dominance.mostPercent)% of a total"
    }
    let rest = policy.leastRemainder.map {
      "all but the largest 2 make less than \($0)% of the largest"
    }
    let reasons = [largest, rest].compactMap(\.self)
    return reasons.isEmpty ? "not limited" : "hidden where \(reasons.joined(separator: " or "))"
  }

  private static func units(_ policy: Policy) -> String {
    policy.unitsBeyond == 0
      ? "of any units" : "with \(policy.unitsBeyond) units or more strictly beyond each"
  }

  private static func optOuts(_ policy: Policy) -> String {
    let days = policy.oldestOptOutsDays
    return "a list of \(days == 1 ? "1 day" : "\(days) days") or less is needed"
  }

  private static func sandbox(_ policy: Policy) -> String {
    let absent = SandboxLayer.allCases.filter(policy.layersThatMayBeAbsent.contains)
    return absent.isEmpty
      ? "every layer is needed" : "may lack \(absent.map(\.rawValue).joined(separator: ", "))"
  }

  private static func steps(_ policy: Policy) -> String {
    guard let measured = policy.resolution else { return "none: shown in full" }
    let madeUp = max(measured, policy.rounding.base)
    let first = "no finer than \(measured.patients) could move them"
    return madeUp == measured ? first : "\(first), \(madeUp) for values that a study makes up"
  }
}

extension PolicyRule {
  fileprivate static func windows(_ policy: Policy) -> String {
    let days = policy.narrowestWindowDays
    return "\(days == 1 ? "1 day" : "\(days) days") or longer, a year on births"
  }
}

extension Int {
  fileprivate var patients: String { self == 1 ? "1 patient" : "\(self) patients" }
}
