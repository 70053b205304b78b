/// A child process that locks itself down before it is given anything to do.
///
/// It is this same program, started with a word that no person types. It has nothing but the
/// descriptors of two pipes, what it is asked and what it answers, of files that were opened for it
/// to read, and of a third pipe for what it makes besides its answer.
public final class ConfinedChild {
  /// What each layer became, as the child reported before it was asked anything.
  public let report: SandboxReport
  private let child: ChildProcess
  private let request: Descriptor
  private let answer: Descriptor
  private let product: Descriptor

  // The descriptors of the child.
  fileprivate static let requestNumber: CInt = 3
  fileprivate static let answerNumber: CInt = 4
  fileprivate static let productNumber: CInt = 5
  /// The number by which the child knows the first of its files; the others follow.
  public static let fileNumber: CInt = 6
  /// How many files a child can be given.
  public static let fileLimit = 900

  /// Starts the child and waits until it has locked itself down.
  ///
  /// - Parameters:
  ///   - program: The program to start: this one.
  ///   - word: The argument that tells it what it is; it makes a ``ConfinedProcess`` first.
  ///   - limits: What it is bounded to.
  ///   - files: What it may read; at most ``fileLimit``.
  /// - Throws: ``SandboxError`` where it cannot be started or ends before it has reported.
  public init(
    program: String = ChildProcess.runningProgram, word: String, limits: SandboxLimits,
    files: [Descriptor]
  ) throws(SandboxError) {
    precondition(files.count <= Self.fileLimit, "a child has no more files than it has room for")
    let toChild = try Descriptor.pipe()
    let fromChild = try Descriptor.pipe()
    let productPipe = try Descriptor.pipe()
    var limits = limits
    limits.descriptorCount += files.count
    child = try ChildProcess(
      program: program, arguments: [word] + limits.words + ["\(files.count)"],
      descriptors: [nil, nil, nil, toChild.reading, fromChild.writing, productPipe.writing] + files)
    toChild.reading.close()
    fromChild.writing.close()
    productPipe.writing.close()
    product = productPipe.reading
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
  ///   - keep: Takes, piece by piece, what the child makes besides its answer.
  /// - Returns: What came of it.
  /// - Throws: ``SandboxError``, and what `keep` throws.
  public func ask(
    _ question: [UInt8], byteLimit: Int, before end: ContinuousClock.Instant,
    keeping keep: (_ piece: [UInt8]) throws -> Void = { _ in }
  ) throws -> Answer {
    do { try request.writeAll(question) } catch {
      // A child that has gone has an ending, which says more than a pipe that nobody reads.
    }
    request.close()
    // The child answers when it has made everything else, so neither waits for the other.
    guard try product.readPieces(before: end, keep),
      let bytes = try answer.readAll(byteLimit: byteLimit, before: end)
    else {
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
  private let product: Descriptor

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
    guard let limits = SandboxLimits(words: Array(words.dropLast())),
      let fileCount = words.last.flatMap({ Int($0) }), fileCount >= 0
    else {
      throw SandboxError(.start, "a confined process", reason: "only this program starts one")
    }
    request = Descriptor(takingOver: ConfinedChild.requestNumber)
    answer = Descriptor(takingOver: ConfinedChild.answerNumber)
    product = Descriptor(takingOver: ConfinedChild.productNumber)
    prepare()
    let lockDown = LockDown(
      limits: limits, keptDescriptors: Int(ConfinedChild.fileNumber) + fileCount,
      answer: answer.number, product: product.number)
    try answer.writeAll(lockDown.apply().bytes)
  }

  /// What the process is asked; waits for all of it.
  public func question(byteLimit: Int) throws(SandboxError) -> [UInt8] {
    try request.readAll(byteLimit: byteLimit)
  }

  /// Passes on a piece of what the process makes besides its answer; before it answers.
  public func make(_ piece: [UInt8]) throws(SandboxError) { try product.writeAll(piece) }

  /// Answers, once.
  public func send(_ bytes: [UInt8]) throws(SandboxError) {
    product.close()
    try answer.writeAll(bytes)
  }
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
