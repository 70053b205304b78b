/// The piece of a source line that is shown for a span, and where the span is in it.
struct Excerpt {
  /// The piece, with `…` where the line is cut.
  let line: String
  /// The columns before the span.
  let indent: Int
  /// The columns of the span on its first line; at least one.
  let width: Int

  init(of span: SourceSpan, widest: Int) {
    let source = span.source
    let range = source.lineRange(of: span.range.lowerBound)
    let start = min(span.range.lowerBound, range.upperBound)
    let end = max(start, min(span.range.upperBound, range.upperBound))
    let before = DisplayedText(source.text(in: range.lowerBound..<start))
    let marked = DisplayedText(source.text(in: start..<end))
    let after = DisplayedText(source.text(in: end..<range.upperBound))
    let room = max(0, widest - before.width - marked.width)
    if room >= after.width {
      (line, indent) = (before.text + marked.text + after.text, before.width)
      width = max(1, marked.width)
    } else {
      let left = before.suffix(widest / 3)
      let middle = marked.prefix(widest / 3)
      line = left.text + middle.text + after.prefix(widest / 3).text
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
