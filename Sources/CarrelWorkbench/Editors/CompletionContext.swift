import CarrelCatalogue
import CarrelDiagnostics
import CarrelSyntax

/// What the words before a place say of what may be written there.
///
/// The statement there is hardly ever whole, so that its tree does not exist; its words do.
struct CompletionContext {
  private let document: EditorDocument
  /// The words of the statement before the place, without the one being typed.
  private let words: ArraySlice<Token>
  /// Whether the place is inside a text or a comment.
  let isInTextOrComment: Bool
  /// Whether the word being typed is the first of a line that is not indented.
  let isAtStatement: Bool

  init(in document: EditorDocument, at offset: Int) {
    self.document = document
    let file = document.file
    // A text that does not end on its line goes on to the end of it.
    let texts = file.tokens.lazy.filter { $0.kind == .text }.map { text in
      text.span.range.lowerBound..<text.span.range.upperBound + (text.isSuspect ? 1 : 0)
    }
    isInTextOrComment =
      texts.contains { $0.lowerBound < offset && offset < $0.upperBound }
      || file.comments.contains {
        $0.span.range.lowerBound < offset && offset <= $0.span.range.upperBound
      }
    let before = file.tokens.prefix { $0.kind != .end && $0.span.range.upperBound < offset }
    let typed = file.tokens.dropFirst(before.count).first
    let isTyping = typed.map { $0.kind == .word && $0.span.range.upperBound == offset } ?? false
    let isBehindMark = typed.map { $0.kind == .mark && $0.span.range.upperBound == offset } ?? false
    let all = isBehindMark ? file.tokens.prefix(before.count + 1) : before
    words = all[(all.indices.last { Self.isStatement(all, at: $0) } ?? all.startIndex)...]
    let start = isTyping ? typed?.span.range.lowerBound ?? offset : offset
    isAtStatement = start == 0 || document.source.bytes[start - 1] == UInt8(ascii: "\n")
  }

  private static func isStatement(_ tokens: ArraySlice<Token>, at place: Int) -> Bool {
    guard tokens[place].kind == .word, Words.statements.contains(tokens[place].text) else {
      return false
    }
    return place == 0 || ![".", ":"].contains(tokens[place - 1].text)
  }
}

extension CompletionContext {
  /// The word just before.
  var before: Token? { words.last }

  /// Whether a member of something is being written.
  var isAfterPoint: Bool { before?.isMark(".") == true }

  /// Whether `of` is the one between an output and its population.
  var isInHeader: Bool { words.count == 3 && !["define", "events"].contains(words.first?.text) }

  /// Whether the words before are `categorised by`.
  var isAfterCategorised: Bool { words.dropLast().last?.text == "categorised" }

  /// The name before the point: of `registration_on(index).`, the name that is called.
  var owner: String? { words.dropLast().sourceName }

  /// The parameters that the statement declares.
  var parameters: [String] {
    guard words.dropFirst(2).first?.isMark("(") == true else { return [] }
    let inside = words.dropFirst(3).prefix { !$0.isMark(")") }
    return zip(inside, inside.dropFirst()).compactMap { $1.isMark(":") ? $0.text : nil }
  }

  /// The table whose row is at hand.
  var table: CarrelCatalogue.Table? { rows.flatMap { document.table(ofRows: $0) } }

  /// The name of the rows at hand: those of the query whose `where` or `by` the place is in.
  var rows: String? {
    var rest = words
    // Whether the query that a `where` further left belongs to has ended before the place.
    var hasEnded = false
    while let word = rest.last {
      if word.isMark(")") {
        rest = rest.beforeParentheses
        continue
      }
      rest = rest.dropLast()
      if word.isMark("(") {
        hasEnded = false
      } else if word.kind == .word, Self.ends.contains(word.text) {
        hasEnded = true
      } else if word.kind == .word, ["where", "by"].contains(word.text), !hasEnded,
        let name = rest.withoutClauseWord.sourceName, document.table(ofRows: name) != nil
      {
        return name
      }
    }
    return nil
  }

  /// Words behind which no query before them goes on.
  private static let ends: Set<String> = [
    "otherwise", "when", "then", "include", "exclude", "show", "each", "expect", "given",
  ]
}

extension ArraySlice<Token> {
  /// The name that these end with, its arguments left out.
  fileprivate var sourceName: String? {
    let rest = last?.isMark(")") == true ? beforeParentheses : self
    return rest.last.flatMap { $0.kind == .word ? $0.text : nil }
  }

  /// What stands before the parentheses that these end with.
  fileprivate var beforeParentheses: ArraySlice<Token> {
    var rest = self
    var depth = 0
    repeat {
      if rest.last?.isMark(")") == true { depth += 1 }
      if rest.last?.isMark("(") == true { depth -= 1 }
      rest = rest.dropLast()
    } while depth > 0 && !rest.isEmpty
    return rest
  }

  /// These without the `except` of `except where` and the `sequenced` of `sequenced by`.
  fileprivate var withoutClauseWord: ArraySlice<Token> {
    ["except", "sequenced"].contains(last?.text) ? dropLast() : self
  }
}

extension Token {
  fileprivate func isMark(_ mark: String) -> Bool { kind == .mark && text == mark }
}
