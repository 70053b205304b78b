public import CarrelPlan

/// Something that can compute a plan over records.
///
/// Every engine gives the same results for the same plan and records, to the bit. Where the records
/// come from is each engine's own affair.
public protocol Engine {
  /// Computes every output of a plan over every patient of the records.
  func results(of plan: Plan) throws(EngineError) -> RawResults

  /// Passes on who is in which group of each of ``Plan/memberships``.
  ///
  /// Of one table the patients come in the order of their numbers; tables may come by turns. Only
  /// for the process that reads records, which keeps them as label vectors that never leave the
  /// site.
  func forEachMembership(
    of plan: Plan, _ visit: (Membership) throws(EngineError) -> Void
  ) throws(EngineError)

  /// Computes columns for each patient, in order of patients. Only for synthetic people.
  func rows(of columns: [PreviewColumn], in plan: Plan) throws(EngineError) -> [PreviewRow]
}

/// A failure of the world while a plan is computed: the records cannot be read, say.
///
/// It names the operation and never a value of a record.
public struct EngineError: Error, Hashable, Sendable {
  /// What was being done, as a person reads it.
  public let operation: String
  /// Why it failed, in words that depend on no record.
  public let reason: String
  /// The kind of failure, which is all that leaves the process that reads records.
  public let cause: Cause

  /// The kinds of failure.
  ///
  /// There is no place in them for anything else.
  public enum Cause: String, Hashable, Sendable, Codable, CaseIterable {
    /// The records cannot be read, or are not what their schema says.
    case records
    /// There was not enough memory.
    case memory
    /// There was not enough time.
    case time
    /// Rows were asked for, and the records are of people.
    case people
    /// The process that computes ended without an answer, or with none that can be read.
    case process
  }

  /// A failure of an operation.
  public init(operation: String, reason: String, cause: Cause = .records) {
    self.operation = operation
    self.reason = reason
    self.cause = cause
  }
}
