import CarrelPlan

/// The released figures of a summary: variables in rows, groups in columns.
public struct ReleasedSummary: Hashable, Sendable {
  /// The figures of each group; the statistics are those that the variables refer to.
  public let table: ReleasedTable
  /// The variables, in the order of the study.
  public let variables: [ReleasedVariable]

  init(table: ReleasedTable, variables: [ReleasedVariable]) {
    self.table = table
    self.variables = variables
  }
}

/// A variable of a summary, and where its figures are among the statistics of each group.
public struct ReleasedVariable: Hashable, Sendable {
  /// The name in files.
  public let name: String
  /// What people read.
  public let heading: String
  /// What is shown of it.
  public let kind: Kind

  init(_ variable: SummaryVariable) {
    name = variable.name
    heading = variable.heading
    kind =
      switch variable.kind {
      case .holds(let percentage): .holds(percentage)
      case .levels(let levels, let first):
        .levels(
          levels.enumerated().map {
            Level(label: $1.label, fileText: $1.fileText, percentage: first + $0)
          })
      case .number(let mean, let deviation): .number(mean: mean, deviation: deviation)
      }
  }

  /// What is shown of a variable.
  public enum Kind: Hashable, Sendable {
    /// How many it holds for: the percentage at this position.
    case holds(Int)
    /// How many have each level.
    case levels([Level])
    /// The mean and the standard deviation at these positions.
    case number(mean: Int, deviation: Int)
  }

  /// A level of a variable.
  public struct Level: Hashable, Sendable {
    /// What people read.
    public let label: String
    /// What files say.
    public let fileText: String
    /// The position of the percentage that has it.
    public let percentage: Int
  }
}
