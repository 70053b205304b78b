public import CarrelPlan

/// That a patient is in a group of one of ``Plan/memberships``.
///
/// It is about one person: only the process that reads records ever holds one.
public struct Membership: Hashable, Sendable {
  /// The table, by its position in ``Plan/memberships``.
  public var table: Int
  /// The patient's number, which is the same in every snapshot of a site.
  public var patient: Int
  /// The group, counted from 0.
  public var group: Int

  /// A patient in a group of a table.
  public init(table: Int, patient: Int, group: Int) {
    self.table = table
    self.patient = patient
    self.group = group
  }
}

extension TableOutput {
  /// Passes on a patient's memberships in one interval, or in a table without any.
  ///
  /// - Parameters:
  ///   - patient: The patient's number.
  ///   - levels: The position of the patient's level in each grouping.
  ///   - isInShare: Whether the patient is in each of ``TableOutput/shares``.
  ///   - values: The value of each of ``TableOutput/valueMeasures``; `nil` where it is missing.
  ///   - first: The position of the first table of the interval among ``Plan/memberships``.
  ///   - visit: Takes each membership.
  /// - Throws: What the visitor throws.
  public func forEachMembership(
    of patient: Int, levels: [Int], isInShare: [Bool], values: [Double?], from first: Int,
    _ visit: (Membership) throws(EngineError) -> Void
  ) throws(EngineError) {
    var table = first
    for breakdown in breakdowns where !breakdown.isTotal {
      let group = breakdown.groupings.reduce(0) { group, grouping in
        group * groupings[grouping].levels.count + levels[grouping]
      }
      try visit(Membership(table: table, patient: patient, group: group))
      for (place, isMember) in isInShare.enumerated() where isMember {
        try visit(Membership(table: table + 1 + place, patient: patient, group: group))
      }
      table += 1 + isInShare.count
    }
    for (measure, value) in zip(valueMeasures, values) {
      if let value, let place = measure.bounds?.place(of: value) {
        try visit(Membership(table: table, patient: patient, group: place))
      }
      table += 1
    }
  }

  /// How many of ``Plan/memberships`` there are of one interval.
  public var membershipsPerInterval: Int {
    properBreakdowns.count * (1 + shares.count) + valueMeasures.count
  }
}
