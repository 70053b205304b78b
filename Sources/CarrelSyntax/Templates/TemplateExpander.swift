internal import CarrelDiagnostics

/// Writes out the templates of one file.
struct TemplateExpander {
  let file: StudyFile
  var lists: WordLists
  var diagnostics = Diagnostics()
  /// What was written out so far.
  private(set) var statements: [Statement] = []
  private(set) var unreadNames: [Name]
  private var repetitionCount = 0
  private var writtenBytes = 0

  init(_ file: StudyFile) {
    self.file = file
    lists = WordLists(in: file)
    unreadNames = file.unreadNames
  }

  /// Adds a statement as it is, or what its templates make of it.
  mutating func expand(_ statement: Statement) {
    switch statement {
    case .list(let list):
      _ = lists.count(ofList: list.name.text, reporting: &diagnostics)
      statements.append(statement)
    case .forEach: expandTemplate(statement)
    default:
      let tokens = file.tokens(in: statement.span)
      if tokens.contains(where: { $0.kind == .word && $0.hasHoles }) {
        expandTemplate(statement)
      } else {
        statements.append(statement)
      }
    }
  }

  private mutating func expandTemplate(_ statement: Statement) {
    let (loops, repeated) = Self.loops(of: statement)
    let written = writtenOut(repeated, loops)
    statements += written ?? []
    if written == nil, let name = repeated.declaredName { unreadNames.append(name) }
  }

  /// The templates around a statement, outermost first.
  private static func loops(of statement: Statement) -> (loops: [Template], repeated: Statement) {
    var loops: [Template] = []
    var repeated = statement
    while case .forEach(let template) = repeated {
      loops.append(template)
      repeated = template.statement
    }
    return (loops, repeated)
  }

  /// The statements that a template makes; `nil` after a mistake.
  private mutating func writtenOut(
    _ statement: Statement, _ loops: [Template]
  ) -> [Statement]? {
    if case .list(let list) = statement {
      diagnostics.report(
        Diagnostic(.wrongElement, "a `list` is not repeated", at: list.name.span)
          .help("declare it before the template"))
      return nil
    }
    guard check(loops), let body = body(of: statement, loops),
      let count = repetitions(of: loops, body), admit(count, of: statement, loops),
      let words = words(of: loops)
    else { return nil }
    var written: [Statement] = []
    var isWhole = true
    forEachCombination(of: words) { expander, substitutions in
      let statement = expander.statement(from: body, with: substitutions)
      if let statement { written.append(statement) } else { isWhole = false }
    }
    return isWhole ? written : nil
  }

  /// Fills the holes of a statement and reads it.
  private mutating func statement(
    from body: TemplateBody, with substitutions: [FilledHole]
  ) -> Statement? {
    guard let tokens = body.tokens(with: substitutions, reporting: &diagnostics),
      let last = tokens.last
    else { return nil }
    var parser = Parser(tokens + [Token(.end, "", at: last.span.endPoint)])
    defer { diagnostics.report(contentsOf: parser.diagnostics) }
    guard let statement = try? parser.statement(), (try? parser.expectEndOfStatement()) != nil,
      !parser.diagnostics.hasErrors
    else { return nil }
    return statement
  }

  private mutating func forEachCombination(
    of words: [(hole: String, words: [TemplateWord])], from level: Int = 0,
    filled: [FilledHole] = [], _ action: (inout Self, [FilledHole]) -> Void
  ) {
    guard level < words.count else { return action(&self, filled) }
    for word in words[level].words {
      forEachCombination(
        of: words, from: level + 1, filled: filled + [FilledHole(words[level].hole, word)], action)
    }
  }
}

