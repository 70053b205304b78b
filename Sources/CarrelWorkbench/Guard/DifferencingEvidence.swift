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
  /// What was found and hidden, or could not be.
  var findings: [String] = []
  /// Whether the run is held because of it.
  var isHeld = false
  /// Whether the study has outputs that are not compared.
  var leavesOut = false

  /// Of a run that came to nothing.
  static let nothing = DifferencingEvidence()

  private init() {}

  /// What came of judging a run, in addition to what came of it before something was changed.
  init(
    _ judged: Judged, _ tables: [LedgerTable], beside earlier: EarlierReleases,
    adding last: DifferencingEvidence?, plan: Plan
  ) {
    let names = FigureNames(tables: tables, earlier: earlier)
    releaseCount = Set(earlier.tables.map(\.run)).count
    tableCount = earlier.tables.count
    takenCount = tables.flatMap(\.guarded.figures).count { $0.published == .taken }
    hiddenCount = judged.judgement.verdicts.joined().count { $0 == .hide }
    isHeld = judged.judgement.isHeld
    leavesOut = plan.outputs.contains { if case .deciles = $0 { true } else { false } }
    let found = judged.judgement.repaired + judged.judgement.unresolved
    findings = last?.findings ?? []
    for line in found.map(names.words) where !findings.contains(line) { findings.append(line) }
  }

  /// The verdict on the rule that a run is safe beside earlier releases.
  var verdict: OutputEvidence.Verdict {
    isHeld ? .fail : leavesOut && releaseCount > 0 ? .look : .pass
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
    if isHeld { lines.append("held: this cannot be released as it is") }
    return lines + findings
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
    case .shared(let one, let other):
      "a few people could be worked out from \(name(one)) beside \(name(other))"
    case .joint(let tables):
      "a few people could be worked out from \(list(tables)) together"
    case .undecided(let tables):
      "it could not be decided what \(list(tables)) say together"
    case .budget(let table, let facts, let patients):
      "\(facts) facts divide the people of \(name(table)), of whom \(patients) are in small groups"
    case .emptied(let table): "more than half of \(name(table)) would be hidden"
    }
  }

  private func list(_ places: [TablePlace]) -> String {
    places.prefix(5).map(name).joined(separator: ", ")
  }

  private func name(_ place: TablePlace) -> String {
    let (table, origin) = found(place)
    return "“\(table.facts.first?.name ?? "")”\(origin)"
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
