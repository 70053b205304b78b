/// Uncompresses gzip (RFC 1952) piece by piece; several members one after the other are one text.
///
/// Every length and every distance is held to what is there, so that bytes made to harm are an
/// error and nothing else. Nothing after the last member is accepted.
public struct GzipReader: Sendable {
  private enum State {
    case member, block, stored(Int), compressed, trailer, end
  }

  private var state = State.member
  private var bits = BitReader()
  private var window = InflateWindow()
  private var isLastBlock = false
  private var codes = DeflateCodes.fixed

  /// A reader at the beginning of a file.
  public init() {}

  /// The next bytes.
  ///
  /// - Parameter source: Gives the next compressed bytes, none at the end.
  /// - Returns: Some of the text; empty at its end.
  /// - Throws: ``GzipError`` where the bytes are no gzip, and what the source throws.
  public mutating func next(from source: () throws -> [UInt8]) throws -> [UInt8] {
    window.begin()
    while !window.isFull {
      switch state {
      case .member: try readHeader(source)
      case .block: try readBlockHeader(source)
      case .stored(let count): try copyStored(count, source)
      case .compressed: try inflate(source)
      case .trailer: try readTrailer(source)
      case .end: return window.taken()
      }
    }
    return window.taken()
  }
}

/// Bytes that are no gzip, or a damaged one.
public struct GzipError: Error, Hashable, Sendable {
  init() {}
}

extension GzipReader {
  private static let hasChecksum = 2
  private static let hasExtraField = 4
  private static let hasName = 8
  private static let hasComment = 16

  private mutating func readHeader(_ source: () throws -> [UInt8]) throws {
    let magic = (try bits.byte(source), try bits.byte(source), try bits.byte(source))
    let flags = try bits.byte(source)
    guard magic == (0x1F, 0x8B, 8), flags < 32 else { throw GzipError() }
    // The time, what the compressor was asked for, and the system: nobody needs them.
    for _ in 0..<6 { _ = try bits.byte(source) }
    if flags & Self.hasExtraField != 0 {
      let count = try bits.byte(source) | bits.byte(source) << 8
      for _ in 0..<count { _ = try bits.byte(source) }
    }
    for flag in [Self.hasName, Self.hasComment] where flags & flag != 0 {
      while try bits.byte(source) != 0 {}
    }
    if flags & Self.hasChecksum != 0 { for _ in 0..<2 { _ = try bits.byte(source) } }
    window.beginMember()
    state = .block
  }

  private mutating func readBlockHeader(_ source: () throws -> [UInt8]) throws {
    isLastBlock = try bits.take(1, source) == 1
    switch try bits.take(2, source) {
    case 0:
      bits.align()
      let count = try bits.byte(source) | bits.byte(source) << 8
      let complement = try bits.byte(source) | bits.byte(source) << 8
      guard count ^ complement == 0xFFFF else { throw GzipError() }
      state = .stored(count)
    case 1:
      codes = .fixed
      state = .compressed
    case 2:
      codes = try DeflateCodes(reading: &bits, source)
      state = .compressed
    default: throw GzipError()
    }
  }

  private mutating func endBlock() {
    if isLastBlock { bits.align() }
    state = isLastBlock ? .trailer : .block
  }

  private mutating func copyStored(_ count: Int, _ source: () throws -> [UInt8]) throws {
    var left = count
    while left > 0, !window.isFull {
      window.append(UInt8(try bits.byte(source)))
      left -= 1
    }
    if left == 0 { endBlock() } else { state = .stored(left) }
  }

  private mutating func inflate(_ source: () throws -> [UInt8]) throws {
    while !window.isFull {
      let symbol = try bits.symbol(of: codes.literals, source)
      if symbol < 256 {
        window.append(UInt8(symbol))
      } else if symbol == 256 {
        return endBlock()
      } else {
        let length = try Deflate.length(of: symbol, &bits, source)
        let place = try bits.symbol(of: codes.distances, source)
        try window.repeatBytes(
          length, from: try Deflate.distance(of: place, &bits, source))
      }
    }
  }

  private mutating func readTrailer(_ source: () throws -> [UInt8]) throws {
    let checksum = try word(source)
    let count = try word(source)
    guard window.endMember() == (checksum, count) else { throw GzipError() }
    state = try bits.isAtEnd(source) ? .end : .member
  }

  private mutating func word(_ source: () throws -> [UInt8]) throws -> UInt32 {
    var word: UInt32 = 0
    for shift in 0..<4 { word |= UInt32(try bits.byte(source)) << UInt32(8 * shift) }
    return word
  }
}

/// The last 32 KiB that came out, which what follows may repeat, and what comes out after them.
private struct InflateWindow: Sendable {
  private static let historyByteCount = 1 << 15
  private static let pieceByteCount = 1 << 18
  private static let longestRepeat = 258

  private var bytes = [UInt8](
    repeating: 0, count: historyByteCount + pieceByteCount + longestRepeat)
  private var start = 0
  private var end = 0
  private var checked = 0
  private var memberByteCount = 0
  private var checksum = Checksum()

  /// Keeps what may be repeated, and makes room.
  mutating func begin() {
    let kept = min(end, Self.historyByteCount)
    if end > kept {
      bytes.withUnsafeMutableBytes { buffer in
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[(end - kept)..<end]))
      }
    }
    (start, end, checked) = (kept, kept, kept)
  }

  var isFull: Bool { end - start >= Self.pieceByteCount }

  mutating func append(_ byte: UInt8) {
    bytes[end] = byte
    end += 1
  }

  /// Adds bytes that came out so far back; no more than there are of this member.
  mutating func repeatBytes(_ count: Int, from distance: Int) throws(GzipError) {
    guard distance <= memberByteCount + end - checked, distance <= end else { throw GzipError() }
    for place in end..<(end + count) { bytes[place] = bytes[place - distance] }
    end += count
  }

  /// What has come out since the beginning of the piece.
  mutating func taken() -> [UInt8] {
    check()
    return Array(bytes[start..<end])
  }

  mutating func beginMember() {
    check()
    memberByteCount = 0
    checksum = Checksum()
  }

  /// The checksum of the member and how many bytes it has, as its trailer states them.
  mutating func endMember() -> (checksum: UInt32, count: UInt32) {
    check()
    return (checksum.value, UInt32(truncatingIfNeeded: memberByteCount))
  }

  private mutating func check() {
    checksum.update(bytes[checked..<end])
    memberByteCount += end - checked
    checked = end
  }
}

/// CRC-32 as gzip states it (RFC 1952, section 8).
private struct Checksum: Sendable {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in
      value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1
    }
  }

  private var register: UInt32 = 0xFFFF_FFFF

  var value: UInt32 { ~register }

  mutating func update(_ bytes: ArraySlice<UInt8>) {
    let table = Self.table
    var value = register
    for byte in bytes { value = table[Int((value ^ UInt32(byte)) & 0xFF)] ^ value >> 8 }
    register = value
  }
}
