import CarrelPolicy

/// An attack that adds and subtracts counts until few people are left over.
protocol Subtraction: Attack {
  /// The runs to ask for one after the other, each of tables, each of groups; and with which factor
  /// each group, in order, enters the sum that gives the people left over.
  func questions(leaving few: Int, of many: Int) -> (runs: [[[[Int]]]], factors: [Int])
}

extension Subtraction {
  var bits: String { "up to 3, which of 1 to 7 it is" }
  var knowledge: String { "none beyond the definitions" }
  var best: String { "counts that are not rounded, of sets that nobody compares" }

  func play(against policy: Policy) -> AttackOutcome {
    let minimum = Desk.minimum(of: policy)
    let sizes = [100, 123, 147, 161, 180]
    var (pinned, unguarded, count) = (0, 0, 0)
    for few in 1...minimum {
      for many in sizes {
        count += 1
        pinned += isPinned(few, many, Desk(policy)) ? 1 : 0
        unguarded += isPinned(few, many, Desk(policy, isGuarded: false)) ? 1 : 0
      }
    }
    return AttackOutcome(
      getsThrough: pinned > 0,
      "\(pinned) of \(count) small differences pinned, \(unguarded) by the gate alone")
  }

  /// Whether the answers leave one number of people, and the right one.
  private func isPinned(_ few: Int, _ many: Int, _ desk: Desk) -> Bool {
    var desk = desk
    let (runs, factors) = questions(leaving: few, of: many)
    var answers: [Desk.Answer] = []
    for (number, run) in runs.enumerated() {
      answers += desk.ask(run, run.indices.map { "\(number) \($0)" }).joined()
    }
    var (low, high) = (0, 0)
    for (answer, factor) in zip(answers, factors) {
      let counts = desk.counts(behind: answer)
      low += factor * (factor > 0 ? counts.lowerBound : counts.upperBound)
      high += factor * (factor > 0 ? counts.upperBound : counts.lowerBound)
    }
    return low == high && low == few
  }
}
