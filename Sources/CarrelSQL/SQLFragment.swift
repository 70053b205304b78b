internal import CarrelValues

/// The SQL of one expression, and what must be known to put it into a larger one.
struct SQLFragment {
  /// The SQL; in parentheses where an operator could take it apart.
  var text: String
  /// The type of its value.
  var type: ScalarType
  /// How deeply it nests; 0 for a column or a parameter.
  var depth = 0
  /// Whether it mentions the patient at hand.
  var usesPatient = false
  /// Whether it mentions the row at hand.
  var usesRow = false
  /// The last stage of patient values that it mentions; 0 is the patient's number alone.
  var stage = 0
  /// The last stage of the row's computed columns that it mentions; 0 is the table's own.
  var rowStage = 0

  /// Whether writing it twice costs nothing.
  var isSimple: Bool { depth == 0 }
  /// Whether it mentions the interval at hand.
  var isOfInterval: Bool { IntervalCrossing.isAfter(stage) }
}

/// A column that a stage computes.
struct StageColumn {
  let name: String
  let text: String
  let stage: Int
}

/// The rows of one table inside a row query.
final class RowScope {
  /// What the statement calls the row at hand, unique in the statement.
  let alias: String
  /// The table, by its position in the plan.
  let table: Int
  /// Columns computed for each row, on top of the table's own.
  var computed: [StageColumn] = []
  /// The last stage of patient values that anything in the query mentions.
  var patientStage = 0
  /// The sequence that the rows come from, if there is one: it alone sees the table's own columns.
  var sequence: SequenceScope?

  init(alias: String, table: Int) {
    self.alias = alias
    self.table = table
  }
}
