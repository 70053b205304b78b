/// Judges new tables against everything released before: what several tables say together.
///
/// Each figure is compared by its members, never by the words of a query. In this order, as
/// `disclosure.md` has it: a figure near an earlier one takes its fact; a figure whose subtraction
/// leaves few people is hidden, and the rest judged again with all earlier figures frozen; what is
/// then still derivable, or undecided, holds the run with its evidence. The judgement depends on
/// what is given alone, and is the same each time.
public struct DifferencingGuard: Sendable {
  private let rules: DifferencingRules

  /// A guard under the rules of a policy.
  public init(_ rules: DifferencingRules) { self.rules = rules }

  /// Judges the tables of a run, each against the earlier ones and those of the run before it.
  ///
  /// Companions that the gate hides afterwards can make a difference small, so the gate's answer is
  /// judged again, until nothing more is hidden.
  ///
  /// - Parameters:
  ///   - new: The tables of the run as the gate proposes them, in order.
  ///   - vectors: The label vector of each.
  ///   - earlier: Every table released before that may share a patient, in order of release.
  ///   - earlierVector: Reads the label vector of one of these; called a few times for each.
  ///   - values: Reads the values of the members of a table, as labels that are places in a declared
  ///     range; `nil` of a table of which nothing is computed from values.
  /// - Returns: A verdict for each figure, and the evidence for guardians.
  /// - Throws: What reading a vector throws; the run is then to be held.
  public func judgement<Failure: Error>(
    of new: [GuardedTable], vectors: [LabelVector], against earlier: [GuardedTable],
    earlierVector: (Int) throws(Failure) -> LabelVector,
    values: (TablePlace) throws(Failure) -> LabelVector?
  ) throws(Failure) -> GuardJudgement {
    precondition(new.count == vectors.count, "a vector for each new table")
    var judgement = GuardJudgement(
      verdicts: [], unresolved: [], repaired: [],
      earlierDividingFactCounts: earlier.map(\.dividingFactCount), newDividingFactCounts: [])
    var settled: [JudgedTable] = []
    for (number, table) in new.enumerated() {
      let others = judgement.counted(earlier) + settled
      func vector(_ other: Int) throws(Failure) -> LabelVector {
        other < earlier.count ? try earlierVector(other) : vectors[other - earlier.count]
      }
      var judge = TableJudge(
        JudgedTable(table, at: .new(number)), vectors[number], among: others, rules)
      for other in others.indices { judge.compare(with: other, try vector(other)) }
      judge.takeNearFacts()
      let near = others.indices.filter(judge.mayCompareValues)
      if !near.isEmpty, let own = try values(.new(number)) {
        for other in near {
          guard let its = try values(others[other].place) else { continue }
          judge.compareValues(
            ValuePair(vectors[number], own, try vector(other), its), with: other)
        }
      }
      judge.judgePairs()
      let groups = try JointGroups(
        of: judge, vectors[number], limit: rules.groupLimit, otherVector: vector)
      judge.judgeJointly(groups)
      let crowd = try Crowd(groups, judge, vectors[number], rules, otherVector: vector)
      judge.judgeBudget(crowd)
      judgement.take(judge, afterEarlier: earlier.count)
      settled.append(judge.settled)
      for other in settled.indices {
        settled[other].table.dividingFactCount = judgement.newDividingFactCounts[other]
      }
    }
    return judgement
  }
}

extension DifferencingGuard {
  /// Judges tables of which nothing is computed from values.
  public func judgement<Failure: Error>(
    of new: [GuardedTable], vectors: [LabelVector], against earlier: [GuardedTable],
    earlierVector: (Int) throws(Failure) -> LabelVector
  ) throws(Failure) -> GuardJudgement {
    try judgement(
      of: new, vectors: vectors, against: earlier, earlierVector: earlierVector,
      values: { (_) throws(Failure) in nil })
  }

  /// The small differences of one new table, as proposed, with each of the earlier ones: test T1 alone.
  ///
  /// - Parameters:
  ///   - new: The table as the gate proposes it.
  ///   - vector: Its label vector.
  ///   - earlier: The tables released before.
  ///   - earlierVector: Reads the label vector of one of these; called once for each.
  /// - Returns: Every difference of 1 up to the minimum number of people.
  /// - Throws: What reading a vector throws.
  public func differences<Failure: Error>(
    of new: GuardedTable, _ vector: LabelVector, against earlier: [GuardedTable],
    earlierVector: (Int) throws(Failure) -> LabelVector
  ) throws(Failure) -> [DifferencingFinding] {
    let table = JudgedTable(new, at: .new(0))
    var residues = Residues(minimum: rules.minimum)
    var findings: [DifferencingFinding] = []
    for (number, description) in earlier.enumerated() {
      let other = JudgedTable(description, at: .earlier(number))
      let pair = TablePair(new, vector, description, try earlierVector(number))
      findings += residues.all(table, other, pair).map(\.finding)
    }
    return findings
  }
}

extension GuardJudgement {
  /// The earlier tables with the facts that divide them by now.
  fileprivate func counted(_ earlier: [GuardedTable]) -> [JudgedTable] {
    earlier.enumerated().map { number, table in
      var table = table
      table.dividingFactCount = earlierDividingFactCounts[number]
      return JudgedTable(table, at: .earlier(number))
    }
  }

  /// Adds the outcome of one new table.
  fileprivate mutating func take(_ judge: TableJudge, afterEarlier count: Int) {
    verdicts.append(judge.verdicts)
    unresolved += judge.unresolved
    repaired += judge.repaired
    for (other, facts) in judge.dividedBy.enumerated() {
      if other < count {
        earlierDividingFactCounts[other] += facts
      } else {
        newDividingFactCounts[other - count] += facts
      }
    }
    newDividingFactCounts.append(judge.dividing)
  }
}
