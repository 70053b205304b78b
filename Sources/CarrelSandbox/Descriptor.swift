internal import Glibc

/// An open file or one end of a pipe; it is closed when it is let go, and by every exec.
public final class Descriptor {
  /// The number that the operating system knows it by, or -1 once it is closed.
  public private(set) var number: CInt

  /// Takes over an open descriptor, which from now on nothing else closes.
  public init(takingOver number: CInt) {
    precondition(number >= 0, "a descriptor is open")
    self.number = number
    _ = fcntl(number, F_SETFD, FD_CLOEXEC)
  }

  /// Opens a file to read.
  public convenience init(reading path: String) throws(SandboxError) {
    try self.init(opening: path, flags: O_RDONLY)
  }

  /// Opens the null device, which has nothing to read and takes anything.
  static func nullDevice() throws(SandboxError) -> Descriptor {
    try Descriptor(opening: "/dev/null", flags: O_RDWR)
  }

  private init(opening path: String, flags: CInt) throws(SandboxError) {
    let opened = retryingInterrupted { Glibc.open(path, flags | O_CLOEXEC) }
    guard opened >= 0 else { throw SandboxError(.open, path, code: errno) }
    number = opened
  }

  deinit { close() }

  /// Closes the descriptor now; closing it again does nothing.
  public func close() {
    if number >= 0 { _ = Glibc.close(number) }
    number = -1
  }

  /// Gives the open descriptor to whoever closes it from now on.
  public func relinquish() -> CInt {
    precondition(number >= 0, "a descriptor is open")
    defer { number = -1 }
    return number
  }

  /// A pipe: what is written at one end is read at the other.
  public static func pipe() throws(SandboxError) -> (reading: Descriptor, writing: Descriptor) {
    var ends: [CInt] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { throw SandboxError(.pipe, "a child process", code: errno) }
    return (Descriptor(takingOver: ends[0]), Descriptor(takingOver: ends[1]))
  }

  /// A second descriptor of the same file whose number is at least the one given.
  func duplicated(from lowest: CInt) throws(SandboxError) -> Descriptor {
    let copy = fcntl(number, F_DUPFD_CLOEXEC, lowest)
    guard copy >= 0 else { throw SandboxError(.duplicate, "a descriptor", code: errno) }
    return Descriptor(takingOver: copy)
  }
}

