import CarrelCatalogue
import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

/// What a parameter may stand for: `type = NAME`, a value type, a coding system or a table.
enum ParameterType {
  case value(ValueType)
  case period
  case duration
  case codelist
  /// Rows of the table at this position of the plan.
  case rows(Int)

  /// The types that are not the schema's, by name.
  static func named(_ name: String) -> ParameterType? {
    switch name {
    case "boolean": .value(.boolean)
    case "integer": .value(.integer)
    case "decimal": .value(.decimal)
    case "text": .value(.text)
    case "date": .value(.date)
    case "period": .period
    case "duration": .duration
    case "codelist": .codelist
    default: CodingSystem(rawValue: name).map { .value(.code($0)) }
    }
  }

  static let names =
    ["boolean", "integer", "decimal", "text", "date", "period", "duration", "codelist"]
    + CodingSystem.allCases.map(\.rawValue)
}

extension Checker {
  /// The type that a name stands for after a `:`.
  func parameterType(named name: Name) -> ParameterType? {
    if let type = ParameterType.named(name.text) { return type }
    if let index = tables.firstIndex(where: { $0.name == name.text }) { return .rows(index) }
    let mistake = Diagnostic(.unknownType, "there is no type `\(name.text)`", at: name.span)
    let names = ParameterType.names + tables.map(\.name)
    return failure(
      closest(to: name.text, among: names).map { mistake.suggesting($0) }
        ?? mistake.help("the types are \(list(ParameterType.names))"))
  }

  /// What an argument means as a value of a parameter's type.
  func argument(
    _ argument: Written.Expression, as type: ParameterType, of name: Name, in scope: Scope
  ) -> Meaning? {
    let purpose = "`\(name.text)`"
    switch type {
    case .value(let type):
      return value(of: argument, as: type, for: purpose, in: scope).map(Meaning.value)
    case .period: return period(of: argument, for: purpose, in: scope).map(Meaning.period)
    case .duration:
      guard let meaning = meaning(of: argument, in: scope) else { return nil }
      if case .duration = meaning { return meaning }
      return mismatch(meaning, expected: "a length of time", for: purpose, at: argument)
    case .codelist:
      guard let meaning = meaning(of: argument, in: scope) else { return nil }
      if case .codelist = meaning { return meaning }
      return mismatch(meaning, expected: "a code list", for: purpose, at: argument)
    case .rows(let index):
      guard let meaning = meaning(of: argument, in: scope) else { return nil }
      if case .rows(let rows) = meaning, rows.index == index { return meaning }
      return mismatch(
        meaning, expected: "rows of `\(tables[index].name)`", for: purpose, at: argument)
    }
  }
}
