import CarrelDiagnostics
import CarrelSyntax

/// The names that a file declares, each once.
struct Declarations {
  /// The statements in file order.
  private(set) var statements: [Statement] = []
  private var positions: [String: Int] = [:]

  /// The statement that declares a name.
  subscript(name: String) -> Statement? { positions[name].map { statements[$0] } }

  /// The names, in file order.
  var names: [String] { statements.compactMap { $0.declaredName?.text } }

  /// Adds a statement; gives the earlier one of the same name, which stays, if there is one.
  mutating func add(_ statement: Statement) -> Statement? {
    guard let name = statement.declaredName else { return nil }
    if let position = positions[name.text] { return statements[position] }
    positions[name.text] = statements.count
    statements.append(statement)
    return nil
  }
}

extension Statement {
  /// The parameters that a use has to give arguments for.
  var parameters: [FormalParameter] {
    switch self {
    case .define(let definition): definition.parameters
    case .events(let events): events.parameters
    case .population(let population): population.parameters
    default: []
    }
  }

  /// Whether the statement asks for something to be released.
  var isOutput: Bool {
    switch self {
    case .flow, .table, .deciles, .summary, .histogram, .survival, .model, .trend: true
    default: false
    }
  }

  /// What a diagnostic calls the thing declared, with its article.
  var description: String {
    switch self {
    case .study: "a study"
    case .parameter: "a parameter"
    case .constant: "a `let`"
    case .list: "a list of words"
    case .codelist: "a code list"
    case .events: "a set of rows"
    case .define: "a definition"
    case .population: "a population"
    case .example: "an example"
    case .forEach: "a template"
    case .flow, .table, .deciles, .summary, .histogram, .survival, .model, .trend: "an output"
    }
  }
}

/// The functions of the language.
package enum Function: String, CaseIterable {
  case absolute, floor, round, sqrt, log, exp, power, within, date, days, weeks, months, years
}
