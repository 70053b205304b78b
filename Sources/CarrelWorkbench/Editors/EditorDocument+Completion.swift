import CarrelCatalogue
import CarrelChecker
import CarrelDiagnostics
import CarrelJSON
import CarrelPlan
import CarrelSyntax

/// Something that could be written next.
struct Completion {
  let label: String
  let kind: Kind
  var detail = ""

  /// The kinds of the protocol that are used, by their numbers there.
  enum Kind: Int {
    case function = 3, field = 5, variable = 6, population = 7, property = 10, list = 13
    case keyword = 14, constant = 21, table = 22, type = 25
  }

  /// The completion as the protocol writes it.
  var json: JSON {
    var members: [JSON.Member] = [
      .init("label", .string(label)), .init("kind", .integer(kind.rawValue)),
    ]
    if !detail.isEmpty { members.append(.init("detail", .string(detail))) }
    return .object(members)
  }
}

extension EditorDocument {
  /// What could be written at a byte: a member behind a point, else what the words before it leave.
  func completions(at offset: Int) -> [Completion] {
    var seen: Set<String> = []
    return allCompletions(at: offset).filter { seen.insert($0.label).inserted }
  }

  /// The same, where of those of one name the first is what the name would mean.
  private func allCompletions(at offset: Int) -> [Completion] {
    let context = CompletionContext(in: self, at: offset)
    guard !context.isInTextOrComment else { return [] }
    if context.isAfterPoint { return members(of: context) }
    switch context.before?.text {
    case "uses":
      return (names?.schemas ?? []).map { Completion(label: $0.schema.name, kind: .type) }
    case ":": return Self.types
    case _ where context.isAtStatement: return Self.keywords(Words.statements)
    case "of" where context.isInHeader: return declared(where: \.isPopulation)
    case "of": return rows + Self.keywords(["first", "last", "row"])
    case "any", "count", "first", "last": return rows
    case "by" where context.isAfterCategorised: return declared(where: \.isCodelist)
    default: return values(in: context)
    }
  }

  /// Tables and `events`.
  private var rows: [Completion] {
    let many = tables.filter { $0.rowsPerPatient == .many }.map(Self.completion)
    return many + declared(where: \.isEvents)
  }

  /// Whatever can be part of an expression.
  private func values(in context: CompletionContext) -> [Completion] {
    var found = context.table.map { Self.columns(of: $0) } ?? []
    if context.rows.map(isSequence) == true { found += Self.places }
    found += context.parameters.map {
      Completion(label: $0, kind: .variable, detail: "a parameter")
    }
    found += declared { !$0.isOutput }
    found += tables.filter { $0.rowsPerPatient == .one }.map(Self.completion)
    found += StudyNames.functions.map {
      Completion(label: $0, kind: .function, detail: "a function")
    }
    return found + Self.keywords(Self.expressionWords)
  }
}

// The parts.
extension EditorDocument {
  private static let types =
    ["boolean", "integer", "decimal", "text", "date", "period", "duration", "codelist"]
    .map { Completion(label: $0, kind: .type) }

  /// The words that an expression may begin with, or go on with.
  private static let expressionWords =
    Words.operators.filter { $0 != "div" && $0 != "mod" } + [
      "any", "count", "sum", "mean", "smallest", "largest", "earliest", "latest", "first", "last",
      "bands", "case", "when", "then", "where", "except", "true", "false", "missing",
    ]

  private static func keywords(_ words: [String]) -> [Completion] {
    words.map { Completion(label: $0, kind: .keyword) }
  }

  private static func completion(_ table: CarrelCatalogue.Table) -> Completion {
    Completion(label: table.name, kind: .table, detail: table.title)
  }

  private static func columns(of table: CarrelCatalogue.Table) -> [Completion] {
    table.columns.map {
      Completion(label: $0.name, kind: .field, detail: "\($0.type.words), \(table.name)")
    }
  }

  private var tables: [CarrelCatalogue.Table] { names?.schemas.flatMap(\.schema.tables) ?? [] }

