import CarrelDifferencing
import CarrelEngine
import CarrelFiles
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

  /// Computes every output of a plan, and who is in which group of its memberships.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - keep: Takes the label vectors, one after the other, piece by piece, before anything else is
  ///     known; they are about people, and go nowhere but into a file of the site.
  /// - Returns: The aggregates, and where each vector is.
  /// - Throws: A ``Failure``.
  func labelledResults(
    of plan: Plan, keeping keep: (_ piece: [UInt8]) throws -> Void
  ) throws(Failure) -> (results: RawResults, places: [VectorPlace]) {
    let (answer, _) = try answer(to: .labelledResults, of: plan, keeping: keep)
    guard case .labelledResults(let results, let byteCounts) = answer,
      byteCounts.count == plan.memberships.count
    else { throw Failure(.process, within: limits) }
    var offset = 0
    let places = byteCounts.map { count in
      defer { offset += count }
      return VectorPlace(offset: offset, byteCount: count)
    }
    return (results, places)
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
    to task: WorkerRequest.Task, of plan: Plan,
    keeping keep: (_ piece: [UInt8]) throws -> Void = { _ in }
  ) throws(Failure) -> (WorkerAnswer, SandboxReport) {
    let request = WorkerRequest(
      engine: engine, durationMilliseconds: limits.seconds * 1_000,
      databaseMemoryBytes: limits.databaseMemoryBytes, plan: plan, task: task)
    return try ConfinedWorker(limits: limits, layersThatMayBeAbsent: layersThatMayBeAbsent).answer(
      to: request, reading: [records.descriptor], check: { try records.check() }, keeping: keep)
  }
}

/// A process of the worker's kind, from its start to its answer.
struct ConfinedWorker {
  /// What it is bounded to.
  let limits: WorkerLimits
  /// The layers that may be absent.
  let layersThatMayBeAbsent: Set<SandboxLayer>

  /// What the guard says of tables, whose label vectors it alone reads.
  func judgement(
    _ request: JudgementRequest, reading files: [Descriptor], check: () throws -> Void
  ) throws(Failure) -> Judged {
    let (answer, _) = try answer(
      to: WorkerRequest(
        engine: .sql, durationMilliseconds: limits.seconds * 1_000,
        databaseMemoryBytes: limits.databaseMemoryBytes, plan: Plan(), task: .judgement(request)),
      reading: files, check: check, keeping: { _ in })
    guard case .judgement(let judged) = answer else { throw Failure(.process, within: limits) }
    return judged
  }

  /// Starts a process, asks it and waits for what it answers.
  ///
  /// - Parameters:
  ///   - request: What it is asked.
  ///   - files: What it may read.
  ///   - check: Holds the files to their seals; called when the process is locked down and has been
  ///     asked nothing yet, and again when it has answered.
  ///   - keep: Takes what it makes besides its answer.
  /// - Returns: The answer, and what the process had given up.
  /// - Throws: A ``Failure``.
  func answer(
    to request: WorkerRequest, reading files: [Descriptor], check: () throws -> Void,
    keeping keep: (_ piece: [UInt8]) throws -> Void
  ) throws(Failure) -> (WorkerAnswer, SandboxReport) {
    do {
      let child = try ConfinedChild(word: Worker.word, limits: limits.ofProcess, files: files)
      try refuse(child.report)
      try check()
      let answer = try child.ask(
        try JSON(encoding: request).bytes(), byteLimit: JSON.Limits.workerMessage.bytes,
        before: .now + .seconds(limits.seconds + 1), keeping: keep)
      try check()
      return (try read(answer), child.report)
    } catch let failure as Failure {
      throw Interruption.wasRequested ? .interrupted : failure
    } catch let error as SiteError {
      throw Failure(error)
    } catch let error as FileError {
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

  /// Who is in which group of what a run would let out, held to the seal of the site as well.
  init(of record: KeptMembership, at site: Site) throws(Failure) {
    do throws(SiteError) {
      let file = try site.memberships(in: record)
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
