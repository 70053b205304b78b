/// What a study may name: the tables of one data package, without what never reaches a study.
public struct Schema: Hashable, Sendable {
  /// What `uses` names.
  public let name: String
  /// A title for people; the name where the package has none.
  public let title: String
  /// The tables, in the package's order.
  public let tables: [Table]
  /// Whether nobody in it is real.
  public let isSynthetic: Bool
  /// The path, inside the package's folder, of the schema's own definitions in the language.
  public let definitionsPath: String?

  /// A schema with these tables.
  public init(
    name: String, title: String? = nil, tables: [Table], isSynthetic: Bool = false,
    definitionsPath: String? = nil
  ) {
    self.name = name
    self.title = title ?? name
    self.tables = tables
    self.isSynthetic = isSynthetic
    self.definitionsPath = definitionsPath
  }

  /// The table with this name; case matters.
  public func table(named name: String) -> Table? {
    tables.first { $0.name == name }
  }
}

/// One table of a schema: the rows that patients have in it.
public struct Table: Hashable, Sendable {
  /// What a study calls the table; the name of the package's resource.
  public let name: String
  /// A title for people; the name where the package has none.
  public let title: String
  /// Whether a patient has at most one row or any number.
  public let rowsPerPatient: RowsPerPatient
  /// The columns a study may name, in the package's order, which settles ties of picks.
  ///
  /// The person identifier and free text are not among them.
  public let columns: [Column]
  /// The names of the columns in whose order `first` and `last` pick without `by`; often empty.
  public let orderedBy: [String]
  /// The field that says whose row it is; never nameable in a study.
  public let personIdentifier: String

  /// How many rows of a table belong to one patient.
  public enum RowsPerPatient: String, Hashable, Sendable, CaseIterable {
    /// At most one: the table is used with a dot, as in `patients.sex`.
    case one
    /// Any number: the table is used in event queries.
    case many
  }

  /// A table with these columns.
  public init(
    name: String, title: String? = nil, rowsPerPatient: RowsPerPatient = .many,
    columns: [Column], orderedBy: [String] = [], personIdentifier: String = "patient_id"
  ) {
    self.name = name
    self.title = title ?? name
    self.rowsPerPatient = rowsPerPatient
    self.columns = columns
    self.orderedBy = orderedBy
    self.personIdentifier = personIdentifier
  }

  /// The column with this name; case matters.
  public func column(named name: String) -> Column? {
    columns.first { $0.name == name }
  }

  /// The first date in the declared order: the table's date of `count episodes`.
  public var date: Column? {
    orderedBy.lazy.compactMap(column(named:)).first { $0.type == .date }
  }
}
