public import CarrelDiagnostics

/// One statement of a study.
public indirect enum Statement: Sendable {
  case study(StudyHeading)
  case parameter(ParameterDeclaration)
  case constant(ConstantDeclaration)
  case list(ListDeclaration)
  case codelist(CodelistDeclaration)
  case events(EventsDeclaration)
  case define(Definition)
  case population(Population)
  case flow(Flow)
  case table(Table)
  case deciles(Deciles)
  case summary(Summary)
  case histogram(Histogram)
  case survival(Survival)
  case model(Model)
  case trend(Trend)
  case example(Example)
  case forEach(Template)
}

extension Statement {
  /// Where the statement is written.
  public var span: SourceSpan { node.span }

  /// The name the statement declares; `study`, `example` and `for each` declare none.
  public var declaredName: Name? { node.declaredName }

  /// The statement's own structure.
  var node: any StatementNode {
    switch self {
    case .study(let node): node
    case .parameter(let node): node
    case .constant(let node): node
    case .list(let node): node
    case .codelist(let node): node
    case .events(let node): node
    case .define(let node): node
    case .population(let node): node
    case .flow(let node): node
    case .table(let node): node
    case .deciles(let node): node
    case .summary(let node): node
    case .histogram(let node): node
    case .survival(let node): node
    case .model(let node): node
    case .trend(let node): node
    case .example(let node): node
    case .forEach(let node): node
    }
  }
}

/// What every statement has.
protocol StatementNode: Sendable {
  /// Where the statement is written.
  var span: SourceSpan { get }
  /// The name it declares.
  var declaredName: Name? { get }
}
