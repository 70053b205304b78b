import CarrelDifferencing
import CarrelEngine
import CarrelJSON
import CarrelPlan

/// What the worker is told, on one pipe: a plan, and what to compute of it.
struct WorkerRequest: Codable {
  /// Which engine computes.
  var engine: EngineChoice
  /// How long the database may take, in milliseconds.
  var durationMilliseconds: Int
  /// How much memory the database may take, in bytes.
  var databaseMemoryBytes: Int
  /// The checked study.
  var plan: Plan
  /// What is asked for.
  var task: Task

  enum Task: Codable {
    /// The aggregates of every output.
    case results
    /// The same, and before them on a pipe of their own the label vectors of the plan's memberships.
    case labelledResults
    /// What the guard says of tables beside those that were released before; no records are read.
    case judgement(JudgementRequest)
    /// Values of each patient, or of the first so many; only for records that say themselves that
    /// they are synthetic.
    case rows([PreviewColumn], limit: Int?)
  }
}

/// What the worker answers, on another pipe: typed aggregates, or which kind of failure it was.
///
/// A failure has no place for words, because words could carry a value.
enum WorkerAnswer: Codable {
  case results(RawResults)
  /// With how many bytes each label vector has.
  case labelledResults(RawResults, byteCounts: [Int])
  case judgement(Judged)
  case rows([PreviewRow])
  case failure(EngineError.Cause)
}

/// Tables to be judged, and where their label vectors are.
struct JudgementRequest: Codable {
  var rules: DifferencingRules
  /// The tables of the run.
  var new: [StoredTable]
  /// Those that were released before, in order.
  var earlier: [StoredTable]

  /// A table, and where its label vector is among the worker's files.
  struct StoredTable: Codable {
    var table: GuardedTable
    /// The file, counted from 0.
    var file: Int
    var part: VectorPlace
    /// Where the values of its members are in that file, if they are compared.
    var values: VectorPlace?
  }
}

/// What the guard said of tables.
struct Judged: Codable {
  var judgement: GuardJudgement
  /// For each figure of each new table whether it has the very members of the figure whose fact it
  /// takes, rather than nearly the same.
  var hasSameMembers: [[Bool]]
}

/// Where a label vector lies in a file.
struct VectorPlace: Hashable, Codable {
  var offset: Int
  var byteCount: Int
}

/// The engines that a study can be run on.
public enum EngineChoice: String, Codable, Sendable, CaseIterable {
  /// The slow, obvious interpreter that the others are held against.
  case reference
  /// SQL on SQLite.
  case sql
}

extension JSON.Limits {
  /// What a message between this process and its worker may be: large and deeply nested, since both
  /// ends are this program, but not endless.
  static let workerMessage = JSON.Limits(bytes: 1 << 30, depth: 20_000)
}
