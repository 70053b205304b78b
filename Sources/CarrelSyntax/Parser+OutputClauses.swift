internal import CarrelDiagnostics

extension Parser {
  /// `each = "each" integer? unit ( "from" sum "to" sum | "for" duration "from" sum )`.
  mutating func intervals() throws(Abandoned) -> Intervals? {
    guard isAt("each") else { return nil }
    let start = index
    advance()
    let length = try intervalLength()
    if accept("for") {
      let duration = try duration()
      try expect("from")
      let origin = try bound()
      return Intervals(
        length: length, extent: .followUp(duration, from: origin), span: span(from: start))
    }
    guard accept("from") else {
      throw failExpecting("`from` or `for`", help: suggestion(of: ["from"]))
    }
    let first = try bound()
    try expect("to")
    let last = try bound()
    return Intervals(
      length: length, extent: .calendar(from: first, to: last), span: span(from: start))
  }

  private mutating func intervalLength() throws(Abandoned) -> DurationLiteral {
    let start = index
    let count = current.isIntegerTerm ? try integerTerm() : .value(1)
    let unit = try timeUnit()
    return DurationLiteral(count: count, unit: unit, span: span(from: start))
  }

  /// `by = "by" ("each" "of")? list(item)`.
  mutating func grouping() throws(Abandoned) -> Grouping? {
    guard isAt("by") else { return nil }
    let start = index
    advance()
    let isEachOf = accept("each")
    if isEachOf { try expect("of") }
    let items = try list { (parser) throws(Abandoned) in try parser.item() }
    return Grouping(isEachOf: isEachOf, items: items, span: span(from: start))
  }

  /// `totals = "totals" ("over" list(NAME))?`.
  mutating func totals() throws(Abandoned) -> Totals? {
    guard isAt("totals") else { return nil }
    let start = index
    advance()
    let over =
      accept("over")
      ? try list { (parser) throws(Abandoned) in try parser.name("the name of a grouping") } : []
    return Totals(over: over, span: span(from: start))
  }

  /// `item = expr ("as" STRING)?`.
  mutating func item() throws(Abandoned) -> Item {
    let start = index
    let value = try expression()
    let label = try asLabel()
    return Item(value: value, label: label, span: span(from: start))
  }

  private mutating func asLabel() throws(Abandoned) -> Label? {
    guard accept("as") else { return nil }
    guard current.isName else { return try label("a name in quotation marks") }
    throw failExpecting(
      "a name in quotation marks", help: "write `as \"\(current.text)\"`")
  }

  /// `time = "from" expr "event" expr ("competing" expr)? ("censor" expr)?`.
  mutating func timeToEvent() throws(Abandoned) -> TimeToEvent {
    try expectClause("from")
    let start = try expression()
    try expectClause("event")
    let event = try expression()
    let competing = accept("competing") ? try expression() : nil
    let censor = accept("censor") ? try expression() : nil
    return TimeToEvent(start: start, event: event, competing: competing, censor: censor)
  }

  /// `family = "linear" | "logistic" | "poisson" | "negative" "binomial"`.
  mutating func family(or others: [String]) throws(Abandoned) -> ModelFamily {
    let single: [ModelFamily] = [.linear, .logistic, .poisson]
    if let family = single.first(where: { isAt($0.rawValue) }) {
      advance()
      return family
    }
    if accept("negative") {
      try expect("binomial")
      return .negativeBinomial
    }
    let words = single.map(\.rawValue) + ["negative binomial"] + others
    throw failExpecting(
      "`\(words.joined(separator: "`, `"))`", help: suggestion(of: words) ?? usage)
  }

  /// `term = expr ("reference" value)? | "interaction" "of" "(" expr "," expr ")"`.
  mutating func modelTerm() throws(Abandoned) -> ModelTerm {
    if isAt("interaction"), peek(1).isWord("of"), peek(2).isMark("(") {
      advance()
      advance()
      return try nested { (parser) throws(Abandoned) in
        try parser.expectMark("(")
        let first = try parser.expression()
        try parser.expectMark(",")
        let second = try parser.expression()
        try parser.expectMark(")")
        return .interaction(first, second)
      }
    }
    let value = try expression()
    return .value(value, reference: accept("reference") ? try signedValue() : nil)
  }
}

extension Parser {
  /// `figure ("standardised" …)? ("with" "interval" number "%")? ("as" STRING)?`.
  mutating func statistic() throws(Abandoned) -> Statistic {
    let start = index
    let figure = try figure()
    let standardisation = accept("standardised") ? try standardisation() : nil
    var percent: Literal?
    if accept("with") {
      try expect("interval")
      percent = try number()
      try expectMark("%")
    }
    let label = try asLabel()
    return Statistic(
      figure: figure, standardisation: standardisation, intervalPercent: percent, label: label,
      span: span(from: start))
  }

  private mutating func figure() throws(Abandoned) -> Figure {
    if accept("count") { return .count }
    if let measure = Figure.Measure.allCases.first(where: { isAt($0.rawValue) }) {
      advance()
      return .of(measure, try expression())
    }
    if accept("quantile") {
      let level = try number()
      try expect("of")
      return .quantile(level, of: try expression())
    }
    if accept("rate") { return try rate() }
    if accept("ratio") {
      let numerator = try bound()
      try expect("to")
      return .ratio(numerator, to: try bound())
    }
    throw failExpectingFigure()
  }

  private mutating func failExpectingFigure() -> Abandoned {
    let words = ["count"] + Figure.Measure.allCases.map(\.rawValue) + ["quantile", "rate", "ratio"]
    return failExpecting(
      "a statistic",
      help: suggestion(of: words) ?? "the statistics are `\(words.joined(separator: "`, `"))`")
  }

  private mutating func rate() throws(Abandoned) -> Figure {
    let value = try expression()
    try expect("per")
    guard current.isIntegerTerm else { throw failExpecting("a whole number") }
    let scale = try integerTerm()
    guard accept("person_years") else { return .rate(value, per: scale, personDays: nil) }
    try expect("over")
    return .rate(value, per: scale, personDays: try expression())
  }

  /// `"standardised" "to" STRING "by" "(" list(item) ")"`.
  private mutating func standardisation() throws(Abandoned) -> Standardisation {
    try expect("to")
    let weights = try label("the name of a standard population in quotation marks")
    try expect("by")
    let items = try parenthesisedList { (parser) throws(Abandoned) in try parser.item() }
    return Standardisation(weights: weights, items: items)
  }
}
