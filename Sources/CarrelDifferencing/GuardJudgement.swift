/// What the guard says of the new tables of a run.
public struct GuardJudgement: Hashable, Sendable, Codable {
  /// For each new table and each of its figures what becomes of it.
  public var verdicts: [[FigureVerdict]]
  /// What was found and could not be repaired: the run is held for a guardian if there is anything.
  public var unresolved: [DifferencingFinding]
  /// What was found and repaired by the verdicts, in the order in which it was.
  public var repaired: [DifferencingFinding]
  /// For each earlier table how many facts divide its cohort if the new tables are released.
  public var earlierDividingFactCounts: [Int]
  /// The same for each new table.
  public var newDividingFactCounts: [Int]

  /// Whether the run waits for a guardian.
  public var isHeld: Bool { !unresolved.isEmpty }
}

/// What becomes of one figure of a new table.
public enum FigureVerdict: Hashable, Sendable, Codable {
  /// It may leave as proposed.
  case fine
  /// It shows what the earlier figure showed, whichever policy made that; hidden if that was.
  case takes(FigurePlace)
  /// It is hidden behind the common mark.
  case hide
}

/// Where a figure is: its table, and its number there.
public struct FigurePlace: Hashable, Sendable, Codable {
  /// The table.
  public var table: TablePlace
  /// The number of the figure in the table's figures.
  public var figure: Int

  /// A figure of a table.
  public init(_ table: TablePlace, figure: Int) {
    self.table = table
    self.figure = figure
  }
}

/// A table that a judgement is about.
public enum TablePlace: Hashable, Sendable, Codable {
  /// A table released before, by its position among those given.
  case earlier(Int)
  /// A table of the run, by its position.
  case new(Int)
}

/// What the guard found: evidence for guardians, who alone may see it, since it holds true counts.
public struct DifferencingFinding: Hashable, Sendable, Codable {
  /// How a reader would come by it.
  public enum Kind: Hashable, Sendable, Codable {
    /// One figure less others that lie wholly inside of it leaves few people (T1).
    case inside(of: FigurePlace)
    /// Figures that together hold all members of one have few people more (T1).
    case around(FigurePlace)
    /// The cohort of a table less figures that lie inside of it leaves few people (T1).
    case insideCohort(of: TablePlace)
    /// Figures that together hold the cohort of a table have few people more (T1).
    case aroundCohort(of: TablePlace)
    /// Two values of nearly the same people are the same, moved or scaled, but for few (T1).
    case values(of: FigurePlace)
    /// Two tables together determine how many people share two of their cells (T2).
    case shared(TablePlace, TablePlace)
    /// Several tables together determine a group (T3).
    case joint([TablePlace])
    /// The search for what several tables determine reached its limit (T3).
    case undecided([TablePlace])
    /// Too many facts divide a cohort for the patients in its small groups (T4).
    case budget(of: TablePlace, facts: Int, patients: Int)
    /// More than half of what a table would have shown would have to be hidden.
    case emptied(TablePlace)
  }

  /// How a reader would come by it.
  public var kind: Kind
  /// The figures that are subtracted or that determine it, as far as they are few.
  public var figures: [FigurePlace]
  /// How many people the group has, where one was found.
  public var people: Int?
  /// The earlier table whose cohort is nearest: its categories or cohort could be used instead.
  public var nearestEarlier: Int?

  /// A finding.
  public init(
    _ kind: Kind, figures: [FigurePlace] = [], people: Int? = nil, nearestEarlier: Int? = nil
  ) {
    self.kind = kind
    self.figures = figures
    self.people = people
    self.nearestEarlier = nearestEarlier
  }
}

/// What a policy asks of the guard.
public struct DifferencingRules: Hashable, Sendable, Codable {
  /// A group of 1 up to this many people may not be derived.
  public var minimum: Int
  /// The patients in small groups that there must be for each fact that divides a cohort.
  public var patientsPerFact: Int
  /// Joint groups up to which several tables are audited together.
  public var groupLimit: Int
  /// Nodes of branch and bound for each bound of a group.
  public var nodeLimit: Int

  /// The most people by whom a figure and the near one whose fact it takes can differ.
  public var mostDifference: Int { minimum + GuardedFigure.largestMargin }

  /// Rules of a policy, with limits of the search.
  public init(minimum: Int, patientsPerFact: Int = 4, groupLimit: Int = 512, nodeLimit: Int = 200) {
    self.minimum = minimum
    self.patientsPerFact = patientsPerFact
    self.groupLimit = groupLimit
    self.nodeLimit = nodeLimit
  }
}
