/// Adds up the columns that layouts take on one line.
struct Measure {
  private let words: PrintedWords
  /// The column after what was added.
  private(set) var column: Int
  /// Whether a comment ends the line here.
  private var isAfterComment = false
  private var isAtStart = true
  /// Whether the line ends before whatever would be added next.
  var isDone = false

  init(_ words: PrintedWords, from column: Int = 0) {
    self.words = words
    self.column = column
  }

  /// Whether what was added ends on the page.
  var fits: Bool { column <= LayoutPrinter.width }

  /// The columns of a layout, or `nil` where it cannot stand on one line, or nothing behind it.
  static func width(
    of layout: Layout, _ words: PrintedWords, mayEndLine: Bool = false
  ) -> Int? {
    var measure = Measure(words)
    guard measure.add(layout, isBounded: false), mayEndLine || !measure.isAfterComment else {
      return nil
    }
    return measure.column
  }

  /// Adds a layout without breaks; false where that cannot be, or goes beyond the page.
  mutating func add(_ layout: Layout, isBounded: Bool = true) -> Bool {
    var work = [layout]
    while let next = work.popLast() {
      switch next {
      case .token(let index):
        if isAfterComment || (!isAtStart && words.comments.before[index] != nil) { return false }
        add(token: index)
      case .space, .line: column += 1
      case .newLine: return false
      case .column(let target, let least): column = max(column + least, target)
      case .sequence(let parts): work += parts.reversed()
      case .fill(let parts):
        guard let first = parts.first else { continue }
        if parts.count > 1 { work += [.fill(parts.dropFirst()), .line] }
        work.append(first)
      case .group(let inner), .aligned(let inner), .indented(_, let inner), .either(let inner, _):
        work.append(inner)
      }
      if isBounded, !fits { return false }
    }
    if isAfterComment { isDone = true }
    return true
  }

  /// Adds what follows, up to where the line may break.
  mutating func addFollowing(_ layout: Layout, isFlat: Bool) {
    var work = [layout]
    while let next = work.popLast(), fits, !isDone {
      switch next {
      case .token(let index):
        isDone = words.comments.before[index] != nil
        if !isDone { add(token: index) }
        if isAfterComment { isDone = true }
      case .line where !isFlat: isDone = true
      case .newLine: isDone = true
      case .space, .line: column += 1
      case .column(let target, let least): column = max(column + least, target)
      case .sequence(let parts): work += parts.reversed()
      case .fill(let parts):
        guard let first = parts.first else { continue }
        if parts.count > 1 { work += [.fill(parts.dropFirst()), .line] }
        work.append(first)
      case .group(let inner), .aligned(let inner), .indented(_, let inner), .either(let inner, _):
        work.append(inner)
      }
    }
  }

  private mutating func add(token index: Int) {
    column += words.widths[index]
    isAtStart = false
    isAfterComment = words.comments.behind[index] != nil
  }
}
