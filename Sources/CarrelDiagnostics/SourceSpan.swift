/// A half-open range of bytes of one source.
///
/// A word that a template repeats is one place of the file and stands for several words of the
/// study: its spans are equal, and say in ``substitutions`` which of the words is meant.
public struct SourceSpan: Sendable {
  /// The file the bytes belong to.
  public let source: SourceText
  /// The bytes, as offsets from the start of the file.
  public let range: Range<Int>
  /// What stands in the holes of the templates around the span, outermost first.
  public let substitutions: [Substitution]

  /// Makes a span, which must lie inside its source.
  public init(source: SourceText, range: Range<Int>, substitutions: [Substitution] = []) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= source.bytes.count,
      "a span lies inside its source")
    self.source = source
    self.range = range
    self.substitutions = substitutions
  }

  /// Where the span begins.
  public var start: SourcePosition { source.position(of: range.lowerBound) }
  /// Where the span ends: the place just after its last character.
  public var end: SourcePosition { source.position(of: range.upperBound) }
  /// The text of the span, as written.
  public var text: String { source.text(in: range) }

  /// The text of the span with the holes filled that a template fills for all of it.
  public var filledText: String { filling(text) }

  /// Some words of the span with the holes filled that a template fills for all of it.
  public func filling(_ words: String) -> String {
    substitutions.reversed().reduce(words) { words, substitution in
      words.replacing("{\(substitution.hole)}", with: substitution.element)
    }
  }

  /// The text of the span for a message: as written if it is short and on one line, else `…`.
  public var shortText: String {
    let isShort = range.count <= 60 && !source.bytes[range].contains(UInt8(ascii: "\n"))
    return isShort ? text : "…"
  }

  /// The smallest span that covers this one and another of the same source.
  public func to(_ other: SourceSpan) -> SourceSpan {
    precondition(source == other.source, "a span covers bytes of one source")
    let lower = min(range.lowerBound, other.range.lowerBound)
    let shared = zip(substitutions, other.substitutions).prefix { $0 == $1 }.map(\.0)
    return SourceSpan(
      source: source, range: lower..<max(range.upperBound, other.range.upperBound),
      substitutions: shared)
  }

  /// The empty span where this one ends.
  public var endPoint: SourceSpan {
    SourceSpan(
      source: source, range: range.upperBound..<range.upperBound, substitutions: substitutions)
  }
}

extension SourceSpan: Hashable {
  /// Whether both are the same bytes, whatever a template puts there.
  public static func == (left: SourceSpan, right: SourceSpan) -> Bool {
    left.source == right.source && left.range == right.range
  }

  /// Hashes the bytes' place.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(source)
    hasher.combine(range)
  }
}

/// What a template puts into one of its holes.
public struct Substitution: Hashable, Sendable {
  /// The name in the hole.
  public let hole: String
  /// The element that takes its place.
  public let element: String

  /// An element in a hole.
  public init(of hole: String, by element: String) {
    self.hole = hole
    self.element = element
  }
}

/// A place in a source as a reader counts it.
public struct SourcePosition: Hashable, Sendable {
  /// The line, from 1.
  public let line: Int
  /// The column, from 1, in characters as displayed; a tab is four and a wide character two.
  public let column: Int
}
