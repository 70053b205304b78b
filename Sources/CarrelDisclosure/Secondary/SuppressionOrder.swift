/// The order in which groups are taken to be hidden beside others, keyed so that nobody outside can
/// work it out and independent of every count.
public struct SuppressionOrder: Sendable {
  private let rank: @Sendable ([UInt8]) -> UInt64

  /// An order by a keyed digest of what names a group.
  public init(by rank: @escaping @Sendable ([UInt8]) -> UInt64) { self.rank = rank }

  /// An order without a key, for where there is no site (FNV-1a, finished by SplitMix64).
  public static let fixed = SuppressionOrder { bytes in
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
    return hash ^ (hash >> 31)
  }

  /// The place of a group, given the sizes of its groupings and its levels.
  func place(of group: [Int]) -> UInt64 {
    rank(group.flatMap { number in (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) } })
  }
}

/// A release that is not proved safe: nothing of it leaves.
///
/// It says no more than that, because why depends on the records.
public struct ReleaseHeld: Error, Hashable, Sendable {
  init() {}
}
