/// A half-open range of bytes of one source.
public struct SourceSpan: Hashable, Sendable {
  /// The file the bytes belong to.
  public let source: SourceText
  /// The bytes, as offsets from the start of the file.
  public let range: Range<Int>

  /// Makes a span, which must lie inside its source.
  public init(source: SourceText, range: Range<Int>) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= source.bytes.count,
      "a span lies inside its source")
    self.source = source
    self.range = range
  }

  /// Where the span begins.
  public var start: SourcePosition { source.position(of: range.lowerBound) }
  /// Where the span ends: the place just after its last character.
  public var end: SourcePosition { source.position(of: range.upperBound) }
  /// The text of the span, as written.
  public var text: String { source.text(in: range) }

  /// The text of the span for a message: as written if it is short and on one line, else `…`.
  public var shortText: String {
    let isShort = range.count <= 60 && !source.bytes[range].contains(UInt8(ascii: "\n"))
    return isShort ? text : "…"
  }

  /// The smallest span that covers this one and another of the same source.
  public func to(_ other: SourceSpan) -> SourceSpan {
    precondition(source == other.source, "a span covers bytes of one source")
    let lower = min(range.lowerBound, other.range.lowerBound)
    return SourceSpan(
      source: source, range: lower..<max(range.upperBound, other.range.upperBound))
  }
}

/// A place in a source as a reader counts it.
public struct SourcePosition: Hashable, Sendable {
  /// The line, from 1.
  public let line: Int
  /// The column, from 1, in characters as displayed; a tab is four and a wide character two.
  public let column: Int
}
