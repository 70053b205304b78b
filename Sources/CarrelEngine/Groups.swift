public import CarrelPlan

extension TableOutput {
  /// Every combination of levels of a breakdown, as positions in its groupings' levels.
  ///
  /// In the order of ``RawTable/breakdowns``: the last grouping's level moves fastest. A breakdown
  /// of no groupings has one combination, the empty one.
  public func keys(of breakdown: Breakdown) -> [[Int]] {
    breakdown.groupings.reduce([[]]) { keys, grouping in
      keys.flatMap { key in groupings[grouping].levels.indices.map { key + [$0] } }
    }
  }
}

extension EngineError {
  /// The records hold a value that their schema does not declare, so that no group is for it.
  public static func undeclaredLevel(of grouping: Grouping) -> EngineError {
    EngineError(
      operation: "group patients by `\(grouping.name)`",
      reason: "the records hold a value outside the levels that the schema declares")
  }
}
