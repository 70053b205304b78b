/// A description of a population: variables in rows, groups in columns.
///
/// It is computed as a table whose statistics are those of its variables.
public struct SummaryOutput: Hashable, Sendable, Codable {
  /// The groups, and for each variable the statistics that suit it; the first is the count.
  public var table: TableOutput
  /// The variables in the order of the study.
  public var variables: [SummaryVariable]

  /// A summary of these variables.
  public init(table: TableOutput, variables: [SummaryVariable]) {
    self.table = table
    self.variables = variables
  }
}

/// A variable of a summary, and where its figures are among the statistics of the table.
public struct SummaryVariable: Hashable, Sendable, Codable {
  /// The name in files.
  public var name: String
  /// What people read.
  public var heading: String
  /// What is shown of it.
  public var kind: Kind

  /// A variable with its names.
  public init(name: String, heading: String, kind: Kind) {
    self.name = name
    self.heading = heading
    self.kind = kind
  }

  /// What is shown of a variable.
  public enum Kind: Hashable, Sendable, Codable {
    /// How many it holds for: a percentage at this position.
    case holds(Int)
    /// How many have each level: percentages from this position on, one for each level in order.
    ///
    /// Everyone has exactly one of them.
    case levels([SummaryLevel], from: Int)
    /// A mean, and a standard deviation, at these positions.
    case number(mean: Int, deviation: Int)
  }
}

/// A level of a variable as a summary names it.
public struct SummaryLevel: Hashable, Sendable, Codable {
  /// What people read.
  public var label: String
  /// What files say.
  public var fileText: String

  /// A level with its names.
  public init(label: String, fileText: String) {
    self.label = label
    self.fileText = fileText
  }
}

extension SummaryOutput {
  /// The statistics of which each patient has exactly one: the levels of each variable.
  public var partitions: [Range<Int>] {
    variables.compactMap { variable in
      if case .levels(let levels, let first) = variable.kind {
        first..<first + levels.count
      } else {
        nil
      }
    }
  }
}
