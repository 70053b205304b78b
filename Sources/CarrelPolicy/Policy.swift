public import CarrelSandbox

/// The disclosure rules of a site: a named, versioned set of parameters, each written in a file.
///
/// A policy holds only parameters that the disclosure gate enforces, so it never promises what is
/// not done. It is read from a file by ``PolicyReader`` and made nowhere else.
public struct Policy: Hashable, Sendable {
  /// The name that a project is bound to, such as `opensafely`.
  public let name: String
  /// The version of the policy, 1 or more.
  public let version: Int
  /// Where its rules come from.
  public let source: String
  /// Counts of distinct patients that are never shown, beginning at 1.
  ///
  /// `nil` where none is hidden.
  public let hiddenCounts: ClosedRange<Int>?
  /// What happens to a count of nobody, and to a group in which everybody is alike.
  public let zero: ZeroRule
  /// What happens to a count that is shown.
  public let rounding: Rounding
  /// How margins of a table are made.
  public let totals: TotalsRule
  /// How far a reader of everything that is shown must stay from a hidden count.
  ///
  /// `nil` where hidden counts are not protected beyond that they are hidden.
  public let secondary: SecondaryProtection?
  /// Decimals of a percentage, which is always worked out from shown parts.
  ///
  /// `nil` shows it in full.
  public let percentDecimals: Int?
  /// The fewest patients with a value behind a mean or a sum of a measure.
  public let fewestForMean: Int
  /// The most that a few patients may contribute to a sum; `nil` where that is not limited.
  public let dominance: Dominance?
  /// The least that all but the two patients who contribute most to a sum must make, in percent of
  /// what the first of them does: the p% rule, after the same source as ``Dominance``.
  ///
  /// The second could otherwise tell what the first contributes. `nil` where it is not limited.
  public let leastRemainder: Int?
  /// R, the number of patients whose change of a mean or a sum is not to be seen.
  ///
  /// The step of a mean is at least R·w/n and of a sum R·w, for values in a declared range of
  /// width w. A value that may be a count in disguise has the base of rounding for R where that is
  /// greater. `nil` shows both in full, which only invented people allow.
  public let resolution: Int?
  /// The shortest literal window of days in which a study may look at events, in days; on births it
  /// is a year at least (`attacks`, K3).
  public let narrowestWindowDays: Int
  /// The most outputs of a study.
  public let mostOutputs: Int
  /// The most groups of an output, intervals and totals included.
  public let mostGroups: Int
  /// The most groupings that one output is cross-classified by.
  public let mostDimensions: Int
  /// The fewest units, such as practices, strictly beyond a percentile across them.
  public let unitsBeyond: Int
  /// Layers of the sandbox without which records of people are read nevertheless.
  ///
  /// None where the policy does not say `sandbox`: silence is never permission.
  public let layersThatMayBeAbsent: Set<SandboxLayer>
  /// How old the last list of opt-outs may be when records of people are read, in days.
  ///
  /// Seven where the policy does not say `oldest`.
  public let oldestOptOutsDays: Int
  /// The most rows of a table, in a million, that a load may leave out because they break a constraint.
  ///
  /// A thousand where the policy does not say `refused`.
  public let mostRefusedRowsPerMillion: Int
  /// When outcomes come out; `nil` where they do whenever the custodian tells them.
  public let releases: ReleaseSlot?
  /// What the policy's author says it does to some counts, run by ``PolicyExample/run(under:)``.
  public let examples: [PolicyExample]

  /// Whether exact figures of single people may leave, so that only a synthetic site accepts it.
  ///
  /// It follows from the rules, not from the name.
  public var isForSyntheticSitesOnly: Bool {
    (hiddenCounts == nil && rounding == .none) || resolution == nil
  }
}

/// What a policy does with a count of nobody.
public enum ZeroRule: String, Hashable, Sendable, CaseIterable {
  /// Nobody is shown as 0, and everybody as 100%.
  case show
  /// Nobody and everybody say something of each person in the group: both are hidden.
  case hide
}

/// What a reader of everything that is shown must not be able to say of a hidden count.
public enum SecondaryProtection: String, Hashable, Sendable, CaseIterable {
  /// Which number it is.
  case notExact
  /// That it is not one of the numbers that the policy hides.
  case hiddenRange
}

/// How the margins of a table are made.
public enum TotalsRule: String, Hashable, Sendable, CaseIterable {
  /// The sum of the figures that are shown, so that a total says nothing new.
  case sumOfShown
  /// The number of people itself, under the same rules as any group; where some counts are hidden,
  /// all else is worked out from the groups in which it is shown.
  case rounded
  /// The same, where nothing is rounded.
  case exact
}
