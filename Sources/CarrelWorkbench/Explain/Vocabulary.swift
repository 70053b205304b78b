import CarrelSyntax

/// What the outputs of a study are made of: every declaration that they use, directly or through
/// others, and every name that those mention.
struct Vocabulary {
  /// The declarations, those of the study first, each in the order of its file.
  private(set) var entries: [Entry] = []
  /// Every name that is mentioned, among them those of columns.
  private(set) var mentioned: Set<String> = []

  private var declared: [String: Entry] = [:]

  /// A name that a study or its schema gives to something.
  struct Entry {
    let name: String
    var parameters: [FormalParameter] = []
    let meaning: Meaning

    enum Meaning {
      /// A value of each patient, or one that is the same for all.
      case value(Expression)
      /// Rows of a table, or of other rows.
      case rows(EventsDeclaration)
      /// People, one criterion after another.
      case people([Criterion])
    }
  }

  /// The vocabulary of a study over what its schema brings.
  init(of study: [Statement], over schema: StudyFile?) {
    let brought = (schema?.statements ?? []).compactMap(Entry.init)
    let own = study.compactMap(Entry.init)
    for entry in brought + own { declared[entry.name] = entry }
    for statement in study { visit(output: statement) }
    let names = Set(own.map(\.name))
    entries = (own + brought.filter { !names.contains($0.name) }).filter {
      mentioned.contains($0.name)
    }
  }

  /// What a name stands for, if the outputs use it.
  subscript(name: String) -> Entry? { entries.first { $0.name == name } }
}

extension Vocabulary {
  private mutating func visit(output: Statement) {
    switch output {
    case .flow(let flow): visit(flow.header.population)
    case .table(let table):
      visit(table.header.population)
      visit(table.intervals)
      visit(table.grouping)
      for statistic in table.statistics { visit(statistic.figure.operands) }
    case .summary(let summary):
      visit(summary.header.population)
      visit(summary.grouping)
      for item in summary.items { visit(item.value) }
    case .histogram(let histogram):
      visit(histogram.header.population)
      visit(histogram.grouping)
      visit([histogram.value, histogram.lower, histogram.upper])
    case .deciles(let deciles):
      visit(deciles.header.population)
      visit(deciles.intervals)
      visit(deciles.unit)
      for statistic in deciles.statistics { visit(statistic.figure.operands) }
    default: break
    }
  }

  private mutating func visit(_ intervals: Intervals?) {
    switch intervals?.extent {
    case .calendar(let first, let last): visit([first, last])
    case .followUp(_, let origin): visit(origin)
    case nil: break
    }
  }

  private mutating func visit(_ grouping: Grouping?) {
    for item in grouping?.items ?? [] { visit(item.value) }
  }

  private mutating func visit(_ source: SourceReference) {
    visit(source.name)
    visit(source.arguments)
  }

  private mutating func visit(_ expressions: [Expression]) {
    for expression in expressions { visit(expression) }
  }

  private mutating func visit(_ expression: Expression) {
    switch expression.kind {
    case .name(let name), .call(let name, _), .categorised(_, let name): visit(name)
    // The name after a dot is that of a column, whatever else is called the same.
    case .member(_, let name): mentioned.insert(name.text)
    case .query(let query): visit(query.source.name)
    default: break
    }
    visit(expression.kind.children)
  }

  private mutating func visit(_ name: Name) {
    guard mentioned.insert(name.text).inserted, let entry = declared[name.text] else { return }
    switch entry.meaning {
    case .value(let value): visit(value)
    case .people(let criteria): visit(criteria.map(\.condition))
    case .rows(let events):
      visit(events.source)
      visit([events.filters?.condition, events.filters?.exception].compactMap(\.self))
      visit(events.sequence.map(\.expression))
    }
  }
}

extension Vocabulary.Entry {
  /// What a statement declares, if it has a meaning of its own to be said.
  init?(_ statement: Statement) {
    switch statement {
    case .constant(let constant):
      self.init(name: constant.name.text, meaning: .value(constant.value))
    case .define(let definition):
      self.init(
        name: definition.name.text, parameters: definition.parameters,
        meaning: .value(definition.value))
    case .events(let events):
      self.init(name: events.name.text, parameters: events.parameters, meaning: .rows(events))
    case .population(let population):
      self.init(
        name: population.name.text, parameters: population.parameters,
        meaning: .people(population.criteria))
    default: return nil
    }
  }
}

extension Expression {
  /// The definition that the whole expression is a use of, if it is one.
  func definition(in vocabulary: Vocabulary) -> Vocabulary.Entry? {
    switch kind {
    case .name(let name), .call(let name, _): vocabulary[name.text]
    default: nil
    }
  }
}

extension Figure {
  /// What is computed for each patient, or asked of them.
  fileprivate var operands: [Expression] {
    switch self {
    case .count: []
    case .of(_, let value), .quantile(_, let value): [value]
    case .rate(let value, _, let days): [value] + (days.map { [$0] } ?? [])
    case .ratio(let above, let below): [above, below]
    }
  }
}
