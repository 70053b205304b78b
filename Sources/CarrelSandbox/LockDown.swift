internal import CSystem

/// What a process is bounded to once it is locked down.
public struct SandboxLimits: Hashable, Sendable {
  /// Address space, in bytes.
  public var memoryBytes: Int
  /// Processor time, in seconds.
  public var processorSeconds: Int
  /// One more than the greatest number that a descriptor may have.
  public var descriptorCount: Int

  /// Limits of so much.
  public init(memoryBytes: Int, processorSeconds: Int, descriptorCount: Int = 16) {
    self.memoryBytes = memoryBytes
    self.processorSeconds = processorSeconds
    self.descriptorCount = descriptorCount
  }
}

/// How this process gives up, for good, what computing on records does not take.
///
/// It happens before any thread is started, because the kernel binds some layers to the thread that
/// asks for them.
public struct LockDown: Sendable {
  /// The layers to put in place.
  public var layers = Set(SandboxLayer.allCases)
  /// What the process is bounded to.
  public var limits: SandboxLimits
  /// Descriptors below this number stay open.
  public var keptDescriptors: Int
  /// The descriptor that results are written to.
  public var answer: CInt
  /// The pipe that whatever else is made is written to; the same as `answer` where nothing is.
  public var product: CInt

  /// A lock-down with every layer.
  public init(
    limits: SandboxLimits, keptDescriptors: Int, answer: CInt, product: CInt? = nil
  ) {
    self.limits = limits
    self.keptDescriptors = keptDescriptors
    self.answer = answer
    self.product = product ?? answer
  }

  /// Gives everything up, in the one order that works, and says what came of it.
  ///
  /// A layer that the kernel refuses is in the report; the others are put in place all the same.
  public func apply() -> SandboxReport {
    SandboxReport(
      Dictionary(
        uniqueKeysWithValues: Self.order.filter(layers.contains).map { layer in
          let result = apply(layer)
          return (
            layer,
            result < 0
              ? .absent(errorNumber: Int(-result))
              : .inPlace(version: layer == .landlock ? Int(result) : nil)
          )
        }))
  }

  /// A new user namespace takes back the signal at the parent's end and brings capabilities, so it
  /// comes first; privileges go before Landlock and seccomp, which ask for that; seccomp comes last,
  /// because it refuses the system calls of the others.
  private static let order: [SandboxLayer] = [
    .descriptors, .namespaces, .limits, .privileges, .inspection, .lifetime, .landlock, .seccomp,
  ]

  /// Puts one layer in place: 0 or more where that worked, an error number negated where not.
  private func apply(_ layer: SandboxLayer) -> CInt {
    switch layer {
    case .descriptors: carrel_close_from(CUnsignedInt(keptDescriptors))
    case .namespaces: carrel_leave_namespaces()
    case .limits: applyLimits()
    case .privileges: carrel_drop_privileges()
    case .inspection: carrel_hide_memory()
    case .lifetime: carrel_die_with_parent()
    case .landlock: carrel_landlock()
    case .seccomp: carrel_seccomp(answer, product)
    }
  }

  private func applyLimits() -> CInt {
    let seconds = UInt64(limits.processorSeconds)
    // A second after the signal that says so, the kernel ends the process whatever it does.
    let bounds: [(Int, UInt64, UInt64)] = [
      (carrel_limit_memory, UInt64(limits.memoryBytes), UInt64(limits.memoryBytes)),
      (carrel_limit_processor_seconds, seconds, seconds + 1),
      (carrel_limit_descriptors, UInt64(limits.descriptorCount), UInt64(limits.descriptorCount)),
      (carrel_limit_file_size, 0, 0), (carrel_limit_core_size, 0, 0),
      (carrel_limit_processes, 0, 0),
    ]
    for (resource, soft, hard) in bounds {
      let result = carrel_limit(CInt(resource), soft, hard)
      if result < 0 { return result }
    }
    return 0
  }
}
