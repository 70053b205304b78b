import CarrelEngine
import CarrelSandbox

/// What a worker is bounded to.
///
/// None of it depends on a record.
public struct WorkerLimits: Hashable, Sendable {
  /// How long a run may take, in seconds: of the clock, and of the processor.
  public var seconds = 3_600
  /// The address space of the process, in bytes.
  public var memoryBytes = 4 << 30

  /// An hour and 4 GiB, unless changed.
  public init() {}

  /// Most of it, so that the database says that there is no more before the system does.
  var databaseMemoryBytes: Int { memoryBytes / 4 * 3 }

  var ofProcess: SandboxLimits {
    SandboxLimits(memoryBytes: memoryBytes, processorSeconds: seconds)
  }

  /// Why a process ended before it answered.
  ///
  /// A process that is refused memory stops at once, without a word; that it had used most of what
  /// it may is what is left to tell by.
  func cause(of ending: ChildProcess.Ending, peakMemoryBytes: Int) -> EngineError.Cause {
    if ending.isTimeOver { return .time }
    return peakMemoryBytes >= memoryBytes / 2 ? .memory : .process
  }
}

extension Failure {
  /// A worker that did not give what it was asked for.
  init(_ cause: EngineError.Cause, within limits: WorkerLimits) {
    switch cause {
    case .records:
      self.init(
        "S020", "could not read the records: they cannot be read, or do not hold to their schema",
        help: "carrel load makes the records of a site anew", status: .worldFailed)
    case .time:
      self.init(
        "S021", "the study took longer than the \(limits.seconds.grouped) s that it is given",
        help: "ask for less at once, or give more with `--seconds`", status: .worldFailed)
    case .memory:
      self.init(
        "S022",
        "the study took more than the \((limits.memoryBytes >> 20).grouped) MiB that it is given",
        help: "ask for fewer groups, or give more with `--memory`", status: .worldFailed)
    case .people:
      self.init(
        "S032", "the records are of people, and nothing about one of them is shown",
        help: "leave `--site` out to preview on invented people", status: .refused)
    case .process:
      self.init(
        "S023", "the process that reads the records ended without an answer",
        help: "carrel status --sandbox shows whether this machine can run it", status: .fault)
    }
  }
}
