internal import CarrelDiagnostics

/// A word that takes the place of a hole.
struct TemplateWord: Hashable {
  /// The word, or what stands between quotation marks.
  let text: String
  /// Whether it may stand for a whole number.
  let isInteger: Bool
}

/// The `list`s of a study: how many words each has, and which.
///
/// Lists are made from lists, so that a few lines can name any number of words. They are counted
/// first, and written out only for a template that may have as many.
struct WordLists {
  private var declared: [String: ListDeclaration] = [:]
  private let unreadNames: Set<String>
  private var counts: [String: Int?] = [:]
  private var inProgress: [String] = []

  /// Takes down the lists of a file; of two with one name the first counts.
  init(in file: StudyFile) {
    unreadNames = Set(file.unreadNames.map(\.text))
    for case .list(let list) in file.statements where declared[list.name.text] == nil {
      declared[list.name.text] = list
    }
  }

  /// Whether there is a list of this name.
  func isList(_ name: String) -> Bool { declared[name] != nil }

  /// Whether a list of this name could not be read.
  func isLost(_ name: String) -> Bool { unreadNames.contains(name) }

  /// The names of all lists, in no order.
  var names: some Sequence<String> { declared.keys }

  /// How many words some elements stand for; `nil` after a mistake in them.
  mutating func count(of elements: [Element], reporting diagnostics: inout Diagnostics) -> Int? {
    var total: Int? = 0
    for element in elements {
      let count = count(of: element, reporting: &diagnostics)
      total = total.flatMap { total in count.map { total.addingUpTo(.max, $0) } }
    }
    return total
  }

  /// How many words a list has; `nil` after a mistake in it.
  mutating func count(ofList name: String, reporting diagnostics: inout Diagnostics) -> Int? {
    if let count = counts[name] { return count }
    guard let list = declared[name] else { return nil }
    inProgress.append(name)
    let count = count(of: list.elements, reporting: &diagnostics)
    inProgress.removeLast()
    counts[name] = count
    return count
  }

  private mutating func count(
    of element: Element, reporting diagnostics: inout Diagnostics
  ) -> Int? {
    switch element {
    case .text, .integer: return 1
    case .integers(let first, let last, let span):
      guard first <= last else {
        diagnostics.report(
          Diagnostic(.wrongElement, "`\(span.shortText)` holds no number", at: span)
            .help("write the smaller number first"))
        return nil
      }
      let (difference, overflows) = last.subtractingReportingOverflow(first)
      return overflows ? .max : difference.addingUpTo(.max, 1)
    case .name(let name): return count(ofElement: name, reporting: &diagnostics)
    }
  }

  private mutating func count(
    ofElement name: Name, reporting diagnostics: inout Diagnostics
  ) -> Int? {
    if name.hasHoles {
      diagnostics.report(
        Diagnostic(.wrongElement, "an element has no holes of its own", at: name.span)
          .help("write the words out"))
      return nil
    }
    if isLost(name.text) { return nil }
    guard isList(name.text) else { return 1 }
    guard !inProgress.contains(name.text), inProgress.count < TemplateLimits.listDepth else {
      diagnostics.report(
        Diagnostic(.cyclicDefinition, "a list is made from itself", at: name.span)
          .label("through `\(name.text)`").help("name the words instead"))
      return nil
    }
    return count(ofList: name.text, reporting: &diagnostics)
  }

  /// The words that elements stand for, which must have been counted.
  func words(of elements: [Element]) -> [(word: TemplateWord, span: SourceSpan)] {
    elements.flatMap { element -> [(word: TemplateWord, span: SourceSpan)] in
      switch element {
      case .text(let label): return [(TemplateWord(text: label.text, isInteger: false), label.span)]
      case .integer(let number, let span): return [(TemplateWord(number), span)]
      case .integers(let first, let last, let span):
        return (first...last).map { (TemplateWord($0), span) }
      case .name(let name):
        guard let list = declared[name.text] else {
          return [(TemplateWord(text: name.text, isInteger: false), name.span)]
        }
        return words(of: list.elements)
      }
    }
  }

  /// The words of a list, which must have been counted.
  func words(ofList name: String) -> [(word: TemplateWord, span: SourceSpan)] {
    declared[name].map { words(of: $0.elements) } ?? []
  }
}

extension TemplateWord {
  init(_ number: Int) { self.init(text: String(number), isInteger: true) }
}

extension Int {
  /// The sum of two numbers that are not negative, or a greatest one.
  func addingUpTo(_ greatest: Int, _ other: Int) -> Int {
    let (sum, overflows) = addingReportingOverflow(other)
    return overflows ? greatest : Swift.min(sum, greatest)
  }

  /// The product of two numbers that are not negative, or the greatest number.
  func multipliedUpTo(_ greatest: Int, _ other: Int) -> Int {
    let (product, overflows) = multipliedReportingOverflow(by: other)
    return overflows ? greatest : Swift.min(product, greatest)
  }
}
