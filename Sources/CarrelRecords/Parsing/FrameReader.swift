/// Takes frames apart that come in pieces from a process that is not trusted.
///
/// Whatever the bytes are, each call gives what they say or throws; none reads past its frame.
struct FrameReader {
  private var bytes: [UInt8] = []
  private var position = 0
  private var end = 0

  /// Adds a piece.
  mutating func append(_ piece: [UInt8]) {
    bytes.removeSubrange(..<position)
    end -= position
    position = 0
    bytes += piece
  }

  /// Whether no byte waits.
  var isEmpty: Bool { position == bytes.count }

  /// Moves to the next frame, which must have been read to its end; `nil` until it is whole.
  mutating func next() throws(ParserNonsense) -> ParserFrame? {
    guard position == end else { throw ParserNonsense() }
    guard bytes.count - position >= 5 else { return nil }
    let count = (0..<4).reduce(0) { $0 | Int(bytes[position + $1]) << (8 * $1) }
    guard count <= ParserFrame.limitBytes, let frame = ParserFrame(rawValue: bytes[position + 4])
    else { throw ParserNonsense() }
    guard bytes.count - position - 5 >= count else { return nil }
    position += 5
    end = position + count
    return frame
  }

  /// How many bytes of the frame are left.
  var remainingCount: Int { end - position }

  /// The next number.
  @inline(__always)
  mutating func number<Number: FixedWidthInteger & UnsignedInteger>(
    _: Number.Type = Number.self
  ) throws(ParserNonsense) -> Number {
    let count = MemoryLayout<Number>.size
    guard remainingCount >= count else { throw ParserNonsense() }
    var number: Number = 0
    for place in 0..<count { number |= Number(bytes[position + place]) &<< Number(8 * place) }
    position += count
    return number
  }

  /// The next byte as whether there is something.
  mutating func flag() throws(ParserNonsense) -> Bool {
    switch try number(UInt8.self) {
    case 0: return false
    case 1: return true
    default: throw ParserNonsense()
    }
  }

  /// The next so many bytes.
  mutating func take(_ count: Int) throws(ParserNonsense) -> ArraySlice<UInt8> {
    guard count >= 0, remainingCount >= count else { throw ParserNonsense() }
    defer { position += count }
    return bytes[position..<(position + count)]
  }
}
