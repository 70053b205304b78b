/// Unpacks the blocks of a label vector one after the other.
struct LabelCursor {
  private let bytes: UnsafeRawBufferPointer
  private let scratch: UnsafeMutableBufferPointer<UInt32>
  /// Where the blocks end.
  private let end: Int
  private var offset: Int
  private var patientsLeft: Int
  /// The label that everyone of the block has; `nil` where there may be several.
  private(set) var commonLabel: UInt32?

  init(
    _ bytes: UnsafeRawBufferPointer, patientCount: Int,
    scratch: UnsafeMutableBufferPointer<UInt32>
  ) {
    self.bytes = bytes
    self.scratch = scratch
    end = bytes.count - LabelVector.checksumSize
    offset = LabelVector.headerSize
    patientsLeft = patientCount
  }

  /// Whether every block was read and nothing stands behind them.
  var isAtEnd: Bool { patientsLeft == 0 && offset == end }

  /// The labels of the next block, which the block after it overwrites.
  ///
  /// Behind the last block of a vector stand zeros, up to the size of a whole block.
  ///
  /// - Returns: `nil` at the end, and where the bytes are no block.
  mutating func next() -> UnsafeBufferPointer<UInt32>? {
    let count = min(patientsLeft, LabelVector.blockSize)
    guard count > 0, offset < end else { return nil }
    let kind = bytes[offset]
    offset += 1
    commonLabel = nil
    switch kind {
    case 0: guard readCommon(count) else { return nil }
    case 1, 2, 4: guard readNarrow(count, bits: Int(kind)) else { return nil }
    case 8: guard readWhole(count, UInt8.self) else { return nil }
    case 16: guard readWhole(count, UInt16.self) else { return nil }
    case 32: guard readWhole(count, UInt32.self) else { return nil }
    case 255: guard readRuns(count) else { return nil }
    default: return nil
    }
    patientsLeft -= count
    for place in count..<scratch.count { scratch[place] = 0 }
    return UnsafeBufferPointer(rebasing: scratch[..<count])
  }

  private mutating func readCommon(_ count: Int) -> Bool {
    guard offset + 4 <= end else { return false }
    let label = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    offset += 4
    commonLabel = label
    for place in 0..<count { scratch[place] = label }
    return true
  }

  private mutating func readNarrow(_ count: Int, bits: Int) -> Bool {
    let size = (count * bits + 7) / 8
    guard offset + size <= end else { return false }
    let perByte = 8 / bits
    let mask = UInt8((1 << bits) - 1)
    for place in 0..<size {
      let byte = bytes[offset + place]
      for part in 0..<perByte {
        scratch[place * perByte + part] = UInt32((byte >> (part * bits)) & mask)
      }
    }
    offset += size
    return true
  }

  private mutating func readWhole<Word: FixedWidthInteger>(
    _ count: Int, _: Word.Type
  ) -> Bool {
    let size = MemoryLayout<Word>.size
    guard offset + count * size <= end else { return false }
    guard let words = bytes.baseAddress?.advanced(by: offset), let labels = scratch.baseAddress
    else { return false }
    for place in 0..<count {
      let word = words.loadUnaligned(fromByteOffset: place &* size, as: Word.self)
      labels[place] = UInt32(truncatingIfNeeded: Word(littleEndian: word))
    }
    offset += count * size
    return true
  }

  private mutating func readRuns(_ count: Int) -> Bool {
    var place = 0
    while place < count {
      guard let label = readNumber(), let length = readNumber(), length > 0,
        length <= count - place, let label = UInt32(exactly: label)
      else { return false }
      for _ in 0..<length {
        scratch[place] = label
        place += 1
      }
    }
    return true
  }

  private mutating func readNumber() -> Int? {
    var number = 0
    for shift in stride(from: 0, through: 28, by: 7) {
      guard offset < end else { return nil }
      let byte = bytes[offset]
      offset += 1
      number |= Int(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return number }
    }
    return nil
  }
}