  /// The table with a name, or whose rows `events` of that name are.
  func table(ofRows name: String) -> CarrelCatalogue.Table? {
    if let statement = statement(declaring: name), let declared = statement.declaredName {
      return names?.summary(of: declared)?.rows
    }
    return tables.first { $0.name == name }
  }

  /// Whether rows of a name are put in order, there or where they come from.
  private func isSequence(_ name: String) -> Bool {
    var (name, seen): (String, Set<String>) = (name, [])
    // Events may be declared of each other in a circle, which the checker refuses.
    while seen.insert(name).inserted, let events = statement(declaring: name)?.events {
      if !events.sequence.isEmpty { return true }
      name = events.source.name.text
    }
    return false
  }

  /// What rows of a sequence know of it.
  private static let places = SequencePlace.allCases.map { place in
    Completion(label: place.rawValue, kind: .variable, detail: place.words)
  }

  private func statement(declaring name: String) -> Statement? {
    declarations.first { $0.declaredName?.text == name }
  }

  /// What the study declares, then what its schemas do.
  private var declarations: [Statement] {
    (names?.declarations ?? []) + file.statements
  }

  private func declared(where isWanted: (Statement) -> Bool) -> [Completion] {
    declarations.compactMap { statement in
      guard isWanted(statement), let name = statement.declaredName, !name.hasHoles else {
        return nil
      }
      let kind = statement.formalParameters.isEmpty ? statement.completionKind : .function
      let detail = names?.summary(of: name)?.description ?? ""
      return Completion(label: name.text, kind: kind, detail: detail)
    }
  }

  /// What may follow a point.
  private func members(of context: CompletionContext) -> [Completion] {
    guard let owner = context.owner else { return [] }
    if let table = context.table, ["previous", "next", table.name].contains(owner) {
      return Self.columns(of: table)
    }
    let members =
      statement(declaring: owner).flatMap(members) ?? columnMembers(owner, in: context.table)
    guard let members else {
      return tables.first { $0.name == owner && $0.rowsPerPatient == .one }.map(Self.columns) ?? []
    }
    switch members {
    case .row(let table): return Self.columns(of: table)
    case .date: return StudyNames.dateMembers.map { Completion(label: $0, kind: .property) }
    case .period: return ["start", "end"].map { Completion(label: $0, kind: .property) }
    case .none: return []
    }
  }

  /// What may follow a point behind a declared name; of one that nothing called yet, what its words
  /// say.
  private func members(of statement: Statement) -> NameSummary.Members? {
    if let summary = statement.declaredName.flatMap({ names?.summary(of: $0) }) {
      return summary.members
    }
    guard case .define(let definition) = statement, case .query(let query) = definition.value.kind,
      case .row = query.selection
    else { return nil }
    return table(ofRows: query.source.name.text).map { .row($0) }
  }

  private func columnMembers(
    _ name: String, in table: CarrelCatalogue.Table?
  ) -> NameSummary.Members? {
    table?.column(named: name).map { $0.type == .date ? .date : .none }
  }
}

extension Statement {
  fileprivate var isPopulation: Bool { if case .population = self { true } else { false } }
  fileprivate var isCodelist: Bool { if case .codelist = self { true } else { false } }
  fileprivate var isEvents: Bool { if case .events = self { true } else { false } }

  /// The events that this declares, once or for each name of a list.
  fileprivate var events: EventsDeclaration? {
    switch self {
    case .events(let events): events
    case .forEach(let template): template.statement.events
    default: nil
    }
  }

  fileprivate var isOutput: Bool {
    switch self {
    case .flow, .table, .deciles, .summary, .histogram, .survival, .model, .trend: true
    default: false
    }
  }

  fileprivate var completionKind: Completion.Kind {
    switch self {
    case .parameter, .constant: .constant
    case .codelist, .list: .list
    case .events: .table
    case .population: .population
    default: .variable
    }
  }
}

extension SequencePlace {
  /// What a person calls it.
  fileprivate var words: String {
    switch self {
    case .previous: "the row before in the sequence"
    case .next: "the row after in the sequence"
    case .position: "the row's number in the sequence, from 1"
    }
  }
}
