internal import CSystem
internal import Glibc

/// An attempt in a child process that has locked itself down and is there for nothing else.
public struct Trial: Hashable, Sendable {
  /// What came of an attempt.
  public enum Outcome: Hashable, Sendable {
    /// The process did what it must not be able to do.
    case worked
    /// The system refused.
    case refused(errorNumber: Int)
    /// The process was ended for it.
    case killed(signal: Int)

    /// Whether the attempt was stopped.
    public var isStopped: Bool { self != .worked }
  }

  /// What is tried.
  public let attempt: Attempt
  /// The layers in place.
  public let layers: Set<SandboxLayer>

  /// The word that starts this program as such a child; no person types it.
  public static let word = "sandbox-trial"

  /// An attempt under some layers, or under all.
  public init(_ attempt: Attempt, under layers: Set<SandboxLayer> = Set(SandboxLayer.allCases)) {
    self.attempt = attempt
    self.layers = layers
  }

  /// Every attempt that a layer must stop by itself, with that layer alone.
  ///
  /// Landlock and seccomp are not to be had without ``SandboxLayer/privileges``.
  public static func alone(_ layer: SandboxLayer) -> [Trial] {
    layer.attempts.map { Trial($0, under: [layer, .privileges]) }
  }

  /// So little that exceeding it costs a moment.
  private static let limits = SandboxLimits(memoryBytes: 2 << 30, processorSeconds: 1)
  private static let answer: CInt = 3

  /// Starts the child; ``RunningTrial/finish()`` says what came of it.
  ///
  /// - Throws: ``SandboxError`` where it cannot be started.
  public func start(
    program: String = ChildProcess.runningProgram
  ) throws(SandboxError) -> RunningTrial {
    let pipe = try Descriptor.pipe()
    let words = layers.map(\.rawValue).sorted().joined(separator: ",")
    let child = try ChildProcess(
      program: program, arguments: [Self.word, attempt.rawValue, words],
      descriptors: [nil, nil, nil, pipe.writing])
    return RunningTrial(child: child, answer: pipe.reading)
  }

  /// Runs as the child: locks down, sends the report, tries it, and sends what came of it.
  ///
  /// - Parameter words: The arguments after ``word``.
  /// - Returns: The exit status.
  public static func main(_ words: [String]) -> CInt {
    guard words.count == 2, let attempt = Attempt(rawValue: words[0]) else { return 70 }
    carrel_attempt_prepare()
    let answer = Descriptor(takingOver: answer)
    var lockDown = LockDown(
      limits: limits, keptDescriptors: Int(Self.answer) + 1, answer: Self.answer)
    lockDown.layers = Set(words[1].split(separator: ",").compactMap { .init(rawValue: "\($0)") })
    let report = lockDown.apply()
    do {
      try answer.writeAll(report.bytes)
      try answer.writeAll([UInt8(clamping: attempt.perform())])
      return 0
    } catch {
      return 70
    }
  }
}

/// A trial that has been started.
public struct RunningTrial {
  fileprivate let child: ChildProcess
  fileprivate let answer: Descriptor

  /// Waits for the child and says what its layers were and what came of the attempt.
  ///
  /// - Throws: ``SandboxError`` where the child did not even come to try.
  public func finish() throws(SandboxError) -> (report: SandboxReport, outcome: Trial.Outcome) {
    let bytes = try answer.readAll(byteLimit: SandboxReport.byteCount + 1)
    let ending = try child.wait()
    guard let report = SandboxReport(bytes: Array(bytes.prefix(SandboxReport.byteCount))) else {
      throw SandboxError(.read, Trial.word, reason: "it ended before it tried anything")
    }
    switch (bytes.last, ending) {
    case (_, .killed(let signal)): return (report, .killed(signal: signal))
    case (let number?, _) where bytes.count > SandboxReport.byteCount && number > 0:
      return (report, .refused(errorNumber: Int(number)))
    // Where it became another program, that one's end is all there is.
    default: return (report, .worked)
    }
  }
}

extension Trial.Outcome: CustomStringConvertible {
  /// What came of the attempt, in words.
  public var description: String {
    switch self {
    case .worked: "IT WORKED"
    case .refused(let errorNumber):
      "refused: \(String(cString: strerror(CInt(errorNumber))).lowercased())"
    case .killed(let signal): "ended: \(Self.name(of: signal))"
    }
  }

  private static func name(of signal: Int) -> String {
    switch CInt(signal) {
    case SIGSYS: "forbidden system call"
    case SIGXCPU: "processor time limit"
    case SIGXFSZ: "file size limit"
    case SIGKILL: "killed"
    default: "signal \(signal)"
    }
  }
}
