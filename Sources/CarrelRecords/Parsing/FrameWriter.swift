/// Writes frames, and passes them on when there are enough of them.
final class FrameWriter {
  private var bytes: [UInt8] = []
  private var start = 0
  private let passOn: ([UInt8]) throws -> Void

  private static let pieceByteCount = 1 << 16

  /// A writer that gives its pieces to a pipe.
  init(_ passOn: @escaping ([UInt8]) throws -> Void) {
    self.passOn = passOn
    bytes.reserveCapacity(2 * Self.pieceByteCount)
  }

  /// Begins a frame.
  func begin(_ frame: ParserFrame) {
    start = bytes.count
    append(UInt32(0))
    bytes.append(frame.rawValue)
  }

  /// Ends the frame that was begun.
  func end() throws {
    var count = bytes.count - start - 5
    for place in start..<start + 4 {
      bytes[place] = UInt8(truncatingIfNeeded: count)
      count >>= 8
    }
    if bytes.count >= Self.pieceByteCount { try flush() }
  }

  /// Passes on what waits.
  func flush() throws {
    try passOn(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  /// Adds a number in as many bytes as its type has.
  @inline(__always)
  func append<Number: FixedWidthInteger>(_ number: Number) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Adds whether there is something.
  func append(_ flag: Bool) { bytes.append(flag ? 1 : 0) }

  /// Adds bytes as they are.
  func append(_ more: ArraySlice<UInt8>) { bytes += more }
}
