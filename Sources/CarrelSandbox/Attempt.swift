internal import CSystem

/// Something that a locked-down process must not be able to do, and tries.
public enum Attempt: String, Hashable, Sendable, CaseIterable {
  case open, create, connect, listen, localSocket, execute, fork, trace, signal, environment
  case descriptor, write, memoryFile, machineCode, privilege, memory, processorTime, descriptors
  /// Only without seccomp, which keeps a process from having the child that would look.
  case inspect
  /// Only without seccomp, under which the process cannot ask.
  case outlive

  /// What is tried, in words that follow "tried to".
  public var summary: String {
    switch self {
    case .open: "open a file outside"
    case .create: "make a file"
    case .connect: "connect to a port"
    case .listen: "listen on a port"
    case .localSocket: "make a local socket"
    case .execute: "start a program"
    case .fork: "make a child process"
    case .trace: "trace a process"
    case .signal: "signal its parent"
    case .environment: "read the environment"
    case .descriptor: "use a descriptor that its parent left open"
    case .write: "write to a file that its parent left open"
    case .memoryFile: "make a file in memory"
    case .machineCode: "make memory that can be executed"
    case .privilege: "regain privilege"
    case .memory: "exceed the memory limit"
    case .processorTime: "exceed the processor time limit"
    case .descriptors: "exceed the limit of open files"
    case .inspect: "look into the process from another of the same user"
    case .outlive: "outlive its parent"
    }
  }

  /// What is tried with all layers in place.
  public static let underAllLayers = allCases.filter { ![.inspect, .outlive].contains($0) }

  /// Whether a layer that is in place stops this by itself.
  ///
  /// The first versions of Landlock knew files alone: ports came with 4 and signals with 6.
  func isCovered(by layer: SandboxLayer, _ state: SandboxReport.State) -> Bool {
    guard layer == .landlock, case .inPlace(let version?) = state else { return true }
    switch self {
    case .connect, .listen: return version >= 4
    case .signal: return version >= 6
    default: return true
    }
  }

  private var number: carrel_attempt {
    switch self {
    case .open: carrel_attempt_open
    case .create: carrel_attempt_create
    case .connect: carrel_attempt_connect
    case .listen: carrel_attempt_listen
    case .localSocket: carrel_attempt_local_socket
    case .execute: carrel_attempt_execute
    case .fork: carrel_attempt_fork
    case .trace: carrel_attempt_trace
    case .signal: carrel_attempt_signal
    case .environment: carrel_attempt_environment
    case .descriptor: carrel_attempt_descriptor
    case .write: carrel_attempt_write
    case .memoryFile: carrel_attempt_memory_file
    case .machineCode: carrel_attempt_machine_code
    case .privilege: carrel_attempt_privilege
    case .memory: carrel_attempt_memory
    case .processorTime: carrel_attempt_processor_time
    case .descriptors: carrel_attempt_descriptors
    case .inspect: carrel_attempt_inspect
    case .outlive: carrel_attempt_outlive
    }
  }

  /// Tries it in this process: 0 where it worked, or the system's error number.
  func perform() -> CInt { carrel_attempt(number) }
}

extension SandboxLayer {
  /// What this layer must stop by itself, so that each is proved and not only the sum of all.
  public var attempts: [Attempt] {
    switch self {
    case .descriptors: [.descriptor]
    case .namespaces: [.connect]
    case .limits: [.write, .memory, .descriptors, .processorTime]
    case .privileges: [.privilege]
    case .inspection: [.inspect]
    case .lifetime: [.outlive]
    case .landlock: [.open, .create, .connect, .listen, .signal]
    case .seccomp:
      [.open, .localSocket, .execute, .fork, .trace, .signal, .memoryFile, .machineCode]
    }
  }
}
