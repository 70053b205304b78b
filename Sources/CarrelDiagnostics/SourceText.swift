/// One file of the language: its name, its bytes and where its lines begin.
///
/// Any bytes can be held, also those of a file that is not text, so that a diagnostic can always
/// point into it. Two sources are the same only if they are the same object.
public final class SourceText: Sendable {
  /// What diagnostics call the file, such as `study.carrel`.
  public let name: String
  /// The file exactly as read.
  public let bytes: [UInt8]

  /// Byte offsets at which lines begin; never empty.
  private let lineStarts: [Int]

  /// Makes a source from the bytes of a file.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    var starts = [0]
    for offset in bytes.indices where bytes[offset] == UInt8(ascii: "\n") {
      starts.append(offset + 1)
    }
    self.lineStarts = starts
  }

  /// Makes a source from text.
  public convenience init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// How many lines there are, counting an empty one after a last line break.
  public var lineCount: Int { lineStarts.count }

  /// The whole text, or `nil` where the bytes are not UTF-8.
  public var text: String? { String(validating: bytes, as: UTF8.self) }

  /// The span of these bytes, which must lie inside the source.
  public func span(_ range: Range<Int>) -> SourceSpan { SourceSpan(source: self, range: range) }

  /// The text of these bytes; bytes that are not UTF-8 read as the replacement character.
  public func text(in range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }
}

extension SourceText {
  /// Where a byte is, in lines and displayed columns.
  ///
  /// Far along a line of many thousand bytes columns are counted in bytes, so that such a line
  /// costs little.
  public func position(of offset: Int) -> SourcePosition {
    let line = lineIndex(of: offset)
    let start = lineStarts[line]
    let near = min(offset, start + Self.longestDisplayedLine)
    let column = DisplayedText(text(in: start..<near)).width + (offset - near) + 1
    return SourcePosition(line: line + 1, column: column)
  }

  private static let longestDisplayedLine = 10_000

  /// The bytes of the line that holds this byte, without its line break.
  func lineRange(of offset: Int) -> Range<Int> {
    let line = lineIndex(of: offset)
    let start = lineStarts[line]
    var end = line + 1 < lineStarts.count ? lineStarts[line + 1] - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<end
  }

  private func lineIndex(of offset: Int) -> Int {
    precondition((0...bytes.count).contains(offset), "an offset lies inside its source")
    var (low, high) = (0, lineStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}

extension SourceText: Hashable {
  /// Whether both are the same object.
  public static func == (left: SourceText, right: SourceText) -> Bool { left === right }

  /// Hashes the identity of the object.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
