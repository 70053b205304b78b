import CarrelAudit
import CarrelWitness

/// What a reader can derive of the small groups that several tables make together: tests T2 and T3.
///
/// The reader is assumed to know which groups are empty, as the definitions may say so; every other
/// group may have any number of people that agrees with the figures.
struct GroupAudit {
  /// People of up to the minimum number whom no figure may single out.
  struct Target {
    var groups: [Int]
    var people: Int
  }

  /// The tables, the new one first.
  let tables: [JudgedTable]
  let groups: [JointGroup]
  /// For each table and label the groups that have it.
  private let groupsOfLabel: [[[Int]]]
  /// For each table and figure its people.
  private let sizes: [[Int]]
  private let minimum: Int

  init(_ tables: [JudgedTable], _ groups: [JointGroup], minimum: Int) {
    self.tables = tables
    self.groups = groups
    self.minimum = minimum
    groupsOfLabel = tables.indices.map { table in
      var found: [[Int]] = []
      for (number, group) in groups.enumerated() {
        while found.count <= group.labels[table] { found.append([]) }
        found[group.labels[table]].append(number)
      }
      return found
    }
    let groupsOfLabel = groupsOfLabel
    sizes = tables.enumerated().map { table, judged in
      judged.figures.map { figure in
        figure.labels.reduce(0) { sum, label in
          guard groupsOfLabel[table].indices.contains(label) else { return sum }
          return groupsOfLabel[table][label].reduce(sum) { $0 + groups[$1].count }
        }
      }
    }
  }

  /// The small groups, and the small hidden figures that several groups make up, unless they are a
  /// figure that a policy has let out as it is.
  func targets() -> [Target] {
    let single = groups.indices.filter {
      (1...minimum).contains(groups[$0].count) && !isPublished(group: $0)
    }.map { Target(groups: [$0], people: groups[$0].count) }
    let hidden = tables.indices.flatMap { table in
      tables[table].figures.indices.compactMap { figure -> Target? in
        guard tables[table].published[figure] == .hidden,
          (1...minimum).contains(sizes[table][figure])
        else { return nil }
        let groups = members(of: figure, in: table)
        return groups.count > 1 ? Target(groups: groups, people: sizes[table][figure]) : nil
      }
    }
    return single + hidden
  }

  /// Whether a group is all that a known figure counts.
  func isPublished(group: Int) -> Bool {
    tables.indices.contains { table in
      tables[table].figures.indices.contains { figure in
        tables[table].isKnown(figure) && sizes[table][figure] == groups[group].count
          && tables[table].figures[figure].labels.contains(groups[group].labels[table])
      }
    }
  }

  private func members(of figure: Int, in table: Int) -> [Int] {
    tables[table].figures[figure].labels.flatMap { label in
      groupsOfLabel[table].indices.contains(label) ? groupsOfLabel[table][label] : []
    }.sorted()
  }

  /// The facts of some tables, by number: of the counts themselves, or of what was published.
  func facts(of numbers: some Sequence<Int>, asExact: Bool) -> [PublishedFact] {
    numbers.flatMap { table in
      tables[table].figures.indices.compactMap { figure -> PublishedFact? in
        let size = sizes[table][figure]
        guard size > 0, let bounds = tables[table].published[figure].bounds else { return nil }
        let low = asExact ? size : bounds.lowerBound
        let high = asExact ? size : bounds.upperBound
        return PublishedFact(members(of: figure, in: table), from: low, to: high)
      }
    }
  }

  /// What the figures of several tables determine.
  enum Outcome {
    case nothing
    case found(Target)
    case undecided
  }

  /// The first of some targets that facts determine although other facts alone do not.
  func firstDetermined(
    _ targets: [Target], by facts: [PublishedFact], butNotBy known: [PublishedFact], nodeLimit: Int
  ) -> Outcome {
    let moves = GroupMoves(groups, facts)
    // Two tables that agree with every fact also show of other targets that they are not exact.
    var found: [[WitnessTables.Change]] = []
    for target in targets where !moves.canChange(target) {
      if found.contains(where: { Self.moves($0, target) }) { continue }
      guard let audit = audit(target, by: facts, nodeLimit: nodeLimit) else { return .undecided }
      found += audit.witnesses.others
      if audit.intervals[0].isExact,
        self.audit(target, by: known, nodeLimit: nodeLimit)?.intervals[0].isExact != true
      {
        return .found(target)
      }
    }
    return .nothing
  }

  /// Whether a table differs from its base in a target.
  private static func moves(_ changes: [WitnessTables.Change], _ target: Target) -> Bool {
    changes.reduce(0) { $0 + (target.groups.contains($1.atom) ? $1.difference : 0) } != 0
  }

  /// What can be derived of a target; `nil` where it may be exact and the search gave up.
  private func audit(_ target: Target, by facts: [PublishedFact], nodeLimit: Int) -> Audit? {
    let problem = AuditProblem(
      atomCount: groups.count, facts: facts, cells: [target.groups], table: groups.map(\.count))
    guard let audit = try? Audit(problem, nodeLimit: nodeLimit) else { return nil }
    // A range that is not exact is shown by two tables, whether or not its ends are known.
    return audit.intervals[0].isDecided || !audit.intervals[0].isExact ? audit : nil
  }
}
