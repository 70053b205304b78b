import CarrelDiagnostics
import CarrelSyntax
import Foundation
import TestSupport
import Testing

@Suite("The TextMate grammar") struct TextMateGrammarTests {
  let grammar: TextMateGrammar

  init() throws { grammar = try TextMateGrammar() }

  private static let units: Set<String> = [
    "day", "days", "week", "weeks", "month", "months", "quarter", "quarters", "year", "years",
  ]

  @Test func `knows the words of the parser and no others`() {
    let constants: Set<String> = ["true", "false", "missing"]
    let statements = Set(Words.statements)
    #expect(grammar.words(of: "statement") == statements)
    #expect(
      grammar.words(of: "declaration") == statements.subtracting(["study", "example", "for"]))
    #expect(grammar.words(of: "operator") == Set(Words.operators))
    #expect(grammar.words(of: "constant") == constants)
    #expect(
      grammar.words(of: "keyword")
        == Words.reserved.subtracting(statements).subtracting(Words.operators).subtracting(
          constants))
    #expect(grammar.words(of: "head") == Words.undeclarable.subtracting(Self.units))
    #expect(grammar.words(of: "unit") == Self.units)
    #expect(grammar.words(of: "duration") == Self.units)
    #expect(grammar.words(of: "clause") == Words.clauses)
  }

  @Test func `the parser asks for no word that the tables lack`() throws {
    let folder = Repository.file("Sources/CarrelSyntax")
    let known = Words.reserved.union(Words.undeclarable).union(Words.clauses)
    var asked: Set<String> = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where name.hasPrefix("Parser") {
      let source = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      for match in source.matches(of: #/\b(?:accept|expect|expectClause|isAt|isWord)\("([a-z_]+)"/#)
      {
        asked.insert(String(match.1))
      }
    }
    #expect(asked.count > 50)
    #expect(asked.subtracting(known) == [])
    #expect(Words.clauses.subtracting(asked).isSubset(of: Set(modelFamilies + measures)))
  }

  private var modelFamilies: [String] { ["linear", "logistic", "poisson"] }

  private var measures: [String] { Figure.Measure.allCases.map(\.rawValue) }

  @Test(
    "colours texts, comments, statements and members as the parser reads them",
    arguments: StudyTests.names ?? [])
  func study(_ name: String) throws {
    let text = try String(contentsOf: StudyTests.folder.appending(path: name), encoding: .utf8)
    let file = parse(text).file
    let scopes = grammar.scopes(of: text)
    func scope(_ offset: Int) -> String { scopes[offset] }
    for comment in file.comments {
      #expect(scope(comment.span.range.lowerBound).hasPrefix("comment"))
      #expect(scope(comment.span.range.upperBound - 1).hasPrefix("comment"))
    }
    for (place, token) in file.tokens.dropLast().enumerated() {
      let scope = scope(token.span.range.lowerBound)
      switch token.kind {
      case .text: #expect(scope.hasPrefix("string"))
      case .date, .month: #expect(scope.hasPrefix("constant.other.date"))
      case .integer, .decimal: #expect(scope.hasPrefix("constant.numeric"))
      case .word where place > 0 && file.tokens[place - 1].text == ".":
        #expect(scope.hasPrefix("variable.other.member"))
      case .word where Words.reserved.contains(token.text):
        #expect(scope.hasPrefix("keyword") || scope.hasPrefix("constant.language"), "\(token.text)")
      case .word, .mark, .end: break
      }
    }
    for name in file.statements.compactMap(\.declaredName) {
      #expect(scope(name.span.range.lowerBound).hasPrefix("entity.name"))
    }
  }

  @Test(
    "a word that may be a name is coloured where it is none",
    arguments: [
      ("define x = any event", "any", "support.function"), ("define x = any event", "event", ""),
      ("  event  e", "event", "keyword.other.clause"), ("define x = rate = 1", "rate", ""),
      ("  show   rate x per 1000", "rate", "keyword.other.clause"),
      ("define x = count", "count", ""), ("define x = count notes", "count", "support.function"),
      ("  each   month from a to b", "month", "keyword.other.unit"),
      ("define x = d + 3 months", "months", "keyword.other.unit"),
      ("define x = month.start", "month", ""), ("define x = wherever", "wherever", ""),
      ("define has_{c}_in = 1", "has_{c}_in", "entity.name"),
      ("define x = visits.from", "from", "variable.other.member"),
      ("define x = \"a {c} b\"", "{c}", "constant.other.placeholder"),
      ("define x = \"a # b", "# b", "string"),
      ("define x = f(1)", "f", "entity.name.function.call"),
      ("define x = y is known", "known", "constant.language"),
      ("define x = known = 1", "known", ""),
    ])
  func word(_ line: String, _ word: String, _ scope: String) throws {
    let place = try #require(line.range(of: word, options: .backwards))
    let offset = line.utf8.distance(from: line.startIndex, to: place.lowerBound)
    let found = grammar.scopes(of: line)[offset]
    #expect(scope.isEmpty ? found.isEmpty : found.hasPrefix(scope), "\(found)")
  }
}

