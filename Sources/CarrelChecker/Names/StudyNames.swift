public import CarrelCatalogue
public import CarrelDiagnostics
public import CarrelSyntax
import CarrelPlan
import CarrelValues

/// What the names of a study stand for, as far as checking got: for editors.
///
/// It is there for a study with mistakes too, and says nothing of what they hide.
public struct StudyNames {
  /// The schemas that the study uses.
  public let schemas: [SchemaInUse]
  /// What the study declares, templates written out, and then what its schemas do.
  public let declarations: [Statement]
  /// The uses of names in the study, in file order.
  public let uses: [NameUse]
  private let summaries: [Name: NameSummary]

  /// What a name stands for, given where it is declared, in the study or in a schema's definitions;
  /// `nil` where that was not worked out.
  public func summary(of name: Name) -> NameSummary? { summaries[name] }

  /// The functions of the language.
  public static var functions: [String] { Function.allCases.map(\.rawValue) }

  /// What may follow a point behind a date.
  public static var dateMembers: [String] {
    ["year", "month", "day", "first_of_month", "first_of_year"]
  }

  init(
    schemas: [SchemaInUse], declarations: [Statement], uses: [NameUse],
    summaries: [Name: NameSummary]
  ) {
    self.schemas = schemas
    self.declarations = declarations
    self.uses = uses
    self.summaries = summaries
  }
}

/// A name where a study uses it.
public struct NameUse: Sendable {
  /// Where it stands.
  public let span: SourceSpan
  /// What it stands for there.
  public let target: Target

  /// What a name can stand for.
  public enum Target: Sendable {
    /// A column of a table, by itself or after a point.
    case column(Column, of: CarrelCatalogue.Table)
    /// A table by its own name.
    case table(CarrelCatalogue.Table)
    /// What a statement of the study or of a schema declares.
    case declared(Statement)
    /// A parameter of the definition around it.
    case parameter
  }
}

/// What a declared name stands for.
public struct NameSummary: Hashable, Sendable {
  /// The type and what must be known to work it out, as in `a date, one for each patient`.
  public let description: String
  /// What may follow a point.
  public let members: Members

  /// What may follow a point behind a name.
  public enum Members: Hashable, Sendable {
    /// Nothing.
    case none
    /// The parts of a date.
    case date
    /// The ends of a period.
    case period
    /// The columns of one row of this table.
    case row(CarrelCatalogue.Table)
  }

  /// The table whose rows it names, where it names rows.
  public let rows: CarrelCatalogue.Table?
}

/// What a check noted of names on its way.
struct NotedNames {
  var uses: [SourceSpan: NameUse.Target] = [:]
  /// What declarations with parameters meant where they were first worked out.
  var results: [DeclarationKey: Meaning] = [:]
}

extension Checker {
  /// Notes what a name of the study stands for.
  func note(_ name: Name, as target: NameUse.Target) {
    if name.span.source == study.file.source { noted.uses[name.span] = target }
  }

  /// Notes what a declaration with parameters means.
  func note(_ meaning: Meaning?, of key: DeclarationKey) {
    if let meaning, noted.results[key] == nil { noted.results[key] = meaning }
  }

  /// What names stand for, once everything is checked.
  var studyNames: StudyNames {
    var summaries: [Name: NameSummary] = [:]
    for (origin, declarations) in [(Scope.Origin.study, declared), (.schema, schemaDeclared)] {
      for case let name? in declarations.statements.map(\.declaredName) {
        let key = DeclarationKey(origin: origin, name: name.text)
        let meaning = (state.meanings[key] ?? nil) ?? noted.results[key]
        summaries[name] = meaning.map(summary)
      }
    }
    let uses = noted.uses.map { NameUse(span: $0, target: $1) }
      .sorted { $0.span.range.lowerBound < $1.span.range.lowerBound }
    return StudyNames(
      schemas: schemas, declarations: declared.statements + schemaDeclared.statements, uses: uses,
      summaries: summaries)
  }

  private func summary(of meaning: Meaning) -> NameSummary {
    switch meaning {
    case .value(let typed):
      NameSummary(
        description: description(of: typed), members: typed.type == .date ? .date : .none,
        rows: nil)
    case .period:
      NameSummary(description: described(meaning), members: .period, rows: nil)
    case .row(let row):
      NameSummary(
        description: "\(meaning.description), at most one for each patient",
        members: .row(row.table), rows: nil)
    case .rows(let rows):
      NameSummary(description: meaning.description, members: .none, rows: rows.table)
    case .codelist(let name):
      NameSummary(
        description: state.codelists[name].map(\.summary) ?? meaning.description, members: .none,
        rows: nil)
    case .duration, .values:
      NameSummary(description: described(meaning), members: .none, rows: nil)
    }
  }

  /// A meaning, with what it is where it is known.
  private func described(_ meaning: Meaning) -> String {
    meaning.constantText.map { "\(meaning.description): \($0)" } ?? meaning.description
  }

  private func description(of typed: Typed) -> String {
    let type = typed.type.descriptionWithLevels
    switch typed.kind {
    case .constant: return typed.constant.map { "\(type): \($0.plainText)" } ?? type
    case .patient: return "\(type), one for each patient"
    case .column: return "\(type), one for each row"
    }
  }
}

extension ValueType {
  /// What a person is told of it; of a category and of bands, with the levels.
  fileprivate var descriptionWithLevels: String {
    switch self {
    case .category(let levels): "\(description) (\(list(levels.map(\.value.plainText))))"
    case .bands(let bands): "\(description) (\(list(bands)))"
    default: description
    }
  }
}

extension CodelistState {
  /// The system of a list and how many codes and categories it has.
  fileprivate var summary: String {
    let count = codelist?.codes.count ?? entryCount
    let codes = "\(count) \(count == 1 ? "code" : "codes")"
    let levels = codelist?.levels ?? []
    let categories = levels.isEmpty ? "" : " in \(levels.count) categories (\(list(levels)))"
    let system = self.system.map { " of \($0.0.title)" } ?? ""
    return "a code list\(system): \(codes)\(categories)"
  }
}
