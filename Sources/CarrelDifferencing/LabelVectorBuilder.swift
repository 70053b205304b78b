/// Packs labels as they come, in ascending order of the patients' index.
public struct LabelVectorBuilder: Sendable {
  private var bytes: [UInt8]
  private var block: [UInt32] = []
  /// The index of the first patient of the block.
  private var start = 0
  private var largest: UInt32 = 0
  private var patientCount = 0

  /// A vector in which everyone is outside.
  public init() {
    bytes = LabelVector.magic + [UInt8](repeating: 0, count: 8)
    block.reserveCapacity(LabelVector.blockSize)
  }

  /// Adds a patient; whoever is left out between two is outside.
  ///
  /// - Precondition: `index` is larger than that of any patient added before.
  public mutating func append(index: UInt32, label: UInt32) {
    let place = Int(index)
    precondition(place >= start + block.count, "a patient is in one cell, and in order")
    guard label != 0 else { return }
    while place >= start + LabelVector.blockSize { close(filledTo: LabelVector.blockSize) }
    fill(to: place - start)
    block.append(label)
    largest = max(largest, label)
    patientCount = place + 1
  }

  /// The packed vector of everyone added.
  public consuming func finished() -> LabelVector {
    if !block.isEmpty { close(filledTo: block.count) }
    for (number, offset) in [(largest, 4), (UInt32(patientCount), 8)] {
      for byte in 0..<4 { bytes[offset + byte] = UInt8(truncatingIfNeeded: number >> (8 * byte)) }
    }
    let checksum = bytes.withUnsafeBytes(Checksum.of)
    append(checksum, size: LabelVector.checksumSize)
    guard let vector = try? LabelVector(bytes) else {
      preconditionFailure("what the builder packs is well formed")
    }
    return vector
  }

  private mutating func fill(to count: Int) {
    while block.count < count { block.append(0) }
  }

  private mutating func close(filledTo count: Int) {
    fill(to: count)
    pack()
    start += block.count
    block.removeAll(keepingCapacity: true)
  }

  /// Writes the block in its smallest form.
  private mutating func pack() {
    guard let first = block.first, let most = block.max() else { return }
    if block.allSatisfy({ $0 == first }) {
      bytes.append(0)
      return append(UInt64(first), size: 4)
    }
    let bits: Int = [1, 2, 4, 8, 16].first { (width: Int) in most >> width == 0 } ?? 32
    let packedSize = (block.count * bits + 7) / 8
    let runs = runs(under: packedSize)
    guard runs.isEmpty else {
      bytes.append(255)
      bytes += runs
      return
    }
    bytes.append(UInt8(bits))
    var (byte, filled) = (UInt64(0), 0)
    for label in block {
      byte |= UInt64(label) << filled
      filled += bits
      if filled >= 8 {
        append(byte, size: filled / 8)
        (byte, filled) = (0, 0)
      }
    }
    if filled > 0 { append(byte, size: 1) }
  }

  /// The runs of the block, if they need fewer bytes than a number; else nothing.
  private func runs(under size: Int) -> [UInt8] {
    var runs: [UInt8] = []
    var place = 0
    while place < block.count {
      var after = place + 1
      while after < block.count, block[after] == block[place] { after += 1 }
      for number in [block[place], UInt32(after - place)] {
        var rest = number
        while rest > 0x7F {
          runs.append(UInt8(rest & 0x7F) | 0x80)
          rest >>= 7
        }
        runs.append(UInt8(rest))
      }
      if runs.count >= size { return [] }
      place = after
    }
    return runs
  }

  private mutating func append(_ number: UInt64, size: Int) {
    for byte in 0..<size { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * byte))) }
  }
}
