import CarrelDiagnostics
import CarrelSyntax
import CarrelValues

/// Judges the text of a study, comments included: how it is written, and whom it names
/// (`attacks`, K10 and K12).
struct TextReview {
  let rules: SafetyRules
  let source: SourceText
  /// The quoted texts that are codes, of which one in eleven could be somebody's number.
  let codes: Set<SourceSpan>

  func diagnostics() -> [Diagnostic] { writing + words + people }

  private func diagnostic(
    _ code: DiagnosticCode, _ message: String, at range: Range<Int>
  ) -> Diagnostic {
    Diagnostic(code, message, at: source.span(range), severity: rules.severity)
  }
}

// How the file is written.
extension TextReview {
  /// Nothing is normalised silently, so what is signed is what was read.
  private var writing: [Diagnostic] {
    let step = "carrel format writes the file as it should be"
    if source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      return [
        diagnostic(.otherLineEnds, "the file begins with a byte-order mark", at: 0..<3).help(step)
      ]
    }
    guard let carriageReturn = source.bytes.firstIndex(of: UInt8(ascii: "\r")) else { return [] }
    return [
      diagnostic(
        .otherLineEnds, "lines end with a carriage return",
        at: carriageReturn..<carriageReturn
      ).help(step)
    ]
  }

  /// Each run of letters and marks that is not all ASCII.
  private var words: [Diagnostic] {
    guard source.bytes.contains(where: { $0 >= 0x80 }), let text = source.text else { return [] }
    var found: [Diagnostic] = []
    var word: [(scalar: Unicode.Scalar, offset: Int)] = []
    var scripts = ScriptReader()
    var offset = 0
    for scalar in text.unicodeScalars where found.count < Diagnostics.limit {
      if scalar.isOfWord {
        word.append((scalar, offset))
      } else {
        found += review(word, &scripts)
        word.removeAll(keepingCapacity: true)
      }
      offset += UTF8.width(scalar)
    }
    return found + review(word, &scripts)
  }

  private func review(
    _ word: [(scalar: Unicode.Scalar, offset: Int)], _ reader: inout ScriptReader
  ) -> [Diagnostic] {
    guard let first = word.first, let last = word.last, word.contains(where: { !$0.scalar.isASCII })
    else { return [] }
    let range = first.offset..<last.offset + UTF8.width(last.scalar)
    if NormalForm.firstBreach(in: word.map(\.scalar)) != nil {
      return [
        diagnostic(.notNormalised, "the word is not in Unicode's normal form C", at: range)
          .help("type it again: each letter with its accent is one character")
      ]
    }
    let scripts = reader.scripts(of: word.map(\.scalar))
    guard scripts.count > 1 else { return [] }
    return [
      diagnostic(.mixedScripts, "the word mixes letters of \(list(scripts))", at: range)
        .help("write it in one alphabet")
    ]
  }
}

// Whom it names.
extension TextReview {
  private var people: [Diagnostic] {
    var bytes = source.bytes
    for code in codes where code.source == source {
      for index in code.range { bytes[index] = UInt8(ascii: "\"") }
    }
    var ignored = Diagnostics()
    let (tokens, comments) = Lexer.read(source, reporting: &ignored)
    var prose = [UInt8](repeating: UInt8(ascii: "\n"), count: bytes.count)
    for range in tokens.filter({ $0.kind == .text }).map(\.span.range) + comments.map(\.span.range)
    {
      for index in range { prose[index] = bytes[index] }
    }
    return details(in: bytes, among: PersonalDetail.inCode)
      + details(in: prose, among: [.postcode])
  }

  private func details(in bytes: [UInt8], among kinds: Set<PersonalDetail>) -> [Diagnostic] {
    var found: [Diagnostic] = []
    var start = 0
    while found.count < Diagnostics.limit,
      let (kind, range) = PersonalDetail.first(in: bytes, from: start, among: kinds)
    {
      found.append(
        diagnostic(.personInText, "this looks like \(kind.description)", at: range)
          .label("a study, its comments and its examples name nobody")
          .help(
            kind == .nhsNumber
              ? "leave it out; numbers that begin with 999 are free for tests" : "leave it out"))
      start = range.upperBound
    }
    return found
  }
}

extension PersonalDetail {
  fileprivate var description: String {
    switch self {
    case .nhsNumber: "an NHS number"
    case .postcode: "a postcode"
    case .emailAddress: "an e-mail address"
    }
  }
}

extension Unicode.Scalar {
  /// Whether it is part of a word: a letter, a mark or a digit.
  fileprivate var isOfWord: Bool {
    properties.isAlphabetic || properties.canonicalCombiningClass != .notReordered
      || properties.generalCategory == .nonspacingMark || properties.numericType != nil
  }
}