// How often a template repeats, counted before anything is written out.
extension TemplateExpander {
  /// A variable means one thing inside its template.
  private mutating func check(_ loops: [Template]) -> Bool {
    var variables: [String: Name] = [:]
    var isSound = true
    for loop in loops {
      let name = loop.variable
      if let first = variables[name.text] {
        isSound = false
        diagnostics.report(
          Diagnostic(.declaredTwice, "`\(name.text)` is declared twice", at: name.span)
            .related(first.span, "first declared here").help("give one of them another name"))
      } else if lists.isList(name.text) {
        isSound = false
        diagnostics.report(
          Diagnostic(.declaredTwice, "`\(name.text)` is a list already", at: name.span)
            .help("give what stands in the holes another name"))
      }
      variables[name.text] = name
      if case .name(let element)? = loop.elements.first, loop.elements.count == 1 {
        isSound = checkList(element) && isSound
      }
    }
    return isSound
  }

  /// A single word that is nearly the name of a list was meant as one.
  private mutating func checkList(_ name: Name) -> Bool {
    guard !lists.isList(name.text), !lists.isLost(name.text),
      let list = closest(to: name.text, among: lists.names)
    else { return true }
    diagnostics.report(
      Diagnostic(.unknownName, "there is no list `\(name.text)`", at: name.span).suggesting(list))
    return false
  }

  /// How many repetitions loops and the lists in their statement make; `nil` after a mistake.
  private mutating func repetitions(of loops: [Template], _ body: TemplateBody) -> Int? {
    var product: Int? = max(1, body.repetitionCount)
    for loop in loops {
      let count = lists.count(of: loop.elements, reporting: &diagnostics)
      product = product.flatMap { product in count.map { product.multipliedUpTo(.max, $0) } }
    }
    return product
  }

  /// Whether a study may have so many more repetitions.
  private mutating func admit(_ count: Int, of statement: Statement, _ loops: [Template]) -> Bool {
    let place = loops.first?.variable.span ?? statement.declaredName?.span ?? statement.span
    let bytes = count.multipliedUpTo(.max, statement.span.range.count)
    repetitionCount = repetitionCount.addingUpTo(.max, count)
    writtenBytes = writtenBytes.addingUpTo(.max, bytes)
    let limit: String? =
      if count > TemplateLimits.repetitionsOfStatement {
        "a statement is repeated at most 1000 times"
      } else if repetitionCount > TemplateLimits.repetitionsOfStudy {
        "a study has at most 10000 repetitions"
      } else if writtenBytes > TemplateLimits.writtenBytes {
        "the templates of a study are at most 1 MiB when written out"
      } else {
        nil
      }
    guard let limit else { return true }
    diagnostics.report(
      Diagnostic(.tooManyRepetitions, limit, at: place)
        .label(count == .max ? "these are too many to count" : "\(count) here")
        .help("shorten the lists, or split the study"))
    return false
  }

  private mutating func words(
    of loops: [Template]
  ) -> [(hole: String, words: [TemplateWord])]? {
    var result: [(hole: String, words: [TemplateWord])] = []
    for loop in loops {
      guard let words = distinct(lists.words(of: loop.elements)) else { return nil }
      result.append((loop.variable.text, words))
    }
    return result
  }

  /// Words that are all different; `nil` after a mistake.
  mutating func distinct(_ words: [(word: TemplateWord, span: SourceSpan)]) -> [TemplateWord]? {
    var first: [String: SourceSpan] = [:]
    var isSound = true
    for (word, span) in words {
      if let earlier = first.updateValue(span, forKey: word.text) {
        isSound = false
        diagnostics.report(
          Diagnostic(.wrongElement, "`\(word.text)` is repeated twice", at: span)
            .related(earlier, "the first").help("name each word once"))
      }
    }
    return isSound ? words.map(\.word) : nil
  }

  /// A statement with the members of lists that are to be repeated; `nil` after a mistake.
  private mutating func body(of statement: Statement, _ loops: [Template]) -> TemplateBody? {
    let tokens = Array(file.tokens(in: statement.span))
    let variables = Set(loops.map(\.variable.text))
    let end = Token(.end, "", at: statement.span.endPoint)
    var parser = Parser(tokens + [end], recordingListMembers: true)
    guard (try? parser.statement()) != nil else { return nil }
    return TemplateBody(
      tokens, variables: variables, members: parser.listMembers, expander: &self)
  }
}
