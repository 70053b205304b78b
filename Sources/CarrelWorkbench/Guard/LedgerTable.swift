import CarrelDifferencing
import CarrelJSON
import CarrelPlan

/// What the site keeps of a run for comparison.
struct LedgerRun: Hashable, Codable {
  var tables: [LedgerTable]
  /// What guardians were asked to judge of it beside other tables.
  var questions: [String]

  /// The bytes that the site keeps.
  var bytes: [UInt8] {
    get throws { try JSON(encoding: self).bytes() }
  }

  /// A run with its tables.
  init(tables: [LedgerTable], questions: [String]) {
    self.tables = tables
    self.questions = questions
  }

  /// What a site has kept.
  init(bytes: [UInt8]) throws {
    self = try JSON(parsing: bytes, limits: .workerMessage).decoded(as: LedgerRun.self)
  }
}

/// One table of a run as the site keeps it for comparison: what the guard looks at, and what a later
/// figure takes where it is near.
struct LedgerTable: Hashable, Codable {
  /// What guardians call it.
  var name: String
  var guarded: GuardedTable
  /// Where its label vector is in the run's file.
  var place: VectorPlace
  /// Where the values of its members are, of a table of those who have some.
  var values: VectorPlace?
  /// One for each figure.
  var facts: [LedgerFact]
  /// The exact numbers of an output whose figures are joined with their neighbours, and so taken all
  /// together or not at all.
  var whole: RawOutput?
}

/// The exact numbers behind one figure.
struct LedgerFact: Hashable, Codable {
  /// What guardians call it.
  var name: String
  var people: Int
  /// The statistics that are computed from its members.
  var statistics: [KeptStatistic]
  /// The figure whose numbers these are, where they are an earlier one's.
  var origin: FigureOrigin?
}

/// The exact numbers of one statistic.
struct KeptStatistic: Hashable, Codable {
  /// Its position among the statistics of the output.
  var index: Int
  var raw: RawStatistic
}

/// A figure of a run, for good.
struct FigureOrigin: Hashable, Codable {
  /// The run's random UUID.
  var run: String
  /// The table, by its position among the run's.
  var table: Int
  var figure: Int
}
