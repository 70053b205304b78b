import CarrelEngine
import CarrelJSON
import CarrelPlan
import CarrelSandbox
import CarrelSite

/// The parent's side of the worker: computes in a child process that can do nothing else.
///
/// Records are read in the child only. The file is opened and checked here; the plan goes to the
/// child on one pipe, and aggregates come back on another.
struct WorkerProcess {
  /// What the worker gave, and what it had given up before it was asked.
  struct Output<Value> {
    let value: Value
    /// The worker's layers, as a receipt states them.
    let sandbox: SandboxReport
  }

  /// Which engine the worker uses.
  let engine: EngineChoice
  /// The records.
  let records: OpenedRecords
  /// What a worker is bounded to.
  var limits = WorkerLimits()
  /// The layers that may be absent; all of them where nobody in the records is a person.
  let layersThatMayBeAbsent: Set<SandboxLayer>

  /// Computes every output of a plan.
  func results(of plan: Plan) throws(Failure) -> Output<RawResults> {
    let (answer, sandbox) = try answer(to: .results, of: plan)
    guard case .results(let results) = answer else { throw Failure(.process, within: limits) }
    return Output(value: results, sandbox: sandbox)
  }

  /// Computes columns for the first so many patients, or for all.
  func rows(
    of columns: [PreviewColumn], in plan: Plan, limit: Int?
  ) throws(Failure) -> Output<[PreviewRow]> {
    let (answer, sandbox) = try answer(to: .rows(columns, limit: limit), of: plan)
    guard case .rows(let rows) = answer else { throw Failure(.process, within: limits) }
    return Output(value: rows, sandbox: sandbox)
  }

  private func answer(
    to task: WorkerRequest.Task, of plan: Plan
  ) throws(Failure) -> (WorkerAnswer, SandboxReport) {
    let request = WorkerRequest(
      engine: engine, durationMilliseconds: limits.seconds * 1_000,
      databaseMemoryBytes: limits.databaseMemoryBytes, plan: plan, task: task)
    do {
      let child = try ConfinedChild(
        word: Worker.word, limits: limits.ofProcess, file: records.descriptor)
      try refuse(child.report)
      // The child is locked down and has not been asked anything: it has read nothing yet.
      try records.check()
      let answer = try child.ask(
        try JSON(encoding: request).bytes(), byteLimit: JSON.Limits.workerMessage.bytes,
        before: .now + .seconds(limits.seconds + 1))
      try records.check()
      return (try read(answer), child.report)
    } catch let failure as Failure {
      throw Interruption.wasRequested ? .interrupted : failure
    } catch let error as SiteError {
      throw Failure(error)
    } catch {
      throw Interruption.wasRequested ? .interrupted : Failure(.process, within: limits)
    }
  }

  /// Refuses to go on with a child that lacks what reading these records takes.
  private func refuse(_ report: SandboxReport) throws(Failure) {
    let missing = report.missingRequired(permitting: layersThatMayBeAbsent)
    guard let first = missing.first else { return }
    throw Failure(
      "S024", "records of people are read only in a whole sandbox, and this machine lacks a layer",
      details: missing.map { "\($0.rawValue), \(report[$0])" },
      help: "see carrel status --sandbox; a policy may say `sandbox may lack \(first.rawValue)`",
      status: .refused)
  }

  private func read(_ answer: ConfinedChild.Answer) throws -> WorkerAnswer {
    switch answer {
    case .complete(let bytes):
      let answer = try JSON(parsing: bytes, limits: .workerMessage).decoded(as: WorkerAnswer.self)
      if case .failure(let cause) = answer { throw Failure(cause, within: limits) }
      return answer
    case .late: throw Failure(.time, within: limits)
    case .ended(let ending, let peakMemoryBytes):
      throw Failure(limits.cause(of: ending, peakMemoryBytes: peakMemoryBytes), within: limits)
    }
  }
}

/// The database of records that a worker is handed.
final class OpenedRecords {
  let descriptor: Descriptor
  private let file: RecordsFile?

  /// The records of a snapshot, which are held to the seal of their site.
  init(of snapshot: Snapshot, at site: Site) throws(Failure) {
    do throws(SiteError) {
      let file = try site.records(of: snapshot)
      descriptor = Descriptor(takingOver: try file.duplicatedDescriptor())
      self.file = consume file
    } catch {
      throw Failure(error)
    }
  }

  /// Records that were loaded for the length of this process, from files that whoever runs it can
  /// read; no site has sealed them.
  init(unsealedAt path: String) throws(Failure) {
    do { descriptor = try Descriptor(reading: path) } catch {
      throw Failure(
        "S010", error.description, help: "make room in `/tmp`", status: .worldFailed)
    }
    file = nil
  }

  /// Holds the open file to the seal of its site.
  func check() throws(SiteError) { try file?.check() }
}
