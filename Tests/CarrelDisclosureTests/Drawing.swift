import CarrelDisclosure
import CarrelPlan
import CarrelPolicy
import TestSupport
import Testing

extension RawExample {
  /// The table as it leaves under a policy.
  func released(under policy: Policy, order: SuppressionOrder = .fixed) throws -> ReleasedTable {
    let results = try DisclosureGate.release(raw, of: plan, under: policy, order: order)
    guard case .table(let table) = results.outputs.first else {
      throw DrawingError()
    }
    return table
  }

  /// The groups of each breakdown as drawn below, under a policy that the project ships.
  func drawn(under name: String) throws -> [[String]] {
    try released(under: Policies.named(name)).drawn
  }
}

struct DrawingError: Error {}

extension ReleasedTable {
  /// The groups of each breakdown: the count, and after it each other statistic with its parts.
  var drawn: [[String]] {
    breakdowns.map { breakdown in
      breakdown.groups.map { group in
        let others = zip(statistics, group.statistics).filter { $0.0.kind != .count }.map(\.1)
        return ([group.count.drawn] + others.map(\.drawn)).joined(separator: ", ")
      }
    }
  }

  /// Every figure of the table.
  var figures: [ReleasedFigure] {
    breakdowns.flatMap(\.groups).flatMap { group in
      [group.count]
        + group.statistics.flatMap {
          [$0.value] + [$0.numerator, $0.denominator].compactMap(\.self)
        }
    }
  }
}

extension ReleasedStatistic {
  /// Such as `47% of 40/85` without the word: `47 40/85`, `21.5 /40`, `130`.
  var drawn: String {
    guard let denominator else { return value.drawn }
    return "\(value.drawn) \(numerator?.drawn ?? "")/\(denominator.drawn)"
  }
}

extension ReleasedFigure {
  /// The number, or a short word for the lack of it.
  var drawn: String {
    switch self {
    case .shown(let number): number.description
    case .zero: "zero"
    case .redacted: "R"
    case .missing: "missing"
    case .notApplicable: "n/a"
    }
  }
}
