import CarrelAudit
import CarrelDisclosure
import CarrelPlan
import CarrelPolicy
import CarrelValues
import CarrelWitness

struct ConstantColumn: Attack {
  let name = "A6 constant column"
  let method = "show the mean and the deviation of a value that all people of a group share"
  let best = "a deviation of zero beside the mean: everybody's value"
  let bits = "as many as the value has, for each person"
  let knowledge = "that somebody is of the group"

  func isClaimed(by policy: Policy) -> Bool { policy.zero == .hide }

  func play(against policy: Policy) -> AttackOutcome {
    let measure = Measure.recorded(in: 0...120)
    let alike = RawSum(of: [Int](repeating: 51, count: 40))
    let group = Gate(policy: policy).group(
      [
        Statistic(name: "mean", label: "mean", kind: .mean(measure)),
        Statistic(name: "sd", label: "sd", kind: .standardDeviation(measure)),
      ],
      RawCell(
        patients: 40, statistics: [.mean(alike), .standardDeviation(.decimal(0), of: alike)]))
    let shown = group.statistics.count { $0.value.number != nil }
    return AttackOutcome(
      getsThrough: shown > 0, shown == 0 ? "both are hidden" : "\(shown) of 2 figures are shown")
  }
}

struct ClassDisclosure: Attack {
  let name = "S8 class disclosure"
  let method = "show a group in which everybody, or nobody, has the condition"
  let best = "a zero or 100% beside the size of the group"
  let bits = "1 for each person of the group"
  let knowledge = "that somebody is of the group"

  func isClaimed(by policy: Policy) -> Bool { policy.zero == .hide }

  func play(against policy: Policy) -> AttackOutcome {
    let gate = Gate(policy: policy)
    let shown = [0, 40].filter { part in
      let group = gate.group(
        [.percent], RawCell(patients: 40, statistics: [.percent(numerator: part)]))
      let figure = group.statistics[0].numerator?.number?.units
      // Rounding leaves open whether it is all of them.
      return figure.map { gate.counts(shownAs: $0) == part...part } ?? false
    }
    return AttackOutcome(
      getsThrough: !shown.isEmpty, "\(shown.count) of 2 classes told: nobody, everybody")
  }
}

struct SmallCellFromMargins: Attack {
  let name = "S9 small cell from margins"
  let method = "subtract the shown cells of a table from its total"
  let best = "exact totals with one hidden cell in a line"
  let bits = "up to 3, which of 1 to 7 it is"
  let knowledge = "none"

  func isClaimed(by policy: Policy) -> Bool { policy.hiddenCounts != nil }

  func play(against policy: Policy) -> AttackOutcome {
    let gate = Gate(policy: policy)
    let hidden = policy.hiddenCounts ?? 1...7
    let told = hidden.filter { small in
      let counts = [61, small, 87]
      let table = gate.table(
        [.count], counts.map { RawCell(patients: $0, statistics: [.count]) },
        total: RawCell(patients: counts.reduce(0, +), statistics: [.count]))
      let cells = table.breakdowns[0].groups.map { $0.count.number?.units }
      guard cells[1] == nil else { return policy.rounding == .none }
      guard let total = table.breakdowns[1].groups[0].count.number?.units else { return false }
      return isDetermined(gate, cells, total: total)
    }
    return AttackOutcome(
      getsThrough: !told.isEmpty, "\(told.count) of \(hidden.count) hidden cells determined")
  }

  /// Whether the second cell has one possible number; a total that is the sum of what is shown is
  /// taken for what it says it is.
  private func isDetermined(_ gate: Gate, _ cells: [Int?], total: Int) -> Bool {
    var facts = cells.enumerated().compactMap { atom, number in
      number.map { number -> PublishedFact in
        let counts = gate.counts(shownAs: number)
        return PublishedFact([atom], from: counts.lowerBound, to: counts.upperBound)
      }
    }
    facts.append(PublishedFact([1], from: 1, to: gate.policy.hiddenCounts?.upperBound))
    if gate.policy.totals != .sumOfShown {
      let counts = gate.counts(shownAs: total)
      facts.append(PublishedFact([0, 1, 2], from: counts.lowerBound, to: counts.upperBound))
    } else if total != cells.reduce(0, { $0 + ($1 ?? 0) }) {
      return true
    }
    let problem = AuditProblem(atomCount: cells.count, facts: facts, cells: [[1]])
    guard let audit = try? Audit(problem) else { return true }
    return audit.intervals[0].isExact
  }
}

struct SmallRest: Attack {
  let name = "S10 small rest of a group"
  let method = "subtract a shown part from its shown group; the few who are left are not shown"
  let best = "counts that are not rounded"
  let bits = "up to 3, which of 1 to 7 it is"
  let knowledge = "none"

  func isClaimed(by policy: Policy) -> Bool { policy.hiddenCounts != nil }

  func play(against policy: Policy) -> AttackOutcome {
    let gate = Gate(policy: policy)
    let hidden = policy.hiddenCounts ?? 1...7
    let told = hidden.filter { rest in
      let group = gate.group(
        [.percent], RawCell(patients: 60, statistics: [.percent(numerator: 60 - rest)]))
      guard let part = group.statistics[0].numerator?.number?.units,
        let whole = group.count.number?.units
      else { return false }
      let (parts, wholes) = (gate.counts(shownAs: part), gate.counts(shownAs: whole))
      return parts.count == 1 && wholes.count == 1
    }
    return AttackOutcome(
      getsThrough: !told.isEmpty, "\(told.count) of \(hidden.count) small rests determined")
  }
}

struct PaddedThreshold: Attack {
  let name = "D2 padded threshold"
  let method = "count a target who may have a secret together with known people who have it"
  let best = "as many known people as the policy hides: shown means that the target has it"
  let bits = "1 for each question"
  let knowledge = "seven or so people who have the secret, and how to name them in a condition"

  /// No threshold stops it, and no policy says so: how people are named is the checker's matter.
  func isClaimed(by policy: Policy) -> Bool { false }

  func play(against policy: Policy) -> AttackOutcome {
    let known = Desk.minimum(of: policy)
    let answers = [0, 1].map { secret in
      var desk = Desk(policy)
      return desk.ask(Array(0..<(known + secret)), "padded")
    }
    let isTold = answers[0] != answers[1]
    return AttackOutcome(
      getsThrough: isTold, isTold ? "the answer tells the secret" : "both answers are alike")
  }
}
