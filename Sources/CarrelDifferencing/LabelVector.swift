/// Which cell of a table each patient is in, over the stable patient index, packed.
///
/// Patients have index numbers from 0 that survive snapshots and key rotations. Label 0 is outside
/// of the table; whoever was never named, or has an index beyond the last named, is outside. The
/// bytes are checked whole when a vector is made of them, so that reading one cannot fail.
///
/// Format, version 1; numbers are little-endian:
///
///     "CLV1"                 4 bytes
///     the largest label      UInt32
///     patients               UInt32: one more than the largest index with a label
///     blocks of 1,024 patients, the last of the rest, in order of index, each the smaller of
///       0, then a UInt32                     all patients have this label
///       1, 2, 4, 8, 16 or 32, then labels    bits per label, the first in the lowest bits;
///                                            the last byte is filled up with zeros
///       255, then runs                       label and length by turns, each in groups of 7 bits,
///                                            the lowest first, all but the last with bit 7 set
///     checksum               UInt64 of everything before it
///
/// The checksum multiplies and mixes words of 8 bytes in four lanes, so damage within one word is always found
/// and any other in all but one of 2⁶⁴ cases. It guards against accidents; against intent there is
/// the digest of the file that the release ledger keeps.
public struct LabelVector: Hashable, Sendable {
  /// The packed form, to be kept as it is.
  public let bytes: [UInt8]
  /// One more than the largest index with a label.
  public let patientCount: Int
  /// The largest label.
  public let labelCount: Int

  /// Patients of one block.
  static let blockSize = 1_024
  static let magic: [UInt8] = Array("CLV1".utf8)
  static let headerSize = 12
  static let checksumSize = 8

  /// Reads a packed vector.
  ///
  /// - Throws: A ``LabelVectorError`` if the bytes are not one whole vector of a known version.
  /// - Complexity: One pass over the bytes and one over the labels.
  public init(_ bytes: [UInt8]) throws(LabelVectorError) {
    let body = bytes.count - Self.checksumSize
    guard body >= Self.headerSize else { throw .truncated }
    guard bytes.starts(with: Self.magic) else { throw .unknownFormat }
    let isIntact = bytes.withUnsafeBytes { bytes in
      Checksum.of(UnsafeRawBufferPointer(rebasing: bytes[..<body]))
        == UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: body, as: UInt64.self))
    }
    guard isIntact else { throw .damaged }
    (labelCount, patientCount) = bytes.withUnsafeBytes { bytes in
      (
        Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self))),
        Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self)))
      )
    }
    self.bytes = bytes
    guard isWellFormed else { throw .malformed }
  }

  /// Whether the blocks hold as many patients as stated, with labels up to the one stated.
  private var isWellFormed: Bool {
    withCursor { cursor in
      var largest: UInt32 = 0
      while let block = cursor.next() {
        for label in block { largest = label > largest ? label : largest }
      }
      return cursor.isAtEnd && Int(largest) == labelCount
    }
  }

  /// Reads the blocks in order; a cursor is valid in the closure alone.
  func withCursor<Result>(_ body: (inout LabelCursor) -> Result) -> Result {
    bytes.withUnsafeBytes { bytes in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Self.blockSize) { scratch in
        scratch.initialize(repeating: 0)
        var cursor = LabelCursor(bytes, patientCount: patientCount, scratch: scratch)
        return body(&cursor)
      }
    }
  }
}

extension LabelVector {
  /// How many patients have each label, from 0 up to the largest; those of label 0 are the ones
  /// that come before the last patient named.
  public var tally: [Int] {
    var counts = [Int](repeating: 0, count: labelCount + 1)
    counts.withUnsafeMutableBufferPointer { counts in
      withCursor { cursor in
        while let block = cursor.next() { for label in block { counts[Int(label)] &+= 1 } }
      }
    }
    return counts
  }

  /// Calls a closure with the index and the label of everyone who is in the table, ascending.
  public func forEach(_ body: (_ index: UInt32, _ label: UInt32) -> Void) {
    withCursor { cursor in
      var first: UInt32 = 0
      while let block = cursor.next() {
        for (place, label) in block.enumerated() where label != 0 {
          body(first + UInt32(place), label)
        }
        first += UInt32(block.count)
      }
    }
  }
}

/// Why bytes are not a label vector.
public enum LabelVectorError: Error, Hashable, Sendable, Codable {
  /// They are too few.
  case truncated
  /// They are something else, or of another version.
  case unknownFormat
  /// The checksum does not agree.
  case damaged
  /// The checksum agrees and what it guards is wrong.
  case malformed
}

/// A checksum of words of 8 bytes, in four lanes that take turns and are mixed at the end.
enum Checksum {
  static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var lanes = SIMD4<UInt64>(1, 2, 3, 4) &* 0x243F_6A88_85A3_08D3
    var offset = 0
    while offset + 32 <= bytes.count {
      for lane in 0..<4 {
        lanes[lane] = mixed(lanes[lane], word(bytes, at: offset + 8 * lane))
      }
      offset += 32
    }
    var state = UInt64(bytes.count)
    for lane in 0..<4 { state = mixed(state, lanes[lane]) }
    while offset + 8 <= bytes.count {
      state = mixed(state, word(bytes, at: offset))
      offset += 8
    }
    var rest: UInt64 = 0
    for place in offset..<bytes.count { rest |= UInt64(bytes[place]) << (8 * (place - offset)) }
    return mixed(state, rest)
  }

  private static func word(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// A bijection of the state for each word, and of the word for each state.
  private static func mixed(_ state: UInt64, _ word: UInt64) -> UInt64 {
    let product = (state ^ word) &* 0x9E37_79B9_7F4A_7C15
    return product ^ (product >> 32)
  }
}
