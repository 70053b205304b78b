import CarrelDisclosure
import CarrelPlan
import CarrelPolicy
import CarrelValues

struct LargeContribution: Attack {
  let name = "A6 large contribution"
  let method = "subtract the contribution of the second largest, one's own, from a sum"
  let best = "a sum that is nearly all that of one person: their number to within a tenth of it"
  let bits = "3 or more of one person's number"
  let knowledge = "the second largest contribution, and that all others are small"

  private let largest = 900

  func isClaimed(by policy: Policy) -> Bool {
    policy.resolution != nil || policy.leastRemainder != nil
  }

  func play(against policy: Policy) -> AttackOutcome {
    let small = (0..<30).map { 1 + $0 % 3 }
    let own = 100
    let group = Gate(policy: policy).group(
      [Statistic(name: "sum", label: "sum", kind: .sum(.recorded(in: -1_000...1_000)))],
      RawCell(patients: 32, statistics: [.sum(RawSum(of: [largest, own] + small))]))
    guard let sum = group.statistics[0].value.number?.approximation else {
      return AttackOutcome(getsThrough: false, "the sum is hidden")
    }
    let error = abs(sum - Double(own) - Double(largest))
    return AttackOutcome(
      getsThrough: error < Double(largest) / 10,
      "the largest number of \(largest) is told to within \(Int(error))")
  }
}
