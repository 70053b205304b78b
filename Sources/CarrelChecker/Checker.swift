import CarrelCatalogue
import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax

/// One check of one study.
///
/// Every question is answered with what something means, or with `nil` after its mistake has been
/// reported; `nil` is passed on in silence, so that one mistake has one message.
final class Checker {
  let study: ExpandedStudy
  let settings: [String: String]
  let readCodelist: (CodelistRequest) -> CodelistReply
  /// The schemas that the study uses.
  let schemas: [SchemaInUse]
  /// Their tables, by position in the plan.
  let tables: [SchemaTable]
  /// What is known so far.
  var state: State
  /// What the study declares.
  var declared = Declarations()
  /// What the schemas declare.
  var schemaDeclared = Declarations()
  let lostNames: LostNames
  /// What was noted of names for editors.
  var noted = NotedNames()
  /// What the site asks of the study; `nil` where only its meaning is asked for.
  let rules: SafetyRules?
  /// Where the parts of the study are written, for the rules of the site.
  var places = Places()
  /// The quoted texts that are codes.
  var codeSpans: Set<SourceSpan> = []

  var diagnostics = Diagnostics()
  private var reported: Set<ReportKey> = []
  /// The declarations that are being worked out, outermost first.
  var inProgress: [DeclarationKey] = []
  /// The definitions with parameters that something called.
  var called: Set<DeclarationKey> = []
  /// The intervals of the tables that have some without a mistake, by the name of the table.
  var series: [String: Lowered.Intervals] = [:]
  /// How many levels of expressions, one inside another, are being worked out.
  private var depth = 0
  /// Whether every schema that the study uses is at hand.
  let hasItsSchemas: Bool

  init(
    study: StudyFile, schemas available: [SchemaInUse], settings: [String: String],
    rules: SafetyRules?, codelists: @escaping (CodelistRequest) -> CodelistReply
  ) {
    var found = Diagnostics()
    let study = study.expandingTemplates(reporting: &found)
    diagnostics = found
    self.study = study
    self.settings = settings
    self.rules = rules
    readCodelist = codelists
    let uses = SchemaChoice(of: study.file, among: available)
    schemas = uses.schemas
    tables = schemas.flatMap(\.schema.tables)
    state = State(plan: PlanBuilder(tables: tables))
    lostNames = LostNames(in: study)
    hasItsSchemas = uses.mistakes.isEmpty
    uses.mistakes.forEach(report)
  }

  /// What has been worked out.
  struct State {
    var plan: PlanBuilder
    /// What declarations without parameters mean; `nil` where they have a mistake.
    var meanings: [DeclarationKey: Meaning?] = [:]
    /// What calls mean, by definition and arguments.
    var calls: [CallKey: Meaning?] = [:]
    /// How many different calls were worked out.
    var callCount = 0
    /// The populations, by name and arguments.
    var populations: [CallKey: CheckedPopulation?] = [:]
    /// The populations of outputs, as in the plan.
    var outputPopulations: [CheckedPopulation] = []
    /// The code lists, by name.
    var codelists: [String: CodelistState] = [:]
  }

  private struct ReportKey: Hashable {
    let code: DiagnosticCode
    let span: SourceSpan
    var message = ""
  }
}

/// A declaration, by who made it and its name.
struct DeclarationKey: Hashable {
  let origin: Scope.Origin
  let name: String
}

/// A use of a declaration with arguments: equal calls mean the same.
struct CallKey: Hashable {
  let declaration: DeclarationKey
  let arguments: [Meaning]
}

extension Checker {
  /// Reports a mistake, unless it was met before: a definition is worked out for each of its calls.
  func report(_ diagnostic: Diagnostic) {
    let isNew = reported.insert(ReportKey(code: diagnostic.code, span: diagnostic.span)).inserted
    guard isNew || !diagnostic.span.substitutions.isEmpty else { return }
    diagnostics.report(diagnostic)
  }

  /// Reports one of several mistakes of one place, such as those of one file of codes.
  func reportEach(_ diagnostic: Diagnostic) {
    guard
      reported.insert(
        ReportKey(code: diagnostic.code, span: diagnostic.span, message: diagnostic.message)
      ).inserted
    else { return }
    diagnostics.report(diagnostic)
  }

  /// Reports a mistake, and gives the `nil` that stands for whatever it is a mistake in.
  func failure<Result>(_ diagnostic: Diagnostic) -> Result? {
    report(diagnostic)
    return nil
  }

  /// Works out something one level further inside, unless that is too deep.
  func deeper<Result>(at span: SourceSpan, _ work: () -> Result?) -> Result? {
    guard depth < Limits.depth else {
      return failure(
        Diagnostic(
          .definitionsTooDeep,
          "definitions use each other through more than \(Limits.depth) levels",
          at: span
        ).help("make the definitions that it is built on shorter"))
    }
    depth += 1
    defer { depth -= 1 }
    return work()
  }
}

/// How large a study may be, so that checking one needs bounded time and memory.
enum Limits {
  /// Definitions of all kinds.
  static let declarations = 2_000
  static let codelists = 200
  /// Levels of expressions, through all the definitions that one uses.
  static let depth = 512
  /// Nodes of an expression with every call written out.
  static let expressionSize = 100_000
  /// Different calls of definitions with parameters.
  static let calls = 5_000
  /// Intervals of a table (`attacks`, K5).
  static let intervals = 60
  /// Units that one interval lasts.
  static let intervalLength = 1_000
  /// Days between two points of a survival curve, at least (`attacks`, K9).
  static let survivalStepDays = 7
  /// Points of a survival curve, at most (`attacks`, K9).
  static let survivalPoints = 60
  /// Groups of a table, intervals and totals included.
  static let cells = 10_000
  /// Levels of an integer that a summary shows one by one; an integer of more has a mean.
  static let summaryLevels = 20
  /// Bins of a histogram.
  static let bins = 200
}
