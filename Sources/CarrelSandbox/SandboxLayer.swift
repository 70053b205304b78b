/// Something that a process gives up before it reads a record; each holds where another fails.
public enum SandboxLayer: String, Hashable, Sendable, Codable, CaseIterable {
  /// Every descriptor but those that the process is meant to have is closed.
  case descriptors
  /// Networks, shared memory and host names are the process's own, and empty.
  case namespaces
  /// Memory, processor time, open files and the size of files are bounded.
  case limits
  /// Capabilities are gone, and no program that is started could gain any.
  case privileges
  /// Others of the same user cannot look into the process's memory, and no core dump holds it.
  case inspection
  /// The process is killed when the one that started it ends.
  case lifetime
  /// No path and no TCP port can be reached, by the kernel's Landlock.
  case landlock
  /// Only the system calls of computing are answered, by the kernel's seccomp.
  case seccomp

  /// Whether records of people are read only with this layer in place, unless a policy says more.
  ///
  /// Many containers forbid namespaces, and what they keep away is kept away by other layers too.
  public var isRequired: Bool { self != .namespaces }

  /// What the layer keeps from a process, in a few words.
  public var summary: String {
    switch self {
    case .descriptors: "files that others left open"
    case .namespaces: "the machine's network and shared memory"
    case .limits: "more memory, processor time and files than allowed"
    case .privileges: "the rights of an administrator"
    case .inspection: "its memory from others of the same user"
    case .lifetime: "living on without its parent"
    case .landlock: "every path and port"
    case .seccomp: "system calls beyond computing"
    }
  }
}
