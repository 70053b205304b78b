import TestSupport

/// Studies of random sentences of the grammar, in any layout and with comments anywhere.
struct FormattingSentences {
  private var maker: SentenceMaker
  private var commentCount = 0

  init(seed: UInt64) { maker = SentenceMaker(seed: seed) }

  /// A study of one to three statements, scattered over lines.
  mutating func study() -> String {
    var words: [String] = []
    for _ in 0..<maker.number(1...3) { words += statement() }
    return scattered(words)
  }

  private mutating func statement() -> [String] {
    if maker.chance(30) {
      return maker.pick(Self.others).split(separator: " ").map(String.init)
    }
    let sentence = maker.statement(levels: maker.number(1...3))
    guard !sentence.isAmbiguous else { return statement() }
    return sentence.words.map { $0.replacing("\u{1}", with: "") }
  }

  /// The statements that ``SentenceMaker`` does not make.
  private static let others = [
    "study \"T\" question \"#?\" uses core , local",
    "parameter p : date = 2024-03-31",
    "parameter longer : duration",
    "let l = 2019-04 to index - 1 years",
    "list names = a , \"b\" , 1 to 10 , 7",
    "codelist c : icd10 from \"c.csv\" column \"code\" category \"group\"",
    "codelist total = a + ( b - c where category = \"x\" ) where category = \"y\"",
    "codelist longer = \"J45\" , \"J46\"",
    "define reviewed ( p : period , c : codelist ) = any notes where code in c and date in p",
    "define x = not days ( 14 ) in p otherwise not not y between weeks ( 1 ) and 2 day",
    "population p ( d : date ) include not x matches c \"label\" exclude y",
    "flow f of p ( index )",
    "for each c in names , d for each d in names define {c}_of_{d} = date of row {d} of notes",
    "deciles d of p each month from a to b across practice show percent x as \"X\" , count",
    "trend t of monthly negative binomial breaks 2020-03 , 2021-04 seasonal",
    "example \"e\" given t ( a 1 , b \"x\" ) ( a 2 ) given longer ( c 3 days ) expect not x , y",
  ]
}

extension FormattingSentences {
  /// The words with spaces, line breaks and comments strewn between.
  private mutating func scattered(_ words: [String]) -> String {
    var text = maker.chance(5) ? "\u{FEFF}" : ""
    let lineBreak = maker.chance(10) ? "\r\n" : "\n"
    for (before, word) in zip([nil] + words, words) {
      if let before { text += gap(lineBreak, mayBeNothing: Self.join(before, word)) }
      text += word
    }
    return text + gap(lineBreak, mayBeNothing: true)
  }

  private mutating func gap(_ lineBreak: String, mayBeNothing: Bool) -> String {
    switch maker.number(1...40) {
    case 1: " # \(comment())\(lineBreak)"
    case 2: "\(lineBreak)  # \(comment())  \(lineBreak)"
    case 3: "\(lineBreak)\(lineBreak)#\(comment())\(lineBreak)\(lineBreak)"
    case 4: lineBreak + lineBreak + lineBreak
    case 5...9: lineBreak + String(repeating: " ", count: maker.number(0...5))
    case 10...12: "\t  "
    case 13...22 where mayBeNothing: ""
    default: " "
    }
  }

  /// A comment with a number, so that their order shows.
  private mutating func comment() -> String {
    commentCount += 1
    return "\(commentCount) \(maker.pick(["said \"so\"", "é 🩺", "", "( not x in y", "# days(14)"]))"
  }

  /// Whether two words may stand without a space between.
  private static func join(_ left: String, _ right: String) -> Bool {
    guard let end = left.last, let start = right.first else { return false }
    if start == "." || end == "." { return !end.isNumber }
    return "(),".contains(end) || "(),".contains(start)
  }
}
