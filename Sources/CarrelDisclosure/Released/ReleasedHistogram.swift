public import CarrelValues

/// The released figures of a histogram.
public struct ReleasedHistogram: Hashable, Sendable {
  /// The name that the study gives it.
  public let name: String
  /// What people are grouped by.
  public let groupings: [ReleasedGrouping]
  /// The name of the value that is counted in bins.
  public let value: String
  /// The edges between the declared bins, rising.
  public let edges: [Value]
  /// The groups of each breakdown, one after another.
  public let groups: [Group]

  init(
    name: String, groupings: [ReleasedGrouping], value: String, edges: [Value], groups: [Group]
  ) {
    self.name = name
    self.groupings = groupings
    self.value = value
    self.edges = edges
    self.groups = groups
  }

  /// One group of people.
  public struct Group: Hashable, Sendable {
    /// The level of each grouping, by position; `nil` where the group is not by that grouping.
    public let levels: [Int?]
    /// Bins in order, each of one or more declared ones; together they are all of them.
    public let bars: [Bar]
    /// The people without a value; `nil` where there can be none.
    public let missing: ReleasedFigure?

    init(levels: [Int?], bars: [Bar], missing: ReleasedFigure?) {
      self.levels = levels
      self.bars = bars
      self.missing = missing
    }
  }

  /// The people in one or more declared bins that lie side by side.
  public struct Bar: Hashable, Sendable {
    /// The lower edge, which belongs to it; `nil` where it has everyone below the upper.
    public let from: Value?
    /// The upper edge, which does not belong to it; `nil` where it has everyone from the lower on.
    public let below: Value?
    /// How many people there are.
    public let count: ReleasedFigure

    init(from: Value?, below: Value?, count: ReleasedFigure) {
      self.from = from
      self.below = below
      self.count = count
    }
  }
}
