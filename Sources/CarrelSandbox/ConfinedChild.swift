/// A child process that locks itself down before it is given anything to do.
///
/// It is this same program, started with a word that no person types. It has nothing but three
/// descriptors: what it is asked, what it answers, and one file that was opened for it.
public final class ConfinedChild {
  /// What each layer became, as the child reported before it was asked anything.
  public let report: SandboxReport
  private let child: ChildProcess
  private let request: Descriptor
  private let answer: Descriptor

  // The descriptors of the child.
  fileprivate static let requestNumber: CInt = 3
  fileprivate static let answerNumber: CInt = 4
  /// The number by which the child knows the file.
  public static let fileNumber: CInt = 5

  /// Starts the child and waits until it has locked itself down.
  ///
  /// - Parameters:
  ///   - program: The program to start: this one.
  ///   - word: The argument that tells it what it is; it makes a ``ConfinedProcess`` first.
  ///   - limits: What it is bounded to.
  ///   - file: What it may read.
  /// - Throws: ``SandboxError`` where it cannot be started or ends before it has reported.
  public init(
    program: String = ChildProcess.runningProgram, word: String, limits: SandboxLimits,
    file: Descriptor
  ) throws(SandboxError) {
    let toChild = try Descriptor.pipe()
    let fromChild = try Descriptor.pipe()
    child = try ChildProcess(
      program: program, arguments: [word] + limits.words,
      descriptors: [nil, nil, nil, toChild.reading, fromChild.writing, file])
    toChild.reading.close()
    fromChild.writing.close()
    request = toChild.writing
    answer = fromChild.reading
    let bytes = try answer.read(exactly: SandboxReport.byteCount)
    guard let report = SandboxReport(bytes: bytes) else {
      throw SandboxError(.start, program, reason: "it ended before it was locked down")
    }
    self.report = report
  }

  /// What came of asking.
  public enum Answer: Hashable, Sendable {
    /// Everything that the child answered, before it ended well.
    case complete([UInt8])
    /// The time was over, and the child is no more.
    case late
    /// The child ended in another way; `peakMemoryBytes` is the most memory that it had in use.
    case ended(ChildProcess.Ending, peakMemoryBytes: Int)
  }

  /// Asks the child, and waits for all of its answer.
  ///
  /// - Parameters:
  ///   - question: What it is asked.
  ///   - byteLimit: The longest answer that is read.
  ///   - end: When the child is ended whatever it does.
  /// - Returns: What came of it.
  /// - Throws: ``SandboxError``.
  public func ask(
    _ question: [UInt8], byteLimit: Int, before end: ContinuousClock.Instant
  ) throws(SandboxError) -> Answer {
    do { try request.writeAll(question) } catch {
      // A child that has gone has an ending, which says more than a pipe that nobody reads.
    }
    request.close()
    guard let bytes = try answer.readAll(byteLimit: byteLimit, before: end) else {
      child.kill()
      _ = try child.wait()
      return .late
    }
    let ending = try child.wait()
    return ending.isSuccess
      ? .complete(bytes) : .ended(ending, peakMemoryBytes: child.peakMemoryBytes)
  }
}

/// The child's side of ``ConfinedChild``.
public struct ConfinedProcess {
  private let request: Descriptor
  private let answer: Descriptor

  /// Locks this process down and reports what came of it.
  ///
  /// It comes before anything else that the process does, and before any thread is started.
  ///
  /// - Parameters:
  ///   - words: The arguments after the word that says what the process is.
  ///   - prepare: What has to be done while the system still answers; it is given no data.
  /// - Throws: ``SandboxError`` where the arguments are not those of ``ConfinedChild``, or nobody
  ///   takes the report.
  public init(_ words: [String], preparing prepare: () -> Void = {}) throws(SandboxError) {
    guard let limits = SandboxLimits(words: words) else {
      throw SandboxError(.start, "a confined process", reason: "only this program starts one")
    }
    request = Descriptor(takingOver: ConfinedChild.requestNumber)
    answer = Descriptor(takingOver: ConfinedChild.answerNumber)
    prepare()
    let lockDown = LockDown(
      limits: limits, keptDescriptors: Int(ConfinedChild.fileNumber) + 1, answer: answer.number)
    try answer.writeAll(lockDown.apply().bytes)
  }

  /// What the process is asked; waits for all of it.
  public func question(byteLimit: Int) throws(SandboxError) -> [UInt8] {
    try request.readAll(byteLimit: byteLimit)
  }

  /// Answers, once.
  public func send(_ bytes: [UInt8]) throws(SandboxError) { try answer.writeAll(bytes) }
}

extension SandboxLimits {
  /// The limits as arguments, because they hold before the first byte of a question is read.
  fileprivate var words: [String] {
    [memoryBytes, processorSeconds, descriptorCount].map(String.init)
  }

  fileprivate init?(words: [String]) {
    let numbers = words.compactMap { Int($0) }.filter { $0 > 0 }
    guard words.count == 3, numbers.count == 3 else { return nil }
    self.init(
      memoryBytes: numbers[0], processorSeconds: numbers[1], descriptorCount: numbers[2])
  }
}
