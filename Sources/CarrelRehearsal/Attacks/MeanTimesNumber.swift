import CarrelDisclosure
import CarrelPlan
import CarrelPolicy
import CarrelValues

struct MeanTimesNumber: Attack {
  let name = "A5 mean times n"
  let method = "multiply a mean by its number of people to have the exact sum"
  let best = "two exact sums of groups that differ by one person: that person's value"
  let bits = "as many as the value has"
  let knowledge = "none; for one person's value, all others of the group"

  private let people = 400

  func isClaimed(by policy: Policy) -> Bool { policy.resolution != nil }

  func play(against policy: Policy) -> AttackOutcome {
    let gate = Gate(policy: policy)
    let statistic = Statistic(name: "mean", label: "mean", kind: .mean(.recorded(in: 0...120)))
    func released(_ sum: Int) -> String? {
      let group = gate.group(
        [statistic], RawCell(patients: people, statistics: [.mean(RawSum(of: ages(sum)))]))
      return group.statistics[0].value.number?.description
    }
    let sum = 20_017
    let figure = released(sum)
    let possible = (sum - 300...sum + 300).filter { released($0) == figure }.count
    // One person of another age moves the sum by up to 120.
    return AttackOutcome(
      getsThrough: figure != nil && possible == 1, "sums that give the mean shown: \(possible)")
  }

  /// Ages from 10 to 90, of which some are a year more or less so that they have a sum.
  private func ages(_ sum: Int) -> [Int] {
    let ages = (0..<people).map { 10 + $0 % 80 }
    let rest = sum - ages.reduce(0, +)
    return ages.enumerated().map { place, age in
      age + Int((Double(rest + place) / Double(people)).rounded(.down))
    }
  }
}
