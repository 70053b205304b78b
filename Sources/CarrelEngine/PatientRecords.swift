public import CarrelValues

/// Everything that the records hold of one patient and a plan may read.
public struct PatientRecords: Hashable, Sendable {
  /// The patient's index number, by which previews are ordered.
  public var index: Int
  /// What a preview calls the patient.
  public var identifier: Value
  /// The patient's rows by table position in the plan, in stored order: a value for each column.
  public var rows: [[[Value]]]

  /// The records of one patient.
  public init(index: Int, identifier: Value, rows: [[[Value]]]) {
    self.index = index
    self.identifier = identifier
    self.rows = rows
  }
}
