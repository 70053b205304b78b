/// The piece of a source line that is shown for a span, and where the span is in it.
struct Excerpt {
  /// The piece, with `…` where the line is cut.
  let line: String
  /// The columns before the span.
  let indent: Int
  /// The columns of the span on its first line; at least one.
  let width: Int

  /// How many bytes before, in and after the span are looked at: more than can be shown.
  private static let longestSide = 2_000

  init(of span: SourceSpan, widest: Int) {
    let source = span.source
    let line = source.lineRange(of: span.range.lowerBound)
    let start = min(span.range.lowerBound, line.upperBound)
    let end = max(start, min(span.range.upperBound, line.upperBound, start + Self.longestSide))
    let range =
      max(line.lowerBound, start - Self.longestSide)..<min(line.upperBound, end + Self.longestSide)
    let before = DisplayedText(source.text(in: range.lowerBound..<start))
    let marked = DisplayedText(source.text(in: start..<end))
    let after = DisplayedText(source.text(in: end..<range.upperBound))
    let room = max(0, widest - before.width - marked.width)
    if room >= after.width {
      self.line = before.text + marked.text + after.text
      (indent, width) = (before.width, max(1, marked.width))
    } else {
      let left = before.suffix(widest / 3)
      let middle = marked.prefix(widest / 3)
      self.line = left.text + middle.text + after.prefix(widest / 3).text
      (indent, width) = (left.width, max(1, middle.width))
    }
  }
}

extension DisplayedText {
  /// The beginning, cut with `…` where it is wider than a number of columns.
  fileprivate func prefix(_ columns: Int) -> DisplayedText {
    guard width > columns else { return self }
    var kept = DisplayedText("")
    for cell in cells {
      guard kept.width + cell.width < columns else { break }
      kept.append(cell)
    }
    kept.append(("…", 1))
    return kept
  }

  /// The end, cut with `…` where it is wider than a number of columns.
  fileprivate func suffix(_ columns: Int) -> DisplayedText {
    guard width > columns else { return self }
    var kept: [(text: String, width: Int)] = []
    var room = columns - 1
    for cell in cells.reversed() {
      guard cell.width <= room else { break }
      room -= cell.width
      kept.append(cell)
    }
    var result = DisplayedText("…")
    for cell in kept.reversed() { result.append(cell) }
    return result
  }
}
