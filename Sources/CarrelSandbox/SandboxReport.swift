internal import Glibc

/// What became of each layer when a process locked itself down.
///
/// The process sends it before it is given anything to do, so that whoever started it decides.
public struct SandboxReport: Hashable, Sendable, Codable {
  /// What became of one layer.
  public enum State: Hashable, Sendable, Codable {
    /// It holds; with the version of what the kernel provides, where there are versions.
    case inPlace(version: Int?)
    /// It does not hold; with the system's error number.
    case absent(errorNumber: Int)
    /// It was not asked for.
    case notAsked
  }

  private var states: [SandboxLayer: State]

  init(_ states: [SandboxLayer: State]) { self.states = states }

  /// What became of a layer.
  public subscript(layer: SandboxLayer) -> State { states[layer] ?? .notAsked }

  /// The layers that do not hold, in order.
  public var missing: [SandboxLayer] {
    SandboxLayer.allCases.filter { layer in
      if case .inPlace = self[layer] { false } else { true }
    }
  }

  /// The layers that do not hold and that reading records of people takes.
  ///
  /// - Parameter permitted: Layers that a policy allows to be absent.
  /// - Returns: The others, in order.
  public func missingRequired(permitting permitted: Set<SandboxLayer> = []) -> [SandboxLayer] {
    missing.filter { $0.isRequired && !permitted.contains($0) }
  }
}

extension SandboxReport {
  /// How many bytes ``bytes`` are: as many for every report.
  static let byteCount = SandboxLayer.allCases.count * MemoryLayout<Int32>.size

  private static let notAsked = Int32.min

  /// The report as numbers of a fixed size: nothing else fits in.
  ///
  /// A layer that holds is its version or 0, one that does not its error number, negated.
  var bytes: [UInt8] {
    SandboxLayer.allCases.flatMap { layer in
      let number: Int32 =
        switch self[layer] {
        case .inPlace(let version): Int32(version ?? 0)
        case .absent(let errorNumber): -Int32(errorNumber)
        case .notAsked: Self.notAsked
        }
      return withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
  }

  /// The report that these bytes are; `nil` where their number is wrong.
  init?(bytes: [UInt8]) {
    guard bytes.count == Self.byteCount else { return nil }
    let size = MemoryLayout<Int32>.size
    let numbers = SandboxLayer.allCases.indices.map { index in
      Int32(
        littleEndian: bytes[(index * size)..<((index + 1) * size)].withUnsafeBytes {
          $0.loadUnaligned(as: Int32.self)
        })
    }
    states = Dictionary(
      uniqueKeysWithValues: zip(SandboxLayer.allCases, numbers).map { layer, number in
        (layer, State(number: number))
      })
  }
}

extension SandboxReport.State {
  fileprivate init(number: Int32) {
    switch number {
    case Int32.min: self = .notAsked
    case ..<0: self = .absent(errorNumber: Int(-number))
    case 0: self = .inPlace(version: nil)
    default: self = .inPlace(version: Int(number))
    }
  }
}

extension SandboxReport.State: CustomStringConvertible {
  /// Whether the layer holds, in words.
  public var description: String {
    switch self {
    case .inPlace(nil): "in place"
    case .inPlace(let version?): "in place, version \(version)"
    case .absent(let errorNumber): "missing: \(String(cString: strerror(CInt(errorNumber))))"
    case .notAsked: "not asked for"
    }
  }
}
