public import CarrelCatalogue

/// What a load did: counts, and never a value.
public struct LoadReport: Hashable, Sendable {
  /// The tables, in the package's order.
  public let tables: [Table]
  /// How many people have a row in any table.
  public let patientCount: Int
  /// How many others have been registered for too few days, and are left out until they have been.
  public let newPatientCount: Int
  /// A digest of everything that was loaded, in hexadecimal; under a key where people are
  /// pseudonymised, so that nobody without it can tell a guess from the records.
  public let digest: String

  /// What became of the rows of one table.
  public struct Table: Hashable, Sendable {
    /// The table's name.
    public let name: String
    /// How many rows were kept.
    public let rowCount: Int
    /// How many rows were left out because they break a constraint.
    public let refusedRowCount: Int
    /// The constraints that were broken, in the order of the fields; a row may break several.
    public let refusals: [Refusal]
  }

  /// A constraint that rows broke.
  public struct Refusal: Hashable, Sendable {
    /// The field.
    public let field: String
    /// What was broken.
    public let constraint: BrokenConstraint
    /// How many rows broke it.
    public let rowCount: Int
  }
}

extension LoadReport.Table {
  /// Whether more rows were left out than a share of all rows.
  func exceeds(refusedRowsPerMillion limit: Int) -> Bool {
    refusedRowCount * 1_000_000 > (rowCount + refusedRowCount) * limit
  }
}

/// How far a load has come.
public struct LoadProgress: Hashable, Sendable {
  /// What is being done.
  public enum Phase: Hashable, Sendable {
    /// Reading the files of a table and checking its rows.
    case reading
    /// Writing a table in the order of its patients.
    case storing
  }

  /// What is being done.
  public let phase: Phase
  /// The table's name.
  public let table: String
  /// How many of the table's rows have been read, or are being stored.
  public let rowCount: Int
  /// How many bytes of all files have been read, compressed as they are.
  public let bytesRead: Int
  /// How many bytes all files have.
  public let byteCount: Int
}
