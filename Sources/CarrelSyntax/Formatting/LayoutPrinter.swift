/// Puts layouts on a page, one below another, with comments beside the words they stood beside.
///
/// A word that has a comment behind it ends its line, wherever its layout would have gone on.
struct LayoutPrinter {
  /// The columns of a page; only words that cannot be parted go beyond.
  static let width = 110
  /// How far the later lines of a layout are indented, unless it says otherwise.
  static let indent = 2

  private let words: PrintedWords
  /// The finished lines.
  private(set) var lines: [String] = []

  /// The line being written, without the spaces due before its next word.
  private var text = ""
  private var pendingSpaces = 0
  /// Where the next word begins, counted from 0.
  private var column = 0
  /// Whether a comment ended the line, so that whatever follows begins another.
  private var isAfterComment = false
  /// By how many columns words went beyond the page.
  private var overflow = 0
  /// What is still to be printed, last first.
  private var work: [Work] = []

  init(_ words: PrintedWords) { self.words = words }

  /// A part of a layout that is still to be printed.
  private enum Work {
    case layout(Layout, indent: Int, isFlat: Bool)
    /// What follows a part of a fill that began after this many lines.
    case rest(ArraySlice<Layout>, indent: Int, startLine: Int)
  }

  /// Prints a layout on lines of its own.
  mutating func print(_ layout: Layout) {
    print(only: layout, indent: Self.indent)
    endLine(indent: 0)
  }

  /// Prints a line as it is; an empty one leaves a gap.
  mutating func print(line: String) { lines.append(line) }

  private mutating func print(only layout: Layout, indent: Int) {
    work = [.layout(layout, indent: indent, isFlat: false)]
    while let next = work.popLast() {
      switch next {
      case .layout(let layout, let indent, let isFlat): print(layout, indent, isFlat: isFlat)
      case .rest(let parts, let indent, let startLine): printRest(parts, indent, startLine)
      }
    }
  }
}

extension LayoutPrinter {
  private mutating func print(_ layout: Layout, _ indent: Int, isFlat: Bool) {
    if isAfterComment, !layout.isSequence { endLine(indent: indent) }
    switch layout {
    case .token(let index): printToken(index, indent)
    case .space: addSpace()
    case .line where isFlat: addSpace()
    case .line, .newLine: endLine(indent: indent)
    case .column(let target, let least): addSpaces(max(target - column, least))
    case .sequence(let parts):
      for part in parts.reversed() { push(part, indent, isFlat: isFlat) }
    case .group(let inner): push(inner, indent, isFlat: isFlat || fits(inner))
    case .fill(let parts): printFill(parts, indent, isFlat: isFlat)
    case .aligned(let inner): push(inner, column, isFlat: isFlat)
    case .indented(let depth, let inner): push(inner, indent + depth, isFlat: isFlat)
    case .either(let first, let second):
      let isFirstBetter = overflow(of: first, indent) <= overflow(of: second, indent)
      push(isFirstBetter ? first : second, indent, isFlat: isFlat)
    }
  }

  private mutating func push(_ layout: Layout, _ indent: Int, isFlat: Bool) {
    work.append(.layout(layout, indent: indent, isFlat: isFlat))
  }

  /// Adds a space, but never at the start of a line.
  private mutating func addSpace() {
    if !text.isEmpty { addSpaces(1) }
  }

  private mutating func addSpaces(_ count: Int) {
    pendingSpaces += count
    column += count
  }

  private mutating func endLine(indent: Int) {
    if !text.isEmpty { lines.append(text) }
    text = ""
    pendingSpaces = indent
    column = indent
    isAfterComment = false
  }

  private mutating func printToken(_ index: Int, _ indent: Int) {
    for comment in words.comments.before[index] ?? [] {
      if !text.isEmpty { endLine(indent: indent) }
      write(comment.text)
      endLine(indent: indent)
    }
    write(words.texts[index])
    column += words.widths[index]
    overflow = max(overflow, column - Self.width)
    if let comment = words.comments.behind[index] {
      addSpaces(2)
      write(comment.text)
      isAfterComment = true
    }
  }

  private mutating func write(_ word: String) {
    text += String(repeating: " ", count: pendingSpaces) + word
    pendingSpaces = 0
  }
}

// Fills and choices.
extension LayoutPrinter {
  private mutating func printFill(_ parts: ArraySlice<Layout>, _ indent: Int, isFlat: Bool) {
    guard let first = parts.first else { return }
    let rest = parts.dropFirst()
    if isFlat {
      if !rest.isEmpty { push(.sequence([.line, .fill(rest)]), indent, isFlat: true) }
    } else {
      work.append(.rest(rest, indent: indent, startLine: lines.count))
    }
    push(.group(first), indent, isFlat: isFlat)
  }

  /// Goes on with a fill: on the same line if the part before took one line and the next one fits.
  private mutating func printRest(
    _ parts: ArraySlice<Layout>, _ indent: Int, _ startLine: Int
  ) {
    guard let next = parts.first else { return }
    let rest = parts.dropFirst()
    work.append(.rest(rest, indent: indent, startLine: lines.count))
    let isBeside = lines.count == startLine && !isAfterComment && fits(.sequence([.line, next]))
    if !isBeside {
      endLine(indent: indent)
      work[work.count - 1] = .rest(rest, indent: indent, startLine: lines.count)
    }
    push(isBeside ? .sequence([.line, next]) : .group(next), indent, isFlat: isBeside)
  }

  /// By how many columns a layout would go beyond the page from here.
  private func overflow(of layout: Layout, _ indent: Int) -> Int {
    var trial = self
    trial.lines = []
    trial.overflow = 0
    trial.print(only: layout, indent: indent)
    return trial.overflow
  }

  /// Whether a layout, with what follows it up to the next place where the line may break, fits on
  /// the line without a break of its own.
  private func fits(_ layout: Layout) -> Bool {
    var measure = Measure(words, from: column)
    guard measure.add(layout) else { return false }
    for next in work.reversed() {
      if measure.isDone { break }
      switch next {
      case .layout(let layout, _, let isFlat): measure.addFollowing(layout, isFlat: isFlat)
      case .rest(let parts, _, _): measure.isDone = !parts.isEmpty
      }
    }
    return measure.fits
  }
}

extension Layout {
  fileprivate var isSequence: Bool { if case .sequence = self { true } else { false } }
}
