internal import CarrelDiagnostics

/// A file laid out anew: its statements, the comments between them, and the gaps that divide them.
struct CanonicalPage {
  /// The words that are not canonical yet; the page shows them as they are.
  let rewording: [LayoutBuilder.Edit]
  private let printed: PrintedWords
  private var items: [PageItem] = []

  /// Lays a file out that was read without mistakes.
  init(of file: StudyFile) {
    var printed = PrintedWords(of: file)
    var items: [PageItem] = []
    var builder = LayoutBuilder(file, printed)
    for statement in file.statements {
      for comment in printed.comments.removeBefore(builder.index) {
        items.append(PageItem(comment))
      }
      let layout = builder.laidOut(statement)
      let end = printed.comments.behind[builder.index - 1]?.span ?? statement.span
      items.append(PageItem(content: .statement(layout), span: statement.span.to(end)))
    }
    for comment in printed.comments.removeBefore(builder.index) { items.append(PageItem(comment)) }
    precondition(file.tokens[builder.index].kind == .end, "a layout holds every word of a file")
    self.printed = printed
    self.items = items
    rewording = builder.rewording
    keepGaps()
    attachComments()
    setBlocksApart()
  }
}

// Gaps.
extension CanonicalPage {
  /// Keeps the gaps between items, several empty lines as one.
  private mutating func keepGaps() {
    for (place, before) in zip(items.indices.dropFirst(), items) {
      let lineBreaks = before.span.source.lineBreaks(before.span, items[place].span)
      items[place].hasGapBefore = lineBreaks > 1
    }
  }

  /// An indented comment right below something belongs to it; others begin in the first column.
  private mutating func attachComments() {
    var isBelowSomething = false
    for (place, item) in items.enumerated() {
      guard case .comment(let comment, _) = item.content else {
        isBelowSomething = true
        continue
      }
      isBelowSomething = isBelowSomething && !item.hasGapBefore && comment.isIndented
      items[place].content = .comment(comment, isIndented: isBelowSomething)
    }
  }

  /// Puts a gap before and behind each block, and the comments that belong to it.
  private mutating func setBlocksApart() {
    for place in items.indices where items[place].statement?.isBlock == true {
      var first = place
      while first > 0, !items[first].hasGapBefore, items[first - 1].isLeadingComment { first -= 1 }
      items[first].hasGapBefore = true
      var next = place + 1
      while next < items.count, items[next].isAttachedComment { next += 1 }
      if next < items.count { items[next].hasGapBefore = true }
    }
    if !items.isEmpty { items[0].hasGapBefore = false }
  }
}

// Lines.
extension CanonicalPage {
  /// The page, each line ended by a line feed.
  var text: String {
    var printer = LayoutPrinter(printed)
    var rest = items[...]
    while let first = rest.first {
      if first.hasGapBefore { printer.print(line: "") }
      switch first.content {
      case .comment(let comment, let isIndented):
        let margin = String(repeating: " ", count: isIndented ? LayoutPrinter.indent : 0)
        printer.print(line: margin + comment.text)
        rest = rest.dropFirst()
      case .statement(let statement):
        let like = rest.dropFirst().prefix { $0.continues(statement.run) }
        let statements = [statement] + like.compactMap(\.statement)
        print(statements, with: &printer)
        rest = rest.dropFirst(statements.count)
      }
    }
    return printer.lines.map { $0 + "\n" }.joined()
  }

  /// Prints a run of like statements, or one by itself.
  private func print(_ run: [LaidOutStatement], with printer: inout LayoutPrinter) {
    var widths: [Int: Int] = [:]
    for statement in run {
      for (place, column) in statement.columns.dropLast().enumerated() {
        widths[place] = max(widths[place] ?? 0, Measure.width(of: column, printed) ?? 0)
      }
    }
    for statement in run {
      for line in statement.templateLines { printer.print(line) }
      printer.print(.sequence(inColumns(statement.columns, widths)))
    }
  }

  private func inColumns(_ columns: [Layout], _ widths: [Int: Int]) -> [Layout] {
    var parts: [Layout] = []
    var start = 0
    for (place, column) in columns.enumerated() {
      if place > 0 {
        start += (widths[place - 1] ?? 0) + 1
        parts.append(.column(start, atLeast: 1))
      }
      parts.append(column)
    }
    return parts
  }
}