/// A grammar as editors apply it: on each line the rule that matches first, or of several the one
/// that is listed first.
struct TextMateGrammar {
  private struct Rule {
    let begin: NSRegularExpression
    let end: NSRegularExpression?
    let scope: String
    let captures: [Int: String]
    let inner: [String]
  }

  private let rules: [String: Rule]
  private let order: [String]
  private let patterns: [String: String]

  init() throws {
    let data = try Data(contentsOf: Repository.file("docs/editors/carrel.tmLanguage.json"))
    let file = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let repository = try #require(file["repository"] as? [String: [String: Any]])
    order = Self.includes(file)
    patterns = repository.compactMapValues { ($0["match"] ?? $0["begin"]) as? String }
    rules = try repository.mapValues { rule in
      let captures = rule["captures"] as? [String: [String: String]] ?? [:]
      return Rule(
        begin: try NSRegularExpression(pattern: (rule["match"] ?? rule["begin"]) as? String ?? ""),
        end: try (rule["end"] as? String).map { try NSRegularExpression(pattern: $0) },
        scope: rule["name"] as? String ?? "",
        captures: Dictionary(
          uniqueKeysWithValues: captures.map { (Int($0) ?? 0, $1["name"] ?? "") }),
        inner: Self.includes(rule))
    }
    #expect(Set(order) == Set(rules.keys))
  }

  private static func includes(_ rule: [String: Any]) -> [String] {
    (rule["patterns"] as? [[String: String]] ?? []).compactMap { $0["include"] }
      .map { String($0.dropFirst()) }
  }

  /// The words between which a rule chooses: its longest list of them.
  func words(of rule: String) -> Set<String> {
    let lists = (patterns[rule] ?? "").matches(of: #/\((?:\?:)?([a-z_]+(?:\|[a-z_]+)+)\)/#)
      .map { $0.1.split(separator: "|").map(String.init) }
    return Set(lists.max { $0.count < $1.count } ?? [])
  }

  /// The scope of each byte of a text; empty where no rule matches.
  func scopes(of text: String) -> [String] {
    var found: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let units = scopes(ofLine: NSString(string: String(line)))
      // From UTF-16 code units to bytes.
      for (place, scalar) in zip(String(line).utf16Offsets, line.unicodeScalars) {
        found += Array(repeating: units[place], count: UTF8.width(scalar))
      }
      found.append("")
    }
    return found
  }

  private func scopes(ofLine line: NSString) -> [String] {
    var scopes = Array(repeating: "", count: line.length)
    var place = 0
    var open: Rule?
    while place < line.length {
      let rest = NSRange(location: place, length: line.length - place)
      let candidates = (open?.inner ?? order).compactMap { rules[$0] }
      let matches = candidates.compactMap { rule in
        rule.begin.firstMatch(in: line as String, options: Self.options, range: rest).map {
          (rule, $0)
        }
      }
      let best = matches.min { $0.1.range.location < $1.1.range.location }
      let end = open?.end?.firstMatch(in: line as String, options: Self.options, range: rest)
      if let open, let end, end.range.location <= (best?.1.range.location ?? .max) {
        fill(&scopes, place..<NSMaxRange(end.range), open.scope)
        place = NSMaxRange(end.range)
      } else if let (rule, match) = best {
        if let open { fill(&scopes, place..<match.range.location, open.scope) }
        apply(rule, match, to: &scopes)
        place = max(NSMaxRange(match.range), place + 1)
        if rule.end != nil { open = rule }
        continue
      } else {
        break
      }
      open = nil
    }
    return scopes
  }

  /// What stands before the place is seen by a rule that looks back.
  private static let options: NSRegularExpression.MatchingOptions = [.withTransparentBounds]

  private func apply(_ rule: Rule, _ match: NSTextCheckingResult, to scopes: inout [String]) {
    fill(&scopes, match.range.location..<NSMaxRange(match.range), rule.scope)
    for (number, scope) in rule.captures where match.range(at: number).location != NSNotFound {
      let range = match.range(at: number)
      fill(&scopes, range.location..<NSMaxRange(range), scope)
    }
  }

  private func fill(_ scopes: inout [String], _ range: Range<Int>, _ scope: String) {
    for place in range where !scope.isEmpty { scopes[place] = scope }
  }
}

extension String {
  /// Where each scalar begins, in UTF-16 code units.
  fileprivate var utf16Offsets: [Int] {
    unicodeScalars.reduce(into: (offsets: [], next: 0)) { state, scalar in
      state.offsets.append(state.next)
      state.next += UTF16.width(scalar)
    }.offsets
  }
}
