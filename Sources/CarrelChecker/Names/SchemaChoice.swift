import CarrelCatalogue
import CarrelDiagnostics
import CarrelSyntax

/// Which of the schemas at hand a study uses.
struct SchemaChoice {
  private(set) var schemas: [SchemaInUse] = []
  private(set) var mistakes: [Diagnostic] = []

  /// The schemas named after `uses`; the only one where the study names none.
  init(of study: StudyFile, among available: [SchemaInUse]) {
    let named = study.statements.flatMap { statement -> [Name] in
      if case .study(let heading) = statement { heading.schemas } else { [] }
    }
    if named.isEmpty, available.count == 1 { schemas = available }
    for name in named { choose(name, among: available) }
  }

  private mutating func choose(_ name: Name, among available: [SchemaInUse]) {
    let names = available.map(\.schema.name)
    guard let schema = available.first(where: { $0.schema.name == name.text }) else {
      let mistake = Diagnostic(
        .unknownSchema, "there is no schema `\(name.text)`", at: name.span)
      let known = names.isEmpty ? "none is at hand" : "there is \(list(names))"
      mistakes.append(
        closest(to: name.text, among: names).map { mistake.suggesting($0) }
          ?? mistake.label(known))
      return
    }
    if schemas.contains(where: { $0.schema.name == name.text }) { return }
    if let (table, other) = sharedTable(of: schema) {
      mistakes.append(
        Diagnostic(
          .unknownSchema, "`\(name.text)` and `\(other)` both have a table `\(table)`",
          at: name.span
        ).help("use one of the two"))
      return
    }
    schemas.append(schema)
  }

  private func sharedTable(of schema: SchemaInUse) -> (table: String, schema: String)? {
    for table in schema.schema.tables {
      for other in schemas where other.schema.table(named: table.name) != nil {
        return (table.name, other.schema.name)
      }
    }
    return nil
  }
}

/// Names in backquotes, as a sentence lists them; of many, the first few.
func list(_ names: [String]) -> String {
  let shown = names.prefix(8).map { "`\($0)`" } + (names.count > 8 ? ["…"] : [])
  return shown.joined(separator: ", ")
}
