import CarrelCatalogue
import CarrelChecker
import CarrelDiagnostics
import CarrelFiles
import CarrelJSON
import CarrelSyntax
import CarrelValues

/// What stands at a place of a study.
struct PlaceOfName {
  let span: SourceSpan
  let target: NameUse.Target
}

extension EditorDocument {
  /// The name at a byte, or just before it: where it is used, or where it is declared.
  func name(at offset: Int) -> PlaceOfName? {
    if let use = names?.uses.last(where: { $0.span.range.covers(offset) }) {
      return PlaceOfName(span: use.span, target: use.target)
    }
    for statement in file.statements {
      guard let name = statement.declaredName, name.span.range.covers(offset) else { continue }
      return PlaceOfName(span: name.span, target: .declared(statement))
    }
    return nil
  }

  /// The statement around a byte.
  func statement(at offset: Int) -> Statement? {
    file.statements.first { $0.span.range.covers(offset) }
  }
}

// Going to a declaration.
extension EditorDocument {
  /// Where the name at a byte is declared, or the file of a code list whose path stands there.
  func declaration(at offset: Int) -> JSON? {
    if let file = codelistFile(at: offset) { return file }
    guard let place = name(at: offset) else { return nil }
    switch place.target {
    case .declared(let statement):
      return statement.declaredName.flatMap { self.declaration($0.span) }
    case .parameter: return parameter(at: place.span).map { location(of: $0.name.span) }
    case .column, .table: return nil
    }
  }

  /// A place in this study or in the definitions of its schema, where they are a file.
  private func declaration(_ span: SourceSpan) -> JSON? {
    if span.source == source { return location(of: span) }
    guard let path = span.source.name.absolutePath, Files.exists(path) else { return nil }
    return [
      "uri": .string(DocumentAddress.address(of: path)),
      "range": EditorLines(of: span.source).range(of: span),
    ]
  }

  private func codelistFile(at offset: Int) -> JSON? {
    guard case .codelist(let codelist)? = statement(at: offset),
      case .file(let label, _, _) = codelist.contents, label.span.range.covers(offset),
      let path = Path.join(Path.parent(of: path), label.text).absolutePath, Files.exists(path)
    else { return nil }
    let start: JSON = ["line": 0, "character": 0]
    return [
      "uri": .string(DocumentAddress.address(of: path)), "range": ["start": start, "end": start],
    ]
  }

  /// The parameter that a name stands for, of the statement around it.
  func parameter(at span: SourceSpan) -> FormalParameter? {
    statement(at: span.range.lowerBound)?.formalParameters.first { $0.name.text == span.text }
  }
}

// Explaining a name.
extension EditorDocument {
  /// What is shown of the name at a byte, in Markdown.
  func hover(at offset: Int) -> JSON? {
    guard let place = name(at: offset), let text = explanation(of: place) else { return nil }
    return [
      "contents": ["kind": "markdown", "value": .string(text)],
      "range": lines.range(of: place.span),
    ]
  }

  private func explanation(of place: PlaceOfName) -> String? {
    switch place.target {
    case .column(let column, let table): column.explanation(in: table)
    case .table(let table): table.explanation
    case .declared(let statement): explanation(of: statement)
    case .parameter: parameter(at: place.span).map(explanation)
    }
  }

  private func explanation(of parameter: FormalParameter) -> String {
    "```carrel\n\(parameter.name.text) : \(parameter.type.text)\n```\n\na parameter"
  }

  private func explanation(of statement: Statement) -> String? {
    guard let name = statement.declaredName else { return nil }
    let comment = commentAbove(statement)
    let summary = names?.summary(of: name)?.description
    return (["```carrel\n\(statement.excerpt)\n```"] + [summary, comment].compactMap(\.self))
      .joined(separator: "\n\n")
  }

  /// The comments on the lines right above a statement.
  private func commentAbove(_ statement: Statement) -> String? {
    let text = statement.span.source.text(in: 0..<statement.span.range.lowerBound)
    let above = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    let comments = above.reversed().prefix { $0.hasPrefix("#") }.reversed()
    guard !comments.isEmpty else { return nil }
    return comments.map { String($0.drop { $0 == "#" || $0 == " " }) }.joined(separator: "\n")
  }
}

extension Column {
  /// What is shown of a column.
  fileprivate func explanation(in table: CarrelCatalogue.Table) -> String {
    var parts = ["```carrel\n\(table.name).\(name)\n```", "\(type.words), in \(table.title)"]
    if title != name { parts.insert(title, at: 1) }
    if let levels, !levels.isEmpty {
      let shown = levels.prefix(20).map(\.explanation) + (levels.count > 20 ? ["…"] : [])
      parts.append("levels: " + shown.joined(separator: ", "))
    }
    if isRequired { parts.append("every row has a value") }
    return parts.joined(separator: "\n\n")
  }
}

extension Level {
  /// The value as a study writes it, and its label where that says more.
  fileprivate var explanation: String {
    let written = value.plainText
    return label.utf8.elementsEqual(written.utf8) ? "`\(written)`" : "`\(written)` \(label)"
  }
}

extension CarrelCatalogue.Table {
  /// What is shown of a table.
  fileprivate var explanation: String {
    let rows =
      rowsPerPatient == .one
      ? "at most one row for each patient" : "any number of rows for each patient"
    let columns = columns.map { "`\($0.name)`" }.joined(separator: ", ")
    let title = self.title == name ? [] : [self.title]
    return (["```carrel\n\(name)\n```"] + title + [rows, "columns: \(columns)"])
      .joined(separator: "\n\n")
  }
}

extension ColumnType {
  /// What a person calls a value of the type.
  var words: String {
    switch self {
    case .boolean: "a boolean"
    case .integer: "an integer"
    case .decimal: "a decimal"
    case .text: "a text"
    case .date: "a date"
    case .code(let system): "a code of \(system.title)"
    case .codes(let system): "several codes of \(system.title)"
    case .category: "a category"
    }
  }
}

extension Statement {
  /// The parameters in parentheses behind its name.
  var formalParameters: [FormalParameter] {
    switch self {
    case .define(let node): node.parameters
    case .events(let node): node.parameters
    case .population(let node): node.parameters
    case .forEach(let template): template.statement.formalParameters
    default: []
    }
  }

  /// The statement as written, or the first lines of a long one.
  fileprivate var excerpt: String {
    let lines = span.text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.count > 12 ? lines.prefix(11).joined(separator: "\n") + "\n…" : span.text
  }
}

extension Range<Int> {
  /// Whether a byte is inside, or just behind.
  fileprivate func covers(_ offset: Int) -> Bool { lowerBound <= offset && offset <= upperBound }
}

extension String {
  /// This path, where it is from the root.
  fileprivate var absolutePath: String? { hasPrefix("/") ? self : nil }
}
