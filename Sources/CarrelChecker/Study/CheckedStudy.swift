public import CarrelPlan
public import CarrelSyntax
public import CarrelValues

/// A study without mistakes: what it computes and what can be said of it before it runs.
public struct CheckedStudy: Sendable {
  /// The title; empty for a study of definitions alone.
  public let title: String
  /// The question it answers, where it says one.
  public let question: String?
  /// The schemas it uses.
  public let schemas: [String]
  /// What a run computes: the outputs and only what they read.
  public let plan: Plan
  /// The values that definitions have for one patient: what ``preview`` and ``examples`` refer to.
  ///
  /// It has every table of the schema in schema order, and no outputs.
  public let patientPlan: Plan
  /// A column for each `define` without parameters that is a single value, in file order.
  public let preview: [PreviewColumn]
  /// The examples, in file order; their rows are of the tables of ``patientPlan``.
  public let examples: [ExamplePlan]
  /// The parameters and their values, in file order.
  public let parameters: [SetParameter]
  /// The tables that the outputs read, with the columns that the study names of each.
  public let reads: [TableRead]
  /// The code lists that the study declares, in file order.
  public let codelists: [CodelistSummary]
  /// The populations of the outputs, as in the plan.
  public let populations: [PopulationSummary]
  /// What would be released, in file order.
  public let outputs: [OutputSummary]
  /// What it costs at most.
  public let cost: StudyCost
  /// The schema's definitions that the study replaces with its own, in file order.
  public let redefined: [String]
  /// The statements with templates written out, in file order.
  public let statements: [Statement]
}

/// A parameter and its value.
public struct SetParameter: Hashable, Sendable {
  /// Its name.
  public let name: String
  /// Its type as written.
  public let type: String
  /// Its value as a person reads it.
  public let value: String
  /// Whether the caller set it, rather than the study.
  public let isSet: Bool
}

/// A table that a study's outputs read.
public struct TableRead: Hashable, Sendable {
  /// The table.
  public let table: String
  /// The columns that the study itself names, in schema order; empty where only rows are counted.
  public let columns: [String]
}

/// A code list of a study.
public struct CodelistSummary: Hashable, Sendable {
  /// What the study calls it.
  public let name: String
  /// Its file as the study writes it; `nil` where the study lists the codes itself.
  public let path: String?
  /// Its system; `nil` where nothing settles it.
  public let system: CodingSystem?
  /// How many different codes it has.
  public let codeCount: Int
  /// Its categories in order; empty without.
  public let categories: [String]
}

/// A population of an output.
public struct PopulationSummary: Hashable, Sendable {
  /// Its name, with arguments where it has parameters.
  public let name: String
  /// Its criteria in order.
  public let criteria: [CriterionSummary]
}

/// One criterion of a population.
public struct CriterionSummary: Hashable, Sendable {
  /// What the study calls it; the condition where it says nothing.
  public let label: String
  /// Whether those for whom it holds are left out.
  public let isExclusion: Bool
  /// The condition as written.
  public let condition: String
}

/// What one output would release.
public struct OutputSummary: Hashable, Sendable {
  /// Its name.
  public let name: String
  /// The name of its population.
  public let population: String
  /// What it is.
  public let kind: Kind

  /// The kinds of output.
  public enum Kind: Hashable, Sendable {
    /// How many remain after each of a number of criteria.
    case flow(criteria: Int)
    /// Statistics by group.
    case table(TableSummary)
  }

  /// The most numbers that it can release.
  public var figureCount: Int {
    switch kind {
    case .flow(let criteria): criteria + 1
    case .table(let table): table.cellCount * table.statistics.count
    }
  }
}

/// What a table would show.
public struct TableSummary: Hashable, Sendable {
  /// The intervals for each of which it is shown; `nil` without any.
  public let intervals: IntervalsSummary?
  /// The names of its groupings.
  public let groupings: [String]
  /// The names of its statistics.
  public let statistics: [String]
  /// How many groups it has in an interval, totals left out.
  public let groupCount: Int
  /// How many groups it has in all intervals, totals included.
  public let cellCount: Int
}

/// The intervals of a table.
public struct IntervalsSummary: Hashable, Sendable {
  /// How many there are.
  public let count: Int
  /// What they are, such as `60 months` or `20 intervals of 3 months`.
  public let words: String
  /// The first day of the first; `nil` where each patient has their own.
  public let firstDay: CivilDate?
  /// The last day of the last; `nil` where each patient has their own.
  public let lastDay: CivilDate?
}
