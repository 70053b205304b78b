import CarrelWitness

/// The facts of several tables as equations about the groups that the tables make.
struct CrowdEquations {
  private let audit: GroupAudit
  /// For each table of the audit its cohort: 0 for the new one, then that of each other.
  private let cohorts: [Int]
  /// What the facts determine.
  private var space: RowSpace
  /// Groups of few people that no figure counts by themselves.
  private let isSmall: [Bool]

  /// The facts of the new table and of those linked to it, other intervals of its series left out.
  init(_ joint: JointGroups, _ judge: TableJudge) {
    let linked = joint.linked.filter { !judge.others[$0].isSibling(of: judge.settled) }
    let audit = GroupAudit(
      [judge.settled] + joint.linked.map { judge.others[$0] }, joint.groups,
      minimum: judge.rules.minimum)
    self.audit = audit
    cohorts = [0] + joint.linked.map { $0 + 1 }
    let used = [0] + linked.compactMap(joint.linked.firstIndex).map { $0 + 1 }
    space = RowSpace(width: audit.groups.count)
    for fact in audit.facts(of: used, asExact: true) { space.insert(fact.atoms) }
    isSmall = audit.groups.indices.map {
      audit.groups[$0].count <= judge.rules.minimum && !audit.isPublished(group: $0)
    }
  }

  /// For each cohort, if it is asked about, the patients in small groups, and how many independent
  /// sums of facts are about them alone; for the new table the same of all tables together where
  /// that leaves fewer patients for each sum.
  func cohorts(_ isAsked: [Bool]) -> (small: [Int], facing: [Int]) {
    var small = isAsked.map { _ in 0 }
    var facing = small
    let all = count(of: isSmall)
    // No cohort has more sums about its small groups alone than all together have.
    guard isAsked[0], all.facing > 0 else { return (small, facing) }
    var known: [[Bool]: (small: Int, facing: Int)] = [isSmall: all]
    for (table, cohort) in cohorts.enumerated() where isAsked[cohort] {
      let inside = audit.groups.indices.map { isSmall[$0] && audit.groups[$0].labels[table] != 0 }
      let counted = known[inside] ?? count(of: inside)
      known[inside] = counted
      (small[cohort], facing[cohort]) = counted
    }
    if all.small * facing[0] <= small[0] * all.facing { (small[0], facing[0]) = all }
    return (small, facing)
  }

  /// The patients of some groups, and the sums that are about them alone.
  private func count(of inside: [Bool]) -> (small: Int, facing: Int) {
    let people = audit.groups.indices.reduce(0) { $0 + (inside[$1] ? audit.groups[$1].count : 0) }
    return (people, people == 0 ? 0 : space.rank - space.rank { !inside[$0] })
  }
}
