internal import CarrelDiagnostics

/// What is looked at before a file is read as words: its length, its encoding, and characters that
/// a reader of the page could not see.
///
/// Returns whether the file is worth reading on.
func isReadable(_ source: SourceText, reporting diagnostics: inout Diagnostics) -> Bool {
  let whole = source.span(0..<0)
  guard source.bytes.count <= Lexer.longestFile else {
    diagnostics.report(
      Diagnostic(.tooLong, "the file is longer than 1 MiB", at: whole)
        .help("divide it into several studies"))
    return false
  }
  guard !source.bytes.contains(0) else {
    diagnostics.report(
      Diagnostic(.notText, "the file is not text: it holds zero bytes", at: whole)
        .help("save it as plain text in UTF-8"))
    return false
  }
  reportHiddenCharacters(in: source, to: &diagnostics)
  return true
}

private func reportHiddenCharacters(in source: SourceText, to diagnostics: inout Diagnostics) {
  var hasInvalidBytes = false
  var offset = source.startOfText
  while offset < source.bytes.count, !diagnostics.isFull {
    if source.bytes[offset] >= 0x20, source.bytes[offset] < 0x7F {
      offset += 1
    } else if let (scalar, length) = source.scalar(at: offset) {
      if scalar.isHidden, !source.isLineBreak(at: offset) {
        diagnostics.report(.hidden(scalar, at: source.span(offset..<offset + length)))
      }
      offset += length
    } else {
      if !hasInvalidBytes { diagnostics.report(.invalidUTF8(at: source.span(offset..<offset + 1))) }
      hasInvalidBytes = true
      offset += 1
    }
  }
}

extension Diagnostic {
  fileprivate static func invalidUTF8(at span: SourceSpan) -> Diagnostic {
    Diagnostic(.invalidUTF8, "the file is not in UTF-8", at: span)
      .label("the first byte that is not")
      .help("save it as plain text in UTF-8")
  }

  fileprivate static func hidden(_ scalar: Unicode.Scalar, at span: SourceSpan) -> Diagnostic {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    let name = scalar.properties.nameAlias ?? scalar.properties.name
    return Diagnostic(
      .hiddenCharacter, "the character \(code) cannot be seen on the page", at: span
    )
    .label(name?.lowercased() ?? "not a character that is in use")
    .help("remove it", fix: Fix(replacing: span, with: "", isSafe: false))
  }
}

extension SourceText {
  /// Where the text begins: after a byte-order mark, if there is one.
  var startOfText: Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

  /// The character at an offset and its bytes, or `nil` where the bytes are not UTF-8.
  func scalar(at offset: Int) -> (scalar: Unicode.Scalar, length: Int)? {
    if bytes[offset] < 0x80 { return (Unicode.Scalar(bytes[offset]), 1) }
    var decoder = UTF8()
    var rest = bytes[offset...].prefix(4).makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&rest) else { return nil }
    return (scalar, UTF8.width(scalar))
  }

  /// Whether a tab, a line feed, or a carriage return and its line feed begins at an offset.
  fileprivate func isLineBreak(at offset: Int) -> Bool {
    switch bytes[offset] {
    case UInt8(ascii: "\t"), UInt8(ascii: "\n"): true
    case UInt8(ascii: "\r"): offset + 1 < bytes.count && bytes[offset + 1] == UInt8(ascii: "\n")
    default: false
    }
  }
}

extension Unicode.Scalar {
  /// Whether the character is one that a reader of the page cannot see or cannot know.
  var isHidden: Bool {
    if value < 0x7F { return value < 0x20 }
    return switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
      .unassigned:
      true
    default: properties.isDefaultIgnorableCodePoint
    }
  }
}
