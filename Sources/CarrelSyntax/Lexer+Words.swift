internal import CarrelDiagnostics

extension Lexer {
  mutating func readComment() {
    let start = offset
    offset = endOfLine()
    comments.append(Comment(span: source.span(start..<offset)))
  }

  /// `STRING = '"' any character but '"' and a line break, '"'`.
  mutating func readText() {
    let start = offset
    let end = endOfLine()
    if let close = source.bytes[start + 1..<end].firstIndex(of: UInt8(ascii: "\"")) {
      offset = close + 1
      append(.text, source.text(in: start + 1..<close), from: start)
    } else {
      offset = end
      let span = source.span(start..<end)
      diagnostics.report(
        Diagnostic(.unterminatedText, "the text does not end on its line", at: span)
          .help("put `\"` where it ends"))
      append(.text, source.text(in: start + 1..<end), from: start, isSuspect: true)
    }
  }

  /// `NAME = ( letter | "_" | HOLE ) ( letter | digit | "_" | HOLE )*`.
  mutating func readWord() {
    let start = offset
    var foreign: Unicode.Scalar?
    while let byte = byte(0) {
      if byte.isNameStart || byte.isDigit {
        offset += 1
      } else if byte == UInt8(ascii: "{"), let length = holeLength {
        offset += length
      } else if let (scalar, length) = foreignLetter {
        foreign = foreign ?? scalar
        offset += length
      } else {
        break
      }
    }
    guard offset > start else { return reportStrayHole() }
    let word = source.text(in: start..<offset)
    if let foreign { reportForeignLetter(foreign, at: source.span(start..<offset)) }
    append(.word, word, from: start)
  }

  /// The bytes of the `HOLE = "{" NAME "}"` that begins here, if one does.
  private var holeLength: Int? {
    guard let first = byte(1), first.isNameStart else { return nil }
    var length = 2
    while let byte = byte(length), byte.isNameStart || byte.isDigit { length += 1 }
    return byte(length) == UInt8(ascii: "}") ? length + 1 : nil
  }

  /// The letter or mark of a word here that is not ASCII, if there is one.
  var foreignLetter: (scalar: Unicode.Scalar, length: Int)? {
    guard let byte = byte(0), byte >= 0x80, let found = source.scalar(at: offset),
      found.scalar.properties.isXIDContinue
    else { return nil }
    return found
  }

  private mutating func reportForeignLetter(_ letter: Unicode.Scalar, at span: SourceSpan) {
    diagnostics.report(
      Diagnostic(.foreignLetter, "names are written in the letters a to z", at: span)
        .label("`\(letter)` is another letter")
        .help("write the name with letters a to z, digits and `_`"))
  }

  /// Reports a `{` that begins no hole, with the rest of what was meant as one.
  private mutating func reportStrayHole() {
    let start = offset
    let rest = source.bytes[start + 1..<endOfLine()]
    let close = rest.firstIndex { [UInt8(ascii: "{"), UInt8(ascii: "}")].contains($0) }
    let isClosed = close.map { rest[$0] == UInt8(ascii: "}") } ?? false
    offset = isClosed ? (close ?? start) + 1 : start + 1
    diagnostics.report(
      Diagnostic(.strayHole, "`{` begins no hole here", at: source.span(start..<offset))
        .help("a hole holds one name and nothing else, as in `has_{condition}`"))
    markSuspect(at: start)
  }

  /// `DATE`, `MONTH`, `DECIMAL` or `INT`, whichever is longest.
  mutating func readNumber() {
    let start = offset
    var digits = 1
    while byte(digits)?.isDigit == true { digits += 1 }
    if digits == 4, isPartOfDate(at: 4) {
      let isDate = isPartOfDate(at: 7)
      append(isDate ? .date : .month, take(isDate ? 10 : 7), from: start)
    } else if byte(digits) == UInt8(ascii: "."), byte(digits + 1)?.isDigit == true {
      var length = digits + 2
      while byte(length)?.isDigit == true { length += 1 }
      append(.decimal, take(length), from: start)
    } else {
      append(.integer, take(digits), from: start)
    }
  }

  private func isPartOfDate(at distance: Int) -> Bool {
    byte(distance) == UInt8(ascii: "-") && byte(distance + 1)?.isDigit == true
      && byte(distance + 2)?.isDigit == true
  }
}
