import CarrelDisclosure
import CarrelPlan
import CarrelPolicy
import CarrelValues

struct WeightedFew: Attack {
  let name = "A2 weighted few"
  let method = "take the mean of a value that is 1,000 for the chosen and 1 for all others"
  let best = "a mean to three digits: the number of the chosen"
  let bits = "up to 3"
  let knowledge = "none"

  private let people = 500

  func isClaimed(by policy: Policy) -> Bool { policy.resolution != nil }

  func play(against policy: Policy) -> AttackOutcome {
    let gate = Gate(policy: policy)
    let statistic = Statistic(
      name: "mean", label: "mean", kind: .mean(.madeUp(in: 1...1_000)))
    func released(_ chosen: Int) -> String? {
      let values = (0..<people).map { $0 < chosen ? 1_000 : 1 }
      let group = gate.group(
        [statistic], RawCell(patients: people, statistics: [.mean(RawSum(of: values))]))
      return group.statistics[0].value.number?.description
    }
    let figures = (0...20).map(released)
    let small = policy.hiddenCounts ?? 1...7
    let told = small.count { chosen in
      figures[chosen] != nil && figures.count { $0 == figures[chosen] } == 1
    }
    return AttackOutcome(
      getsThrough: told > 0, "\(told) of \(small.count) small numbers told apart")
  }
}
