/// The language's questions about parts of texts, asked of their UTF-8 bytes.
///
/// Bytes rather than characters: a match means the same on every engine, whatever Unicode holds to
/// be one character, and a text in UTF-8 never matches in the middle of a code point.
public enum TextMatching {
  /// Whether a text holds another, literally; every text holds the empty one.
  public static func contains(_ text: Span<UInt8>, _ part: Span<UInt8>) -> Bool {
    guard part.count <= text.count else { return false }
    return (0...(text.count - part.count)).contains { hasPart(text, part, at: $0) }
  }

  /// Whether a text begins with another; every text begins with the empty one.
  public static func hasPrefix(_ text: Span<UInt8>, _ prefix: Span<UInt8>) -> Bool {
    prefix.count <= text.count && hasPart(text, prefix, at: 0)
  }

  /// Whether any code in a field of several satisfies a condition.
  ///
  /// Codes are the longest runs of ASCII letters, digits and `.`; anything else parts them.
  public static func anyCode(in field: Span<UInt8>, where condition: (Span<UInt8>) -> Bool) -> Bool
  {
    var start = 0
    while start < field.count {
      var end = start
      while end < field.count, isPartOfCode(field[end]) { end += 1 }
      if end > start, condition(field.extracting(start..<end)) { return true }
      start = end + 1
    }
    return false
  }

  private static func hasPart(_ text: Span<UInt8>, _ part: Span<UInt8>, at offset: Int) -> Bool {
    for index in 0..<part.count where text[offset + index] != part[index] { return false }
    return true
  }

  private static func isPartOfCode(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}

extension TextMatching {
  /// Whether a text holds another, literally.
  public static func contains(_ text: String, _ part: String) -> Bool {
    contains(text.utf8Span.span, part.utf8Span.span)
  }

  /// Whether a text begins with another.
  public static func hasPrefix(_ text: String, _ prefix: String) -> Bool {
    hasPrefix(text.utf8Span.span, prefix.utf8Span.span)
  }

  /// Whether any code in a field of several begins with a text.
  public static func anyCode(in field: String, hasPrefix prefix: String) -> Bool {
    anyCode(in: field.utf8Span.span) { hasPrefix($0, prefix.utf8Span.span) }
  }
}