extension Descriptor {
  /// Reads what is there, waiting for the first byte; 0 at the end.
  ///
  /// - Parameter buffer: Where the bytes go; as many as fit and are there.
  /// - Returns: How many bytes were read.
  /// - Throws: ``SandboxError`` with the system's reason.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(SandboxError) -> Int {
    let count = retryingInterrupted { Glibc.read(number, buffer.baseAddress, buffer.count) }
    guard count >= 0 else { throw SandboxError(.read, "a pipe", code: errno) }
    return count
  }

  /// Reads so many bytes, or fewer where the end comes before.
  func read(exactly count: Int) throws(SandboxError) -> [UInt8] {
    var bytes: [UInt8] = []
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
    defer { piece.deallocate() }
    while bytes.count < count {
      let more = try read(into: UnsafeMutableRawBufferPointer(rebasing: piece[bytes.count...]))
      guard more > 0 else { break }
      bytes = Array(piece[..<(bytes.count + more)])
    }
    return bytes
  }

  /// Waits until there is something to read, or the end.
  ///
  /// - Parameter end: The moment to wait for at most.
  /// - Returns: Whether there is; `false` when the moment came first.
  private func isReadable(before end: ContinuousClock.Instant) -> Bool {
    var wanted = pollfd(fd: number, events: CShort(POLLIN), revents: 0)
    while true {
      let milliseconds = (end - .now) / .milliseconds(1)
      guard milliseconds > 0 else { return false }
      if poll(&wanted, 1, CInt(min(milliseconds + 1, 1_000_000))) > 0 { return true }
    }
  }

  /// Passes on everything up to the end, piece by piece.
  ///
  /// - Parameters:
  ///   - end: The moment to wait for at most.
  ///   - body: Takes each piece.
  /// - Returns: Whether the end came; `false` when the moment came first.
  /// - Throws: ``SandboxError`` with the system's reason, and what the body throws.
  func readPieces(
    before end: ContinuousClock.Instant, _ body: ([UInt8]) throws -> Void
  ) throws -> Bool {
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
    defer { piece.deallocate() }
    while isReadable(before: end) {
      let count = try read(into: piece)
      guard count > 0 else { return true }
      try body(Array(piece[..<count]))
    }
    return false
  }

  /// Reads everything up to the end.
  ///
  /// - Parameters:
  ///   - byteLimit: The most that is read; more than that is an error, because whoever writes is
  ///     not trusted to stop.
  ///   - end: The moment to wait for at most; `nil` waits for as long as it takes.
  /// - Returns: All the bytes; `nil` when the moment came first.
  /// - Throws: ``SandboxError`` with the system's reason, or saying that the limit was passed.
  public func readAll(
    byteLimit: Int, before end: ContinuousClock.Instant
  ) throws(SandboxError) -> [UInt8]? {
    try readAll(byteLimit: byteLimit) { isReadable(before: end) }
  }

  /// Reads everything up to the end.
  ///
  /// - Parameter byteLimit: The most that is read; more than that is an error, because whoever
  ///   writes is not trusted to stop.
  /// - Returns: All the bytes.
  /// - Throws: ``SandboxError`` with the system's reason, or saying that the limit was passed.
  public func readAll(byteLimit: Int) throws(SandboxError) -> [UInt8] {
    try readAll(byteLimit: byteLimit) { true } ?? []
  }

  private func readAll(
    byteLimit: Int, while goesOn: () -> Bool
  ) throws(SandboxError) -> [UInt8]? {
    var bytes: [UInt8] = []
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
    defer { piece.deallocate() }
    while goesOn() {
      let count = try read(into: piece)
      guard count > 0 else { return bytes }
      guard bytes.count + count <= byteLimit else {
        throw SandboxError(.read, "a pipe", reason: "more than \(byteLimit) bytes came")
      }
      bytes.append(contentsOf: piece[..<count])
    }
    return nil
  }

  /// Writes all the bytes.
  ///
  /// That nobody reads any more is an error like any other, not a signal that ends the process.
  public func writeAll(_ bytes: [UInt8]) throws(SandboxError) {
    let failure = withoutBrokenPipeSignal { () -> CInt? in
      bytes.withUnsafeBytes { buffer in
        var written = 0
        while written < buffer.count {
          let rest = UnsafeRawBufferPointer(rebasing: buffer[written...])
          let count = retryingInterrupted { Glibc.write(number, rest.baseAddress, rest.count) }
          guard count >= 0 else { return errno }
          written += count
        }
        return nil
      }
    }
    if let failure { throw SandboxError(.write, "a pipe", code: failure) }
  }
}

/// Calls again for as long as a signal interrupted the call.
func retryingInterrupted<Result: SignedInteger>(_ call: () -> Result) -> Result {
  while true {
    let result = call()
    if result >= 0 || errno != EINTR { return result }
  }
}

/// Holds back `SIGPIPE` on this thread during the body, and takes back one that the body caused.
///
/// Ignoring the signal for the whole process would change what happens when the reader of standard
/// output goes away, which is not this module's to decide.
private func withoutBrokenPipeSignal(_ body: () -> CInt?) -> CInt? {
  var brokenPipe = sigset_t()
  var pending = sigset_t()
  var previous = sigset_t()
  sigemptyset(&brokenPipe)
  sigaddset(&brokenPipe, SIGPIPE)
  sigpending(&pending)
  let wasPending = sigismember(&pending, SIGPIPE) == 1
  pthread_sigmask(SIG_BLOCK, &brokenPipe, &previous)
  let failure = body()
  if failure == EPIPE && !wasPending {
    var atOnce = timespec(tv_sec: 0, tv_nsec: 0)
    _ = retryingInterrupted { sigtimedwait(&brokenPipe, nil, &atOnce) }
  }
  pthread_sigmask(SIG_SETMASK, &previous, nil)
  return failure
}
