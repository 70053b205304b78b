/// How many people stand in small groups of all tables together, against the facts that divide them:
/// test T4.
///
/// Every fact that divides a cohort is an equation about its people, and for each there must be a
/// number of patients in small groups. With fewer, rounded counts give back what is known of single
/// people (`attacks`, C1). Numbers of larger groups, and of people elsewhere, are as unknown, so only
/// what is left of the equations without them counts: where all groups are known that is a difference
/// of two ranks, and where they are too many each larger group is set off against a fact.
struct Crowd {
  /// The facts that divide the cohort of the new table, then of each of the others.
  let facts: [Int]
  /// How many of them are left for the patients in small groups.
  let facing: [Int]
  /// The facts of the new table alone that divide the cohort of each of the others.
  let newFacts: [Int]
  /// The patients in small groups of the same cohorts.
  let small: [Int]

  init<Failure: Error>(
    _ groups: JointGroups, _ judge: TableJudge, _ vector: LabelVector, _ rules: DifferencingRules,
    otherVector: (Int) throws(Failure) -> LabelVector
  ) throws(Failure) {
    let newFacts = zip(judge.others, judge.pairs).map { other, pair in
      other.isSibling(of: judge.settled)
        ? 0 : Self.facts(of: judge.settled, pair.new, in: pair.other)
    }
    let own = judge.known.count { judge.sizes[$0] < judge.cohortSize }
    facts =
      [
        zip(judge.others, judge.pairs).reduce(own) { facts, other in
          other.0.isSibling(of: judge.settled)
            ? facts : facts + Self.facts(of: other.0, other.1.other, in: other.1.new)
        }
      ] + zip(judge.others, newFacts).map { $0.table.dividingFactCount + $1 }
    self.newFacts = newFacts
    if groups.isComplete {
      let equations = CrowdEquations(groups, judge)
      (small, facing) = equations.cohorts([facts[0] > 0] + newFacts.map { $0 > 0 })
      return
    }
    var count = GroupCount(cohortCount: judge.others.count + 1, minimum: rules.minimum)
    let tables = judge.informative
    for other in tables { count.mix(try otherVector(other)) }
    count.mix(vector)
    count.settle()
    count.add(vector, cohort: 0)
    for other in tables { count.add(try otherVector(other), cohort: other + 1) }
    small = count.small
    facing = zip(facts, count.larger).map { max(0, $0 - $1) }
  }

  /// The known figures of one table that divide the cohort of another.
  private static func facts(of one: JudgedTable, _ side: PairSide, in cohort: PairSide) -> Int {
    one.figures.indices.count { figure in
      let inside = side.touches[figure].reduce(0) { $0 + ($1.label == 0 ? 0 : $1.count) }
      return one.isKnown(figure) && inside > 0 && inside < cohort.cohortSize
    }
  }

  /// The cohorts that the new table divides and that have too few people for their facts.
  func findings(in judge: TableJudge, patientsPerFact: Int) -> [DifferencingFinding] {
    facts.indices.compactMap { cohort in
      let isTouched = cohort == 0 ? facts[0] > 0 : newFacts[cohort - 1] > 0
      let needed = patientsPerFact * facing[cohort]
      guard isTouched, small[cohort] > 0, small[cohort] < needed else { return nil }
      let place = cohort == 0 ? judge.settled.place : judge.others[cohort - 1].place
      return DifferencingFinding(
        .budget(of: place, facts: facing[cohort], patients: small[cohort]))
    }
  }
}
