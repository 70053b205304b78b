public import CarrelPlan

/// The meaning of a plan, written down as plainly as possible.
///
/// It takes one patient at a time and evaluates every expression as its documentation says. Other
/// engines are right where they agree with this one; it is never the fast one.
public struct ReferenceEngine: Engine {
  /// Takes the records of one patient.
  public typealias Visitor = (PatientRecords) throws(EngineError) -> Void
  /// Passes every patient that the records hold to a visitor, in order of their index, with their
  /// rows in the tables of a plan.
  public typealias Source = (Plan, Visitor) throws(EngineError) -> Void

  let forEachPatient: Source

  /// An engine over the patients that a source gives.
  public init(source: @escaping Source) { forEachPatient = source }

  /// An engine over these patients.
  public init(patients: [PatientRecords]) {
    self.init { (_, visit) throws(EngineError) in
      for patient in patients { try visit(patient) }
    }
  }

  /// Computes every output of a plan over every patient of the records.
  public func results(of plan: Plan) throws(EngineError) -> RawResults {
    var patients: [ReferencePatient] = []
    try forEachPatient(plan) { records throws(EngineError) in
      patients.append(ReferencePatient(of: records.rows, in: plan))
    }
    var outputs: [RawOutput] = []
    for output in plan.outputs { outputs.append(try raw(output, of: plan, over: patients)) }
    return RawResults(outputs: outputs)
  }

  private func raw(
    _ output: Output, of plan: Plan, over patients: [ReferencePatient]
  ) throws(EngineError) -> RawOutput {
    switch output {
    case .table(let table): .table(try rawTable(table, of: patients))
    case .summary(let summary): .table(try rawTable(summary.table, of: patients))
    case .histogram(let histogram): .table(try rawTable(histogram.table, of: patients))
    case .deciles(let deciles): .units(rawUnits(deciles, of: patients))
    case .flow(let flow): .flow(rawFlow(of: plan.populations[flow.population], over: patients))
    }
  }

  /// Computes columns for each patient, in order of patients.
  public func rows(
    of columns: [PreviewColumn], in plan: Plan
  ) throws(EngineError) -> [PreviewRow] {
    var rows: [PreviewRow] = []
    try forEachPatient(plan) { records throws(EngineError) in
      let patient = ReferencePatient(of: records.rows, in: plan)
      rows.append(
        PreviewRow(
          patient: records.identifier, values: columns.map { patient.value(of: $0.expression) }))
    }
    return rows
  }
}
