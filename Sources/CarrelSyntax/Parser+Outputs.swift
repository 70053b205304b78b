internal import CarrelDiagnostics

extension Parser {
  mutating func output() throws(Abandoned) -> Statement {
    let start = index
    let word = current.text
    advance()
    if word == "trend" { return .trend(try trend(from: start)) }
    let header = try outputHeader(word)
    switch word {
    case "flow": return .flow(Flow(header: header, span: span(from: start)))
    case "table": return .table(try table(header, from: start))
    case "deciles": return .deciles(try deciles(header, from: start))
    case "summary": return .summary(try summary(header, from: start))
    case "histogram": return .histogram(try histogram(header, from: start))
    case "survival": return .survival(try survival(header, from: start))
    default: return .model(try model(header, from: start))
    }
  }

  /// `header = NAME of source`.
  private mutating func outputHeader(_ word: String) throws(Abandoned) -> OutputHeader {
    let article = word.first.map { "aeiou".contains($0) } == true ? "an" : "a"
    let name = try declaredName("\(article) \(word)")
    try expect("of", help: usage)
    return OutputHeader(
      name: name, population: try sourceReference("the name of a population"))
  }

  /// `"table" header each? by? totals? "show" list(stat)`.
  private mutating func table(_ header: OutputHeader, from start: Int) throws(Abandoned) -> Table {
    let intervals = try intervals()
    let grouping = try grouping()
    let totals = try totals()
    try expectClause("show")
    let statistics = try list { (parser) throws(Abandoned) in try parser.statistic() }
    return Table(
      header: header, intervals: intervals, grouping: grouping, totals: totals,
      statistics: statistics, span: span(from: start))
  }

  /// `"deciles" header each? "across" expr "show" list(stat)`.
  private mutating func deciles(
    _ header: OutputHeader, from start: Int
  ) throws(Abandoned) -> Deciles {
    let intervals = try intervals()
    try expectClause("across")
    let unit = try expression()
    try expectClause("show")
    let statistics = try list { (parser) throws(Abandoned) in try parser.statistic() }
    return Deciles(
      header: header, intervals: intervals, unit: unit, statistics: statistics,
      span: span(from: start))
  }

  /// `"summary" header by? totals? "show" list(item)`.
  private mutating func summary(
    _ header: OutputHeader, from start: Int
  ) throws(Abandoned) -> Summary {
    let grouping = try grouping()
    let totals = try totals()
    try expectClause("show")
    let items = try list { (parser) throws(Abandoned) in try parser.item() }
    return Summary(
      header: header, grouping: grouping, totals: totals, items: items, span: span(from: start))
  }

  /// `"histogram" header by? "show" expr "from" sum "to" sum "every" number`.
  private mutating func histogram(
    _ header: OutputHeader, from start: Int
  ) throws(Abandoned) -> Histogram {
    let grouping = try grouping()
    try expectClause("show")
    let value = try expression()
    try expectClause("from")
    let lower = try bound()
    try expectClause("to")
    let upper = try bound()
    try expectClause("every")
    return Histogram(
      header: header, grouping: grouping, value: value, lower: lower, upper: upper,
      width: try number(), span: span(from: start))
  }

  /// `"survival" header by? time "every" duration "for" duration`.
  private mutating func survival(
    _ header: OutputHeader, from start: Int
  ) throws(Abandoned) -> Survival {
    let grouping = try grouping()
    let time = try timeToEvent()
    try expectClause("every")
    let step = try duration()
    try expectClause("for")
    let horizon = try duration()
    return Survival(
      header: header, grouping: grouping, time: time, step: step, horizon: horizon,
      span: span(from: start))
  }

  /// `"model" header`, and `family expr "on" list(term) ("offset" expr)?` or
  /// `"cox" time "on" list(term)`.
  private mutating func model(_ header: OutputHeader, from start: Int) throws(Abandoned) -> Model {
    if accept("cox") {
      let time = try timeToEvent()
      try expectClause("on")
      let terms = try list { (parser) throws(Abandoned) in try parser.modelTerm() }
      return Model(header: header, outcome: .cox(time), terms: terms, span: span(from: start))
    }
    let family = try family(or: ["cox"])
    let outcome = try expression()
    try expectClause("on")
    let terms = try list { (parser) throws(Abandoned) in try parser.modelTerm() }
    let offset = accept("offset") ? try expression() : nil
    return Model(
      header: header, outcome: .regression(family, outcome, offset: offset), terms: terms,
      span: span(from: start))
  }

  /// `"trend" NAME "of" NAME family "breaks" list(value) "seasonal"?`.
  private mutating func trend(from start: Int) throws(Abandoned) -> Trend {
    let name = try declaredName("a trend")
    try expect("of", help: usage)
    let table = try self.name("the name of a table")
    let family = try family(or: [])
    try expectClause("breaks")
    let breaks = try list { (parser) throws(Abandoned) in try parser.signedValue() }
    let isSeasonal = accept("seasonal")
    return Trend(
      name: name, table: table, family: family, breaks: breaks, isSeasonal: isSeasonal,
      span: span(from: start))
  }
}
