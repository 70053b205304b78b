internal import CSystem
internal import Glibc

/// A process that this one started, with nothing of this one's but what it is given.
///
/// It has the arguments, environment and descriptors that are named and no others: anything else is
/// closed on the way. Letting a child go ends it.
public final class ChildProcess {
  /// How a process ended.
  public enum Ending: Hashable, Sendable {
    case exited(status: Int)
    case killed(signal: Int)

    /// Whether the process says that it did what it was asked to.
    public var isSuccess: Bool { self == .exited(status: 0) }

    /// Whether the system ended it because its processor time was used up.
    public var isTimeOver: Bool { self == .killed(signal: Int(SIGXCPU)) }
  }

  /// The program that is running now, to start again as a child.
  ///
  /// A name in the process file system rather than the path it stands for, so that the child is
  /// this very program even where the file at that path has been replaced since.
  public static let runningProgram = "/proc/self/exe"

  private let program: String
  private let identifier: pid_t
  private var ending: Ending?

  /// The most memory that the process ever had in use, in bytes; 0 until ``wait()`` has come back.
  public private(set) var peakMemoryBytes = 0

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - program: The path of the program; no search path is used.
  ///   - arguments: The arguments after the program's own name.
  ///   - environment: The environment; empty unless given.
  ///   - descriptors: What the child has as descriptor 0, 1, 2 and so on; `nil`, and each of the
  ///     first three that is not listed, is the null device.
  /// - Throws: ``SandboxError`` with the program and the system's reason.
  public init(
    program: String, arguments: [String], environment: [String: String] = [:],
    descriptors: [Descriptor?]
  ) throws(SandboxError) {
    self.program = program
    identifier = try Self.start(
      program, [program] + arguments, environment,
      try Self.placed(descriptors))
  }

  deinit {
    guard ending == nil else { return }
    kill()
    _ = try? wait()
  }

  /// Starts a program that goes on by itself when this process has ended.
  ///
  /// It has no environment and no descriptor but the null device, and is in a session of its own, so
  /// that a terminal that is closed does not end it.
  ///
  /// - Parameters:
  ///   - program: The path of the program; no search path is used.
  ///   - arguments: The arguments after the program's own name.
  /// - Throws: ``SandboxError`` with the program and the system's reason.
  public static func startAlone(
    program: String, arguments: [String]
  ) throws(SandboxError) {
    _ = try start(program, [program] + arguments, [:], try placed([]), isAlone: true)
  }

  /// Waits for the process to end, and says how it did.
  public func wait() throws(SandboxError) -> Ending {
    if let ending { return ending }
    var status: CInt = 0
    var usage = rusage()
    let waited = retryingInterrupted { wait4(identifier, &status, 0, &usage) }
    guard waited == identifier else { throw SandboxError(.wait, program, code: errno) }
    peakMemoryBytes = usage.ru_maxrss << 10
    // The macros that take a status apart are not imported: its low seven bits are the signal.
    let signal = Int(status & 0x7f)
    let found: Ending =
      signal == 0 ? .exited(status: Int(status >> 8) & 0xff) : .killed(signal: signal)
    ending = found
    return found
  }

  /// Ends the process at once; one that has ended stays as it is.
  public func kill() {
    if ending == nil { _ = Glibc.kill(identifier, SIGKILL) }
  }
}

extension ChildProcess {
  /// Copies of the child's descriptors, numbered above those that the child will have.
  ///
  /// Putting one in its place then never overwrites another that still has to be moved.
  private static func placed(_ descriptors: [Descriptor?]) throws(SandboxError) -> [Descriptor] {
    let count = max(3, descriptors.count)
    let null = try Descriptor.nullDevice()
    var placed: [Descriptor] = []
    for place in 0..<count {
      let chosen = place < descriptors.count ? descriptors[place] : nil
      placed.append(try (chosen ?? null).duplicated(from: CInt(count)))
    }
    return placed
  }

  private static func start(
    _ program: String, _ arguments: [String], _ environment: [String: String],
    _ descriptors: [Descriptor], isAlone: Bool = false
  ) throws(SandboxError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (place, descriptor) in descriptors.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor.number, CInt(place))
    }
    carrel_spawn_close_from(&actions, CInt(descriptors.count))
    setOrdinarySignals(&attributes, isAlone: isAlone)
    var identifier: pid_t = 0
    let variables = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let code = withCStrings(arguments) { arguments in
      withCStrings(variables) { variables in
        posix_spawn(&identifier, program, &actions, &attributes, arguments, variables)
      }
    }
    guard code == 0 else { throw SandboxError(.start, program, code: code) }
    return identifier
  }

  /// No signal is blocked in the child, and a broken pipe ends it whatever this process does.
  private static func setOrdinarySignals(
    _ attributes: inout posix_spawnattr_t, isAlone: Bool
  ) {
    var none = sigset_t()
    var restored = sigset_t()
    sigemptyset(&none)
    sigemptyset(&restored)
    sigaddset(&restored, SIGPIPE)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &restored)
    // POSIX_SPAWN_SETSID, which the C library declares only to those who ask for all that it has.
    let session: CInt = isAlone ? 0x80 : 0
    posix_spawnattr_setflags(
      &attributes, CShort(CInt(POSIX_SPAWN_SETSIGMASK) | CInt(POSIX_SPAWN_SETSIGDEF) | session))
  }
}

/// Lends the texts as a C array of C strings that ends with a null pointer.
private func withCStrings<Result>(
  _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let copies = texts.map { strdup($0) }
  defer { copies.forEach { free($0) } }
  return body(copies + [nil])
}
