import CarrelDiagnostics
import CarrelSyntax

/// What names can mean at one place of a study.
struct Scope {
  /// Whose names count.
  var origin: Origin = .study
  /// What the parameters of the enclosing definition stand for.
  var parameters: [String: Binding] = [:]
  /// The interval at hand, in an output with `each`; no definition sees it.
  var interval: CurrentInterval?
  /// The table whose row is at hand, inside a query's own clauses.
  var row: RowScope?
  /// The rows of the queries around this one, which cannot be seen from here.
  var outerRows: [RowScope] = []
  /// Whether what stands here is looked for in a list of codes.
  var isAmongCodes = false
  /// How many queries the place is inside of, those of calling definitions included.
  var rowDepth = 0

  /// Who declared something; a schema's definitions see only each other.
  enum Origin: Hashable {
    case study, schema
  }

  /// What a parameter stands for in one call.
  struct Binding {
    /// The argument; `nil` where it was a mistake that has been reported.
    var meaning: Meaning?
    /// Where the argument is written.
    var span: SourceSpan
  }

  /// The interval that the figures of an output are for.
  struct CurrentInterval {
    /// The name that stands for it.
    var unit: TimeUnit
    var period: Period
  }

  /// A table whose row is at hand.
  struct RowScope {
    /// Its position in the plan.
    var index: Int
    var table: SchemaTable
    /// Whether the row has a place in a sequence.
    var isSequenced = false
  }

  /// The scope inside the clauses of a query over some rows.
  func entering(_ rows: Rows) -> Scope {
    var inner = self
    if let row { inner.outerRows.append(row) }
    inner.row = RowScope(
      index: rows.index, table: rows.table, isSequenced: rows.sequence != nil)
    inner.rowDepth += 1
    return inner
  }

  /// The scope of the body of a definition that is called from here.
  func calling(_ origin: Origin, with parameters: [String: Binding]) -> Scope {
    Scope(origin: origin, parameters: parameters, rowDepth: rowDepth)
  }
}
