public import CarrelPlan
public import CarrelStore

extension ReadPermissions {
  /// What the engines read to compute a plan: the columns that its tables name, and nothing else.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - showsIdentifiers: Whether what stands for a patient may be read as well, which only a
  ///     preview shows.
  public init(computing plan: Plan, showsIdentifiers: Bool) {
    var columns = ["carrel_patients": Set(["patient"] + (showsIdentifiers ? ["pseudonym"] : []))]
    for table in plan.tables {
      columns[table.name, default: ["carrel_patient", "carrel_row"]]
        .formUnion(table.columns.map(\.name))
    }
    self.init(
      columnsByTable: columns, intermediatePrefix: "carrel_", functions: Self.functions)
  }

  /// The project's own functions, and the few of SQLite's that generated SQL calls.
  private static let functions = Set(
    SQLFunction.allCases.map(\.rawValue)
      + ["abs", "coalesce", "count", "lag", "lead", "max", "min", "row_number", "sum"])
}
