public import CarrelValues

/// How many patients have a number in each of some declared bins.
///
/// It is computed as a table by groups and, moving fastest, by bins. The bins reach from the study's
/// first edge to its last, with one more for all below, one for all from the last on, and one for
/// those without a value where there can be any; so every patient is in one.
public struct HistogramOutput: Hashable, Sendable, Codable {
  /// The groups with the bins as the last grouping; its only statistic is the count.
  public var table: TableOutput
  /// The edges between bins, rising; a bin holds its lower edge and not its upper one.
  public var edges: [Value]

  /// A histogram with these edges.
  public init(table: TableOutput, edges: [Value]) {
    precondition(table.groupings.last?.levels.count ?? 0 > edges.count, "a level for each bin")
    self.table = table
    self.edges = edges
  }

  /// The number of bins, without that of those who have no value.
  public var binCount: Int { edges.count + 1 }
}
