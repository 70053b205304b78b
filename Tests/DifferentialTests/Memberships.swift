import CarrelEngine
import CarrelPlan
import CarrelValues
import TestSupport

/// Who is in which group of each of a plan's tables, as an engine passes it on.
struct Memberships: Equatable {
  /// For each table, its patients with their group, in the order in which they came.
  private(set) var tables: [[Pair]]

  struct Pair: Hashable {
    var patient: Int
    var group: Int
  }

  init(of plan: Plan, by engine: any Engine) throws(EngineError) {
    var tables = [[Pair]](repeating: [], count: plan.memberships.count)
    try engine.forEachMembership(of: plan) { member in
      tables[member.table].append(Pair(patient: member.patient, group: member.group))
    }
    self.tables = tables
  }

  /// Whether the patients of each table come in the order of their numbers, each once.
  var isInOrder: Bool {
    tables.allSatisfy { table in
      zip(table, table.dropFirst()).allSatisfy { $0.patient < $1.patient }
    }
  }

  /// How many patients each group of each table has.
  func counts(_ plan: Plan) -> [[Int]] {
    zip(plan.memberships, tables).map { description, pairs in
      if description.values != nil { return [pairs.count] }
      return pairs.reduce(into: [Int](repeating: 0, count: description.groupCount)) {
        $0[$1.group] += 1
      }
    }
  }
}

extension RawResults {
  /// What the counts of each of a plan's tables must be, read from the aggregates.
  func memberCounts(_ plan: Plan) -> [[Int]] {
    plan.memberships.map { description in
      switch outputs[description.output] {
      case .flow(let flow):
        let remaining = [flow.universe] + flow.remaining
        return zip(remaining, remaining.dropFirst() + [0]).map { $0 - $1 }
      case .units: return []
      case .table(let raw):
        let output = plan.outputs[description.output].table
        if let values = description.values, let output,
          let share = output.shares.first(where: {
            $0.rule == .isKnown && $0.expression == values.expression
          })
        {
          return [
            raw.patients(in: share, of: output, interval: description.interval ?? 0)
          ]
        }
        let first = (description.interval ?? 0) * description.groupCount
        let cells = raw.breakdowns[description.breakdown][first..<first + description.groupCount]
        return cells.map { cell in
          guard let share = description.share, let output else { return cell.patients }
          return cell.count(of: share, output.statistics)
        }
      }
    }
  }
}

extension RawTable {
  /// How many are in a share of any group of an interval.
  fileprivate func patients(
    in share: MemberShare, of output: TableOutput, interval: Int
  ) -> Int {
    let breakdown = output.properBreakdowns[0]
    let count = output.groupCount(of: output.breakdowns[breakdown])
    return breakdowns[breakdown][interval * count..<(interval + 1) * count].reduce(0) {
      $0 + $1.count(of: share, output.statistics)
    }
  }
}

extension RawCell {
  /// How many are in a share, by the first statistic that tells; -1 where none does.
  fileprivate func count(of share: MemberShare, _ statistics: [Statistic]) -> Int {
    for (statistic, raw) in zip(statistics, self.statistics) {
      if case .percent(let numerator) = raw,
        statistic.kind == .percent(share.expression), share.rule == .holds
      {
        return numerator
      }
      for (measure, sum) in zip(statistic.kind.measures, raw.sums)
      where measure.expression == share.expression {
        switch share.rule {
        case .isKnown: return sum.contributors
        case .isNotZero where measure.isTally: return sum.total.number.map { Int($0) } ?? 0
        default: continue
        }
      }
    }
    return -1
  }
}
