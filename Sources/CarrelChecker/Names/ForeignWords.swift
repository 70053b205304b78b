/// What is written in place of words that other languages have, or that stand otherwise here.
enum ForeignWords {
  /// How what a word is after is said, as the words of a help; `nil` for any other word.
  static func help(for word: String) -> String? {
    switch word.lowercased() {
    case "null", "none", "nil", "na", "nan": "a value that is not there is `missing`"
    case "max", "maximum": "write `largest COLUMN of TABLE`, or `latest` for dates"
    case "min", "minimum": "write `smallest COLUMN of TABLE`, or `earliest` for dates"
    case "avg", "average": "write `mean COLUMN of TABLE`"
    case "total": "write `sum COLUMN of TABLE`"
    case "number", "len", "length", "n": "write `count TABLE`"
    case "exists", "has": "write `any TABLE where CONDITION`"
    case "today", "now": "a study has no clock: write the day, or declare it as a `parameter`"
    case "first", "last": "write `COLUMN of \(word) TABLE`, or `\(word) row of TABLE`"
    case "any", "count": "write `\(word) TABLE where CONDITION`"
    case "sum", "mean", "smallest", "largest", "earliest", "latest":
      "write `\(word) COLUMN of TABLE`"
    default: nil
    }
  }

  /// How the row is picked that a word before a table is after; `nil` for any other word.
  static func pick(for word: String) -> String? {
    switch word.lowercased() {
    case "latest", "newest", "final": "write `of last` before the table"
    case "earliest", "oldest", "initial": "write `of first` before the table"
    default: nil
    }
  }
}
