import CarrelDiagnostics

extension PolicyReader {
  /// Reports parameters that are sound by themselves and unsafe together.
  mutating func reportUnsafe(_ policy: Policy) {
    reportRounding(policy)
    reportTotals(policy)
    reportSecondary(policy)
    reportMeans(policy)
    reportDominance(policy)
    reportUnits(policy)
  }

  /// The smallest count that is shown must not be rounded into the hidden ones, nor to nobody.
  private mutating func reportRounding(_ policy: Policy) {
    let hidden = policy.hiddenCounts?.upperBound ?? 0
    let rounded = policy.rounding.rounded(hidden + 1)
    if rounded <= hidden {
      report(
        .round, "a count of \(hidden + 1) is shown as \(rounded)",
        rounded == 0
          ? "0 would read as nobody: hide more counts, or use a smaller base"
          : "that count is hidden: hide more counts, or use a smaller base")
    }
  }

  /// A total that says more than its groups undoes what is hidden or rounded among them.
  private mutating func reportTotals(_ policy: Policy) {
    let hides = policy.hiddenCounts != nil || policy.zero == .hide
    if policy.totals != .sumOfShown, hides, policy.secondary == nil {
      report(
        .totals, "a hidden count could be worked out from its total",
        "write `totals sum of shown`, or protect hidden counts with `secondary on`")
    } else if policy.totals == .exact, policy.rounding != .none {
      report(
        .totals, "an exact total undoes the rounding of its groups",
        "write `totals sum of shown` or `totals rounded`")
    }
  }

  /// Only a hidden count can be protected, and only where the policy says that it is.
  private mutating func reportSecondary(_ policy: Policy) {
    if policy.secondary == nil {
      report(
        .protect, "no hidden count is protected", "write `secondary on`, or leave `protect` out")
    } else if policy.hiddenCounts == nil {
      report(.secondary, "there is no hidden count to protect", "write `secondary off`")
    }
  }

  /// A mean must not be of fewer people than a count may show.
  private mutating func reportMeans(_ policy: Policy) {
    let hidden = policy.hiddenCounts?.upperBound ?? 0
    if policy.fewestForMean <= hidden {
      report(
        .means, "a mean of \(policy.fewestForMean) is of a hidden number of patients",
        "write `means need \(hidden + 1) patients` or more")
    }
  }

  /// A rule of dominance must let through the fewest people that may have a mean, where all contribute
  /// alike; else it is that rule that says how many they are.
  private mutating func reportDominance(_ policy: Policy) {
    let fewest = policy.fewestForMean
    if let dominance = policy.dominance, 100 * dominance.largest > dominance.mostPercent * fewest {
      report(
        .dominance,
        "of \(fewest) patients, \(dominance.largest) always make more than "
          + "\(dominance.mostPercent)%",
        "name fewer of the largest or a greater percentage, or let `means` need more patients")
    }
    if policy.leastRemainder != nil, fewest <= 2 {
      report(
        .remainder,
        "of \(fewest == 1 ? "1 patient" : "2 patients"), nothing remains but the largest",
        "write `means need 3 patients` or more")
    }
  }

  /// A percentile with a few units beyond it is that of a unit whose neighbours are known.
  ///
  /// Source: `attacks`, B5.
  private mutating func reportUnits(_ policy: Policy) {
    if !policy.isForSyntheticSitesOnly, policy.unitsBeyond < 5 {
      report(
        .units, "a percentile with \(policy.unitsBeyond) units beyond it tells of single units",
        "write `units need 5 beyond` or more")
    }
  }

  private mutating func report(_ parameter: PolicyParameter, _ message: String, _ help: String) {
    guard let place = draft.places[parameter] else { return }
    diagnostics.report(Diagnostic(.unsafePolicy, message, at: place).help(help))
  }
}
