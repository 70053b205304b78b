import CarrelDisclosure
import CarrelPlan
import CarrelPolicy
import CarrelValues

struct PositionalSum: Attack {
  let name = "A1 positional sum"
  let method = "sum a made-up value whose digits, to base 501, count one class each"
  let best = "a sum printed in full: the whole histogram of a cell"
  let bits = "57"
  let knowledge = "none"

  private let classes = [2, 2, 1, 9, 104, 382]

  func isClaimed(by policy: Policy) -> Bool { policy.resolution != nil }

  func play(against policy: Policy) -> AttackOutcome {
    let weights = (0..<classes.count).map { place in (0..<place).reduce(10) { sum, _ in sum * 501 }
    }
    let ordered = Array(weights.reversed())
    let values = zip(classes, ordered).flatMap { [Int](repeating: $1, count: $0) }
    let measure = Measure.madeUp(in: 10...Double(ordered[0]))
    let statistic = Statistic(name: "sum", label: "sum", kind: .sum(measure))
    let group = Gate(policy: policy).group(
      [statistic], RawCell(patients: values.count, statistics: [.sum(RawSum(of: values))]))
    guard let number = group.statistics[0].value.number, number.decimals <= 0 else {
      return AttackOutcome(getsThrough: false, "the sum is hidden")
    }
    var rest = (Int(number.description) ?? 0) / 10
    let decoded = ordered.indices.reversed().map { _ in
      defer { rest /= 501 }
      return rest % 501
    }
    let right = zip(classes, decoded.reversed()).count { $0 == $1 }
    // The last class is the rest of the people, so that it says nothing.
    return AttackOutcome(
      getsThrough: right >= classes.count - 1, "\(right) of \(classes.count) classes decoded")
  }
}
