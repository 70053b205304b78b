import CarrelEngine
import CarrelJSON
import CarrelPlan
import CarrelRecords
import CarrelSandbox
import CarrelSQL
import CarrelStore

/// The worker: the one process that reads records.
///
/// It is this same program, started by ``WorkerProcess`` with a request on descriptor 3 and nothing
/// else to read, and it can only write a typed answer to descriptor 4.
public enum Worker {
  /// The word that starts this program as a worker; no person types it.
  public static let word = "worker"

  private static let request: CInt = 3
  private static let answer: CInt = 4

  /// Reads the request, computes it, writes the answer, and gives the exit status.
  public static func main() -> Int32 {
    do {
      let bytes = try Descriptor(takingOver: request).readAll(
        byteLimit: JSON.Limits.workerMessage.bytes)
      let request = try JSON(parsing: bytes, limits: .workerMessage).decoded(as: WorkerRequest.self)
      try Descriptor(takingOver: answer).writeAll(try JSON(encoding: answer(to: request)).bytes())
      return ExitStatus.done.rawValue
    } catch {
      return ExitStatus.fault.rawValue
    }
  }

  private static func answer(to request: WorkerRequest) -> WorkerAnswer {
    do throws(EngineError) {
      let records = try Records(at: request.recordsPath)
      switch request.task {
      case .results:
        return .results(try records.engine(request.engine).results(of: request.plan))
      case .rows(let columns, let limit):
        guard try records.mayBePreviewed else {
          return .failure(
            operation: "preview records",
            reason: "they are of people, and nothing about one of them is shown")
        }
        if let limit { try records.keepOnly(first: limit) }
        return .rows(try records.engine(request.engine).rows(of: columns, in: request.plan))
      }
    } catch {
      return .failure(operation: error.operation, reason: error.reason)
    }
  }
}
