extension SentenceMaker {
  /// What a query selects: its words, the beginning of its tree, and whether it picks a row.
  private struct Selection {
    let words: [String]
    let tree: String
    let isPick: Bool
  }

  /// `rowquery = (aggregate | pick) source | "count" "episodes" "of" source "gap" duration`.
  mutating func rowQuery() -> Sentence {
    if chance(10) { return episodes(Sentence([], "")) }
    let selection = selection()
    let source = source()
    return Sentence(selection.words + source.words, "(\(selection.tree) \(source.tree))")
  }

  /// `query`.
  mutating func query() -> Sentence {
    if chance(10) { return episodes(filters()) }
    let selection = selection()
    let source = source()
    let filters = selection.isPick && chance(30) ? Sentence([], "") : filters()
    let order =
      selection.isPick && (filters.words.isEmpty || chance(50)) ? order() : Sentence([], "")
    return Sentence(
      selection.words + source.words + filters.words + order.words,
      "(\(selection.tree) \(source.tree)\(filters.tree)\(order.tree))")
  }

  private mutating func episodes(_ filters: Sentence) -> Sentence {
    let (source, gap) = (source(), duration())
    return Sentence(
      ["count", "episodes", "of"] + source.words + filters.words + ["gap"] + gap.words,
      "(count-episodes \(gap.tree) \(source.tree)\(filters.tree))")
  }

  private mutating func selection() -> Selection {
    switch number(1...7) {
    case 1: return Selection(words: ["any"], tree: "any", isPick: false)
    case 2: return Selection(words: ["count"], tree: "count", isPick: false)
    case 3:
      let column = column()
      return Selection(
        words: ["count", "distinct"] + column.words + ["of"], tree: "count-distinct \(column.tree)",
        isPick: false)
    case 4:
      let word = pick(["sum", "mean", "smallest", "largest", "earliest", "latest"])
      let column = column()
      return Selection(
        words: [word] + column.words + ["of"], tree: "\(word) \(column.tree)", isPick: false)
    case 5:
      let path = path()
      return Selection(words: path.words + ["of"], tree: "values \(path.tree)", isPick: false)
    case 6:
      let (words, tree) = pick([
        (["first", "row", "of"], "row first"), (["last", "row", "of"], "row last"),
        (["row", "3", "of"], "row 3"), (["row", "{n}", "of"], "row {n}"),
      ])
      return Selection(words: words, tree: tree, isPick: true)
    default:
      let path = path()
      let (words, tree) = pick([
        (["of", "first"], "first"), (["of", "last"], "last"), (["of", "row", "2", "of"], "2"),
      ])
      return Selection(
        words: path.words + words, tree: "column \(path.tree) \(tree)", isPick: true)
    }
  }

  /// `column = path | "(" expr ")"`.
  private mutating func column() -> Sentence {
    guard budget > 0, chance(30) else { return path() }
    let inner = expression()
    return Sentence(["("] + inner.words + [")"], inner.tree)
  }

  /// `path = NAME ("." word)*`.
  private mutating func path() -> Sentence {
    let name = name()
    guard chance(20) else { return name }
    return Sentence(name.words + [".", "from"], "(. \(name.tree) from)")
  }

  /// `source = NAME ("(" list(expr) ")")?`.
  mutating func source() -> Sentence {
    let name = name()
    guard budget > 0, chance(15) else { return name }
    let arguments = some(2) { $0.expression() }
    return Sentence(
      name.words + parentheses(arguments), "(call \(name.tree) \(trees(arguments)))")
  }

  /// `filters`, with a space before each part of the tree.
  mutating func filters() -> Sentence {
    var result = Sentence([], "")
    let kind = number(1...3)
    if kind != 1 {
      let condition = condition()
      result.words += ["where"] + condition.words
      result.tree += " (where \(condition.tree))"
    }
    if kind != 2 {
      let exception = condition()
      result.words += ["except", "where"] + exception.words
      result.tree += " (except \(exception.tree))"
    }
    return result
  }

  /// `order = "by" keys ("including" "missing")?`, with a space before its tree.
  private mutating func order() -> Sentence {
    let keys = keys()
    let includes = chance(30)
    return Sentence(
      ["by"] + keys.words + (includes ? ["including", "missing"] : []),
      " (by \(keys.tree)\(includes ? " including-missing" : ""))")
  }

  /// `keys = key | "(" key "," list(key) ")"`.
  mutating func keys() -> Sentence {
    guard chance(40) else { return key() }
    let keys = [key()] + some(2) { $0.key() }
    return Sentence(parentheses(keys), trees(keys))
  }

  /// `key = (sum | span) "descending"?`.
  private mutating func key() -> Sentence {
    let key = chance(15) ? span(false) : sum(false)
    guard chance(30) else { return key }
    return Sentence(key.words + ["descending"], "(descending \(key.tree))")
  }
}
