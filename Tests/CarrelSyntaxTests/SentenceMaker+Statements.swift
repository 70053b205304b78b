extension SentenceMaker {
  /// A statement with expressions a few levels deep.
  mutating func statement(levels: Int) -> Sentence {
    budget = levels
    switch number(1...12) {
    case 1...3: return definition()
    case 4: return events()
    case 5: return population()
    case 6...7: return table()
    case 8: return summary()
    case 9: return histogram()
    case 10: return survival()
    case 11: return model()
    default: return example()
    }
  }

  private mutating func definition() -> Sentence {
    let (name, value) = (newName(), expression())
    return Sentence(["define", name, "="] + value.words, "(define \(name) \(value.tree))")
  }

  private mutating func events() -> Sentence {
    let (name, source) = (newName(), source())
    let filters = chance(60) ? filters() : Sentence([], "")
    let keys = chance(50) ? keys() : nil
    let sequenced = keys.map { ["sequenced", "by"] + $0.words } ?? []
    return Sentence(
      ["events", name, "="] + source.words + filters.words + sequenced,
      "(events \(name) \(source.tree)\(filters.tree)"
        + (keys.map { " (sequenced \($0.tree))" } ?? "") + ")")
  }

  private mutating func population() -> Sentence {
    let name = newName()
    let criteria = some(3) { maker in
      let (word, condition) = (maker.pick(["include", "exclude"]), maker.expression())
      let label = maker.chance(50) ? maker.text() : nil
      return Sentence(
        [word] + condition.words + (label.map { [$0] } ?? []),
        "(\(word) \(condition.tree)\(label.map { " " + $0 } ?? ""))")
    }
    return Sentence(
      ["population", name] + criteria.flatMap(\.words), "(population \(name) \(trees(criteria)))")
  }

  private mutating func header(_ word: String) -> Sentence {
    let (name, source) = (newName(), source())
    return Sentence([word, name, "of"] + source.words, "(\(word) \(name) (of \(source.tree))")
  }

  private mutating func item() -> Sentence {
    let value = expression()
    guard chance(30) else { return value }
    let label = text()
    return Sentence(value.words + ["as", label], "(as \(value.tree) \(label))")
  }

  /// `by`, or nothing; with a space before its tree.
  private mutating func grouping() -> Sentence {
    guard chance(60) else { return Sentence([], "") }
    let items = some(3) { $0.item() }
    let isEach = chance(30)
    return Sentence(
      ["by"] + (isEach ? ["each", "of"] : []) + commas(items),
      " (by\(isEach ? "-each-of" : "") \(trees(items)))")
  }

  /// `each`, or nothing; with a space before its tree.
  private mutating func intervals() -> Sentence {
    guard chance(60) else { return Sentence([], "") }
    let (unit, start) = (pick(["day", "week", "month", "quarter", "year"]), sum(true))
    if chance(40) {
      let length = duration()
      return Sentence(
        ["each", "2", unit, "for"] + length.words + ["from"] + start.words,
        " (each (\(unit) 2) (for \(length.tree)) (from \(start.tree)))")
    }
    let end = sum(true)
    return Sentence(
      ["each", unit, "from"] + start.words + ["to"] + end.words,
      " (each (\(unit) 1) (from \(start.tree)) (to \(end.tree)))")
  }

  private mutating func table() -> Sentence {
    let (header, intervals, grouping) = (header("table"), intervals(), grouping())
    let totals = chance(30) ? ["totals", "over", "a"] : []
    let statistics = some(3) { $0.statistic() }
    return Sentence(
      header.words + intervals.words + grouping.words + totals + ["show"] + commas(statistics),
      header.tree + intervals.tree + grouping.tree + (totals.isEmpty ? "" : " (totals a)")
        + " (show \(trees(statistics))))")
  }

  private mutating func statistic() -> Sentence {
    let figure = figure()
    var words = figure.words
    var details = ""
    if chance(20) {
      let items = some(2) { $0.item() }
      words += ["standardised", "to", "\"esp\"", "by"] + parentheses(items)
      details += " (standardised \"esp\" \(trees(items)))"
    }
    if chance(20) {
      words += ["with", "interval", "95", "%"]
      details += " (interval 95)"
    }
    if chance(20) {
      words += ["as", "\"N\""]
      details += " (as \"N\")"
    }
    return Sentence(words, details.isEmpty ? figure.tree : "(\(figure.tree)\(details))")
  }

  private mutating func figure() -> Sentence {
    switch number(1...6) {
    case 1: return Sentence(["count"], "count")
    case 2...3:
      let (word, value) = (pick(["percent", "sum", "mean", "sd", "median"]), expression())
      return Sentence([word] + value.words, "(\(word) \(value.tree))")
    case 4:
      let value = expression()
      return Sentence(["quantile", "0.9", "of"] + value.words, "(quantile 0.9 \(value.tree))")
    case 5:
      let (value, days) = (expression(), expression())
      return Sentence(
        ["rate"] + value.words + ["per", "1000", "person_years", "over"] + days.words,
        "(rate \(value.tree) (per 1000) (person-years \(days.tree)))")
    default:
      let (numerator, denominator) = (sum(true), sum(true))
      return Sentence(
        ["ratio"] + numerator.words + ["to"] + denominator.words,
        "(ratio \(numerator.tree) \(denominator.tree))")
    }
  }

  private mutating func summary() -> Sentence {
    let (header, grouping) = (header("summary"), grouping())
    let items = some(3) { $0.item() }
    return Sentence(
      header.words + grouping.words + ["totals", "show"] + commas(items),
      header.tree + grouping.tree + " (totals) (show \(trees(items))))")
  }

  private mutating func histogram() -> Sentence {
    let (header, grouping, value) = (header("histogram"), grouping(), expression())
    let (low, high) = (sum(true), sum(true))
    return Sentence(
      header.words + grouping.words + ["show"] + value.words + ["from"] + low.words + ["to"]
        + high.words + ["every", "0.5"],
      header.tree + grouping.tree
        + " (show \(value.tree)) (from \(low.tree)) (to \(high.tree)) (every 0.5))")
  }

  /// `time`, with a space before each part of its tree.
  private mutating func time() -> Sentence {
    var result = Sentence([], "")
    for word in ["from", "event", "competing", "censor"] {
      if ["competing", "censor"].contains(word), chance(40) { continue }
      let value = expression()
      result.words += [word] + value.words
      result.tree += " (\(word) \(value.tree))"
    }
    return result
  }

  private mutating func survival() -> Sentence {
    let (header, grouping, time) = (header("survival"), grouping(), time())
    let (step, horizon) = (duration(), duration())
    return Sentence(
      header.words + grouping.words + time.words + ["every"] + step.words + ["for"] + horizon.words,
      header.tree + grouping.tree + time.tree + " (every \(step.tree)) (for \(horizon.tree)))")
  }

  private mutating func model() -> Sentence {
    let header = header("model")
    let terms = some(3) { $0.term() }
    if chance(40) {
      let time = time()
      return Sentence(
        header.words + ["cox"] + time.words + ["on"] + commas(terms),
        header.tree + " cox\(time.tree) (on \(trees(terms))))")
    }
    let (family, outcome, offset) = (
      pick(["linear", "logistic", "poisson", "negative binomial"]), expression(), expression()
    )
    return Sentence(
      header.words + family.split(separator: " ").map(String.init) + outcome.words + ["on"]
        + commas(terms) + ["offset"] + offset.words,
      header.tree + " (\(family) \(outcome.tree)) (on \(trees(terms))) (offset \(offset.tree)))")
  }

  private mutating func term() -> Sentence {
    if chance(20) {
      let (first, second) = (expression(), expression())
      return Sentence(
        ["interaction", "of", "("] + first.words + [","] + second.words + [")"],
        "(interaction \(first.tree) \(second.tree))")
    }
    let value = expression()
    guard chance(40) else { return value }
    let level = self.value()
    return Sentence(
      value.words + ["reference"] + level.words, "(reference \(value.tree) \(level.tree))")
  }

  private mutating func example() -> Sentence {
    let (column, value) = (pick(Self.names), value())
    let expectations = some(3) { $0.expression() }
    return Sentence(
      ["example", "\"e\"", "given", "t", "(", column] + value.words + [")", "expect"]
        + commas(expectations),
      "(example \"e\" (given t ((\(column) \(value.tree)))) (expect \(trees(expectations))))")
  }
}
