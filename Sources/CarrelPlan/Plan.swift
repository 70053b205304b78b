public import CarrelValues

/// What an engine is asked to compute: a checked study with every name resolved and every type known.
///
/// A plan is plain data. It says nothing of syntax, files or policy, and any engine that gives it
/// the meaning of the language's reference gives the same raw results. Tables, code lists, values
/// and populations are referred to by their position in these arrays.
public struct Plan: Hashable, Sendable, Codable {
  /// The tables that are read.
  public var tables: [TableUse]
  /// The code lists, resolved to codes.
  public var codelists: [CodelistUse]
  /// Values of each patient that others refer to; each mentions only values before it.
  public var values: [PatientValue]
  /// The populations that outputs are of.
  public var populations: [Population]
  /// What is asked for, in the order of the study.
  public var outputs: [Output]

  /// A plan of these parts.
  public init(
    tables: [TableUse] = [], codelists: [CodelistUse] = [], values: [PatientValue] = [],
    populations: [Population] = [], outputs: [Output] = []
  ) {
    self.tables = tables
    self.codelists = codelists
    self.values = values
    self.populations = populations
    self.outputs = outputs
  }
}

/// A table of records that a plan reads.
public struct TableUse: Hashable, Sendable, Codable {
  /// The table's name in the schema and in the records database.
  public var name: String
  /// Whether a patient has at most one row, so that its columns are values of the patient.
  public var hasOneRowPerPatient: Bool
  /// Every column a study may name, in schema order: picks break ties by all of them.
  public var columns: [ColumnUse]

  /// A table with these columns.
  public init(name: String, hasOneRowPerPatient: Bool, columns: [ColumnUse]) {
    self.name = name
    self.hasOneRowPerPatient = hasOneRowPerPatient
    self.columns = columns
  }
}

/// A column of a table that a plan reads.
public struct ColumnUse: Hashable, Sendable, Codable {
  /// The column's name in the schema and in the records database.
  public var name: String
  /// How its values are stored.
  public var type: ScalarType
  /// Whether the study itself mentions the column; others only break ties.
  public var isMentioned: Bool

  /// A column of this name and type.
  public init(name: String, type: ScalarType, isMentioned: Bool = true) {
    self.name = name
    self.type = type
    self.isMentioned = isMentioned
  }
}

/// A code list with its codes, and their categories where it has any.
public struct CodelistUse: Hashable, Sendable, Codable {
  /// The name that the study gives it.
  public var name: String
  /// The codes in code-point order, each once.
  public var codes: [String]
  /// The category of each code, in the same order; empty where the list has no categories.
  public var categories: [String]

  /// A code list; `categories` is empty or as long as `codes`.
  public init(name: String, codes: [String], categories: [String] = []) {
    precondition(categories.isEmpty || categories.count == codes.count, "a category for each code")
    self.name = name
    self.codes = codes
    self.categories = categories
  }
}

/// A value that each patient has one of, or lacks.
public struct PatientValue: Hashable, Sendable, Codable {
  /// The name of the definition it comes from, for those who read a plan; empty for a shared part.
  public var name: String
  /// How it is stored; a picked row is the integer that stands for it.
  public var type: ScalarType
  /// How it is computed.
  public var expression: Expression

  /// A value of this type and meaning.
  public init(name: String, type: ScalarType, expression: Expression) {
    self.name = name
    self.type = type
    self.expression = expression
  }
}
