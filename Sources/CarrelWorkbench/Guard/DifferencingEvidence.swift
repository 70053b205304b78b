import CarrelDifferencing
import CarrelDisclosure
import CarrelPlan

/// What guardians are shown of the comparison with earlier releases: places and ranges, no exact
/// number of people.
struct DifferencingEvidence {
  /// How many releases and tables the run was compared with.
  var releaseCount = 0
  var tableCount = 0
  /// How many figures show what an earlier release showed, and how many are hidden because of one.
  var takenCount = 0
  var hiddenCount = 0
  /// What was found and is now hidden.
  var repaired: [String] = []
  /// What only a person can judge: nobody's group is determined, but much is said of few.
  var questions: [String] = []
  /// What was found and cannot be undone by hiding.
  var faults: [String] = []
  /// What of it is about groups released before, as lines of a table.
  var comparisons: [EarlierComparison] = []
  /// What could be asked for instead of that, of what was released before.
  var proposals: [String] = []
  /// Whether nothing of the run can leave because of it.
  var isHeld: Bool { !faults.isEmpty }
  /// Whether the study has outputs that are not compared.
  var leavesOut = false

  /// Of a run that came to nothing.
  static let nothing = DifferencingEvidence()

  private init() {}

  /// What came of judging a run, in addition to what came of it before something was changed.
  init(
    _ judged: Judged, _ tables: [LedgerTable], beside earlier: EarlierReleases,
    under minimum: Int, adding last: DifferencingEvidence? = nil, plan: Plan = Plan()
  ) {
    let names = FigureNames(tables: tables, earlier: earlier)
    releaseCount = Set(earlier.tables.map(\.run)).count
    tableCount = earlier.tables.count
    takenCount = tables.flatMap(\.guarded.figures).count { $0.published == .taken }
    hiddenCount = judged.judgement.verdicts.joined().count { $0 == .hide }
    leavesOut = plan.outputs.contains { if case .deciles = $0 { true } else { false } }
    repaired = last?.repaired ?? []
    for line in judged.judgement.repaired.map(names.words) where !repaired.contains(line) {
      repaired.append(line)
    }
    questions = judged.judgement.unresolved.filter(\.isQuestion).map(names.words)
    faults = judged.judgement.unresolved.filter { !$0.isQuestion }.map(names.words)
    comparisons = Self.comparisons(
      judged.judgement, by: EarlierComparer(tables: tables, earlier: earlier, minimum: minimum),
      adding: last?.comparisons ?? [])
    proposals = last?.proposals ?? []
    for proposal in judged.judgement.unresolved.flatMap(names.proposals)
    where !proposals.contains(proposal) {
      proposals.append(proposal)
    }
  }

  private static func comparisons(
    _ judgement: GuardJudgement, by comparer: EarlierComparer, adding last: [EarlierComparison]
  ) -> [EarlierComparison] {
    let (questions, faults) = (
      judgement.unresolved.filter(\.isQuestion), judgement.unresolved.filter { !$0.isQuestion }
    )
    // A group that showed an earlier one's figures in the last round may show nothing in this one.
    var lines = last.filter { $0.done == hiddenWord }
    let found =
      comparer.found(judgement.repaired, done: hiddenWord)
      + comparer.found(questions, done: "to be judged")
      + comparer.found(faults, done: "cannot be undone") + comparer.taken
    for line in found where !lines.contains(line) { lines.append(line) }
    return lines
  }

  private static let hiddenWord = "hidden"

  /// The verdict on the rule that a run is safe beside earlier releases.
  var verdict: OutputEvidence.Verdict {
    if isHeld { return .fail }
    let asks = !questions.isEmpty || !repaired.isEmpty || (leavesOut && releaseCount > 0)
    return asks ? .look : .pass
  }

  /// The lines of a packet.
  var lines: [String] {
    var lines = [
      "compared with \(tableCount) \(tableCount == 1 ? "table" : "tables") of \(releaseCount) "
        + "earlier \(releaseCount == 1 ? "release" : "releases"), and its own tables with each other"
    ]
    if takenCount > 0 {
      lines.append(
        "\(takenCount) \(takenCount == 1 ? "figure shows" : "figures show") what an earlier one "
          + "of nearly the same people showed")
    }
    if leavesOut { lines.append("percentiles across units are not compared") }
    lines += repaired.map { "hidden: \($0)" } + questions.map { "to be judged: \($0)" }
    lines += faults.map { "cannot be undone: \($0)" }
    return lines + proposals.map { "could be asked for instead: \($0)" }
  }
}

extension DifferencingFinding {
  /// Whether a person can judge it: how many facts there are of how few people, or how much is
  /// hidden, and not that a group is determined.
  var isQuestion: Bool {
    switch kind {
    case .budget, .emptied: true
    case .inside, .around, .insideCohort, .aroundCohort, .values, .shared, .joint, .undecided: false
    }
  }
}

/// Calls figures by their names, for guardians.
private struct FigureNames {
  let tables: [LedgerTable]
  let earlier: EarlierReleases

  /// What was found, without the number of people: it is of those that are never shown.
  func words(_ finding: DifferencingFinding) -> String {
    let others =
      finding.figures.isEmpty
      ? "" : " and " + finding.figures.prefix(5).map(name).joined(separator: "; ")
    return switch finding.kind {
    case .inside(let figure), .around(let figure):
      "a few people could be worked out by subtraction from \(name(figure))\(others)"
    case .insideCohort(let table), .aroundCohort(let table):
      "a few people could be worked out by subtraction from all of \(name(table))\(others)"
    case .values(let figure):
      "the values of a few people could be worked out from \(name(figure))\(others)"
    case .shared(let one, let other):
      "a few people could be worked out from \(name(one)) beside \(name(other))"
    case .joint(let tables):
      "a few people could be worked out from \(list(tables)) together"
    case .undecided(let tables):
      "it could not be decided what \(list(tables)) say together"
    case .budget(let table, let facts, patients: _):
      "\(facts) facts divide the people of \(name(table)), more than those in small groups bear"
    case .emptied(let table): "more than half of \(name(table)) would be hidden"
    }
  }

  /// What the researcher could be told to ask for in place of a table: groups that were released
  /// before say nothing new of the people in them, and nor do people of whom a table was released.
  func proposals(_ finding: DifferencingFinding) -> [String] {
    guard let nearest = finding.nearestEarlier else { return [] }
    let table = name(TablePlace.earlier(nearest))
    return ["the groups of \(table)", "the people of \(table), by the same inclusion lines"]
  }

  private func list(_ places: [TablePlace]) -> String {
    places.prefix(5).map(name).joined(separator: ", ")
  }

  private func name(_ place: TablePlace) -> String {
    let (table, origin) = found(place)
    return "“\(table.name)”\(origin)"
  }

  private func name(_ place: FigurePlace) -> String {
    let (table, origin) = found(place.table)
    return "“\(table.facts[place.figure].name)”\(origin)"
  }

  private func found(_ place: TablePlace) -> (table: LedgerTable, origin: String) {
    switch place {
    case .new(let number): (tables[number], "")
    case .earlier(let number): (earlier.tables[number].kept, " of an earlier release")
    }
  }
}
