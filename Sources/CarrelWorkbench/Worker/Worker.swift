import CarrelEngine
import CarrelJSON
import CarrelPlan
import CarrelRecords
import CarrelSandbox
import CarrelSQL
import CarrelStore

/// The worker: the one process that reads records.
///
/// It is this same program, started by ``WorkerProcess`` with three descriptors. It locks itself
/// down before it reads anything at all, and from then on can only compute and write one typed
/// answer.
public enum Worker {
  /// The word that starts this program as a worker; no person types it.
  public static let word = "worker"

  /// Locks down, reads the request, computes it, writes the answer, and gives the exit status.
  ///
  /// - Parameter words: The arguments after ``word``.
  /// - Returns: The exit status, which says no more than whether there is an answer.
  public static func main(_ words: [String]) -> Int32 {
    do {
      let process = try ConfinedProcess(words, preparing: Database.prepareForDescriptors)
      let bytes = try process.question(byteLimit: JSON.Limits.workerMessage.bytes)
      let request = try JSON(parsing: bytes, limits: .workerMessage).decoded(as: WorkerRequest.self)
      let answer = answer(to: request) { piece throws(SandboxError) in try process.make(piece) }
      try process.send(try JSON(encoding: answer).bytes())
      return ExitStatus.done.rawValue
    } catch {
      return ExitStatus.fault.rawValue
    }
  }

  private static func answer(
    to request: WorkerRequest, making make: (_ piece: [UInt8]) throws(SandboxError) -> Void
  ) -> WorkerAnswer {
    do throws(EngineError) {
      if case .judgement(let judgement) = request.task {
        return .judgement(try judgement.judged())
      }
      let records = try Records(
        in: ConfinedChild.fileNumber,
        limits: StatementLimits(
          duration: .milliseconds(request.durationMilliseconds),
          memoryBytes: request.databaseMemoryBytes))
      switch request.task {
      case .results, .judgement:
        try records.confine(to: request.plan, showsIdentifiers: false)
        return .results(try records.engine(request.engine).results(of: request.plan))
      case .labelledResults:
        try records.confine(to: request.plan, showsIdentifiers: false)
        let engine = try records.engine(request.engine)
        let results = try engine.results(of: request.plan)
        return .labelledResults(
          results, byteCounts: try Labels(of: request.plan, results, by: engine).passed(to: make))
      case .rows(let columns, let limit):
        guard try records.mayBePreviewed else { return .failure(.people) }
        if let limit { try records.keepOnly(first: limit) }
        try records.confine(to: request.plan, showsIdentifiers: true)
        return .rows(
          try records.engine(request.engine, showsIdentifiers: true)
            .rows(of: columns, in: request.plan))
      }
    } catch {
      return .failure(error.cause)
    }
  }
}
