public import CarrelWitness

/// What is published and what is asked: facts about atoms, and the hidden cells to attack.
public struct AuditProblem: Sendable {
  /// How many atoms there are.
  public var atomCount: Int
  /// Everything a reader knows; what no fact bounds may be any number of people.
  public var facts: [PublishedFact]
  /// The hidden cells, each as the atoms that it sums.
  public var cells: [[Int]]
  /// A table that agrees with the facts, such as the true one, if known.
  ///
  /// It is where the search starts and never changes an answer.
  public var table: [Int]?

  /// Facts, cells and perhaps a table.
  public init(atomCount: Int, facts: [PublishedFact], cells: [[Int]], table: [Int]? = nil) {
    self.atomCount = atomCount
    self.facts = facts
    self.cells = cells
    self.table = table
  }
}

/// What a reader can derive about one hidden cell, with the tables that show it.
public struct CellInterval: Hashable, Sendable {
  /// The least number of people that agrees with everything published.
  public var low: Int
  /// The largest such number; `nil` where there is none.
  public var high: Int?
  /// Whether both bounds are exact; if not, the limit of the search was reached.
  ///
  /// Then the witnesses show a narrower interval than the true one or the same, so that whoever
  /// takes it for the truth hides too much rather than too little.
  public var isDecided: Bool
  /// The witness in which the cell has its least value: 0 for the base, n for `others[n - 1]`.
  public var lowWitness: Int
  /// The witness in which the cell has its largest value, or one of many where there is none.
  public var highWitness: Int

  /// Whether the count can be derived, or must be feared to be.
  public var isExact: Bool { low == high }
}

/// Why there is no answer.
public enum AuditError: Error, Hashable, Sendable {
  /// No table of whole numbers agrees with the facts.
  case noTableAgrees
  /// The search for a table that agrees with the facts reached its limit.
  case undecided
}
