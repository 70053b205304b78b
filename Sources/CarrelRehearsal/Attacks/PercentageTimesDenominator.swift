import CarrelDisclosure
import CarrelPlan
import CarrelPolicy

struct PercentageTimesDenominator: Attack {
  let name = "A5 percentage times denominator"
  let method = "find the fraction behind a percentage, where the size of the group is public"
  let best = "a percentage in full: numerator and denominator by continued fractions"
  let bits = "2 to 3 more than its rounded parts"
  let knowledge = "the size of the group"

  func isClaimed(by policy: Policy) -> Bool { !policy.isForSyntheticSitesOnly }

  func play(against policy: Policy) -> AttackOutcome {
    let gate = Gate(policy: policy)
    let groups = [97, 413, 977]
    var (told, count) = (0, 0)
    for people in groups {
      let figures = (0...people).map { part in
        gate.group([.percent], RawCell(patients: people, statistics: [.percent(numerator: part)]))
          .statistics[0]
      }
      var byParts: [String: Int] = [:]
      var byValue: [String: Int] = [:]
      func key(_ figure: [String]) -> String { figure.joined(separator: " ") }
      let parts = figures.map { [$0.numerator?.number?.description ?? "-"] }
      let values = zip(figures, parts).map { figure, part in
        part + [figure.value.number?.description ?? "-"]
      }
      for part in parts { byParts[key(part), default: 0] += 1 }
      for value in values { byValue[key(value), default: 0] += 1 }
      for (part, value) in zip(parts, values) {
        count += 1
        told += (byValue[key(value)] ?? 0) < (byParts[key(part)] ?? 0) ? 1 : 0
      }
    }
    // Where the parts themselves are exact the percentage adds nothing; that they are is told too.
    let isExact = policy.isForSyntheticSitesOnly
    return AttackOutcome(
      getsThrough: told > 0 || isExact,
      "\(told) of \(count) percentages say more than their parts")
  }
}
