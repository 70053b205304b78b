import CarrelEngine
import CarrelJSON
import CarrelPlan
import CarrelSandbox

/// The parent's side of the worker: an engine whose work is done in a child process.
///
/// Records are read in the child only. The plan goes to it on one pipe and aggregates come back on
/// another; it has no other descriptors, an empty environment, and nowhere to print.
struct WorkerProcess: Engine {
  /// The program that is started as the worker: this one.
  var program = ChildProcess.runningProgram
  /// Which engine the worker uses.
  let engine: EngineChoice
  /// The records database.
  let recordsPath: String

  func results(of plan: Plan) throws(EngineError) -> RawResults {
    guard case .results(let results) = try answer(to: .results, of: plan) else { throw .garbled }
    return results
  }

  func rows(of columns: [PreviewColumn], in plan: Plan) throws(EngineError) -> [PreviewRow] {
    try rows(of: columns, in: plan, limit: nil)
  }

  /// Computes columns for the first so many patients, or for all.
  func rows(
    of columns: [PreviewColumn], in plan: Plan, limit: Int?
  ) throws(EngineError) -> [PreviewRow] {
    guard case .rows(let rows) = try answer(to: .rows(columns, limit: limit), of: plan) else {
      throw .garbled
    }
    return rows
  }

  private func answer(to task: WorkerRequest.Task, of plan: Plan) throws(EngineError)
    -> WorkerAnswer
  {
    let request = WorkerRequest(engine: engine, recordsPath: recordsPath, plan: plan, task: task)
    do {
      let bytes = try exchange(try JSON(encoding: request).bytes())
      let answer = try JSON(parsing: bytes, limits: .workerMessage).decoded(as: WorkerAnswer.self)
      if case .failure(let operation, let reason) = answer {
        throw EngineError(operation: operation, reason: reason)
      }
      return answer
    } catch let error as EngineError {
      throw error
    } catch let error as SandboxError {
      throw EngineError(operation: "run the executor", reason: error.description)
    } catch {
      throw .garbled
    }
  }

  /// Sends the request, and gives the answer of a child that ended well.
  private func exchange(_ request: [UInt8]) throws -> [UInt8] {
    let toWorker = try Descriptor.pipe()
    let fromWorker = try Descriptor.pipe()
    let child = try ChildProcess(
      program: program, arguments: [Worker.word],
      descriptors: [nil, nil, nil, toWorker.reading, fromWorker.writing])
    toWorker.reading.close()
    fromWorker.writing.close()
    try toWorker.writing.writeAll(request)
    toWorker.writing.close()
    let answer = try fromWorker.reading.readAll(byteLimit: JSON.Limits.workerMessage.bytes)
    guard try child.wait().isSuccess else {
      throw EngineError(operation: "run the executor", reason: "it ended without an answer")
    }
    return answer
  }
}

extension EngineError {
  /// An answer that cannot be read; only a fault in the program makes one.
  static let garbled = EngineError(
    operation: "run the executor", reason: "its answer cannot be read")
}
