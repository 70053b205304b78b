import CarrelDifferencing

/// One line of the table in which a packet holds groups of a run against groups released before.
///
/// It has names and ranges, and no exact number of people.
struct EarlierComparison: Hashable {
  /// The release, as the caption of its table names it.
  var release: String
  /// The groups of the run, and those of the release.
  var new, earlier: String
  /// How many people are in the one and not in the other.
  var apart: String
  /// What has become of the groups of the run.
  var done: String

  static let headings = ["This run", "Released", "In one, not the other", "Done"]
  var cells: [String] { [new, earlier, apart, done] }
}

/// Makes the lines of that table from what the guard found.
struct EarlierComparer {
  let tables: [LedgerTable]
  let earlier: EarlierReleases
  /// The most people that a policy hides.
  let minimum: Int

  /// Groups that show what a released group of nearly the same people showed.
  var taken: [EarlierComparison] {
    tables.flatMap { table in
      zip(table.guarded.figures, table.facts).compactMap { figure, fact in
        guard figure.published == .taken, let origin = fact.origin,
          let other = earlier.tables.first(where: {
            $0.run == origin.run && $0.number == origin.table
          })
        else { return nil }
        return EarlierComparison(
          release: other.release, new: fact.name, earlier: other.kept.facts[origin.figure].name,
          apart: "few or none", done: "shows what that one shows")
      }
    }
  }

  /// What was found beside releases, and what was done about it.
  func found(_ findings: [DifferencingFinding], done: String) -> [EarlierComparison] {
    findings.compactMap { finding in
      let places = self.places(in: finding)
      guard let release = places.compactMap(release).first else { return nil }
      return EarlierComparison(
        release: release, new: names(places, isNew: true), earlier: names(places, isNew: false),
        apart: apart(finding), done: done)
    }
  }

  private func apart(_ finding: DifferencingFinding) -> String {
    switch finding.kind {
    case .inside, .around, .insideCohort, .aroundCohort, .shared, .joint:
      "1 to \(minimum) people"
    case .values: "no more than \(minimum) people, or their values"
    case .undecided: "could not be decided"
    case .budget: "many facts of few people"
    case .emptied: "most of the table"
    }
  }

  private enum Place: Hashable {
    case table(TablePlace)
    case figure(FigurePlace)

    var table: TablePlace {
      switch self {
      case .table(let place): place
      case .figure(let figure): figure.table
      }
    }
  }

  private func places(in finding: DifferencingFinding) -> [Place] {
    let subject: [Place] =
      switch finding.kind {
      case .inside(let figure), .around(let figure), .values(let figure): [.figure(figure)]
      case .insideCohort(let table), .aroundCohort(let table), .emptied(let table),
        .budget(let table, facts: _, patients: _):
        [.table(table)]
      case .shared(let one, let other): [.table(one), .table(other)]
      case .joint(let all), .undecided(let all): all.map { .table($0) }
      }
    return subject + finding.figures.map { .figure($0) }
  }

  private func release(of place: Place) -> String? {
    if case .earlier(let number) = place.table { earlier.tables[number].release } else { nil }
  }

  private func names(_ places: [Place], isNew: Bool) -> String {
    var names: [String] = []
    for place in places {
      let table: LedgerTable
      switch place.table {
      case .new(let number) where isNew: table = tables[number]
      case .earlier(let number) where !isNew: table = earlier.tables[number].kept
      case .new, .earlier: continue
      }
      let name: String
      switch place {
      case .table: name = "all of \(table.name)"
      case .figure(let figure): name = table.facts[figure.figure].name
      }
      if !names.contains(name) { names.append(name) }
    }
    let more = names.count > Self.nameLimit ? ["\(names.count - Self.nameLimit) more"] : []
    return (names.prefix(Self.nameLimit) + more).joined(separator: "; ")
  }

  private static let nameLimit = 5
}

extension [EarlierComparison] {
  /// The most lines for one release; a study that is asked again has one for each of its groups.
  private static let lineLimit = 20

  /// The lines release by release, in the order in which they were found.
  var byRelease: [(release: String, rows: [[String]])] {
    var releases: [String] = []
    for line in self where !releases.contains(line.release) { releases.append(line.release) }
    return releases.map { release in
      let lines = filter { $0.release == release }
      let rows = lines.prefix(Self.lineLimit).map(\.cells)
      let rest = lines.count - rows.count
      return (release, rows + (rest > 0 ? [["\(rest) more", "", "", ""]] : []))
    }
  }
}
