import CarrelPlan
import CarrelValues
import TestSupport
import Testing

/// Exact numbers of a study read back from what it released under `exact`, for other policies to be
/// tried on.
///
/// A release does not say whose numbers are alike: they are taken to be different.
struct ExactFigures {
  let plan: Plan
  let outputs: ReleasedOutputs

  /// The numbers of every output that is a flow or a table of counts, percentages, means and sums.
  var results: RawResults {
    get throws {
      RawResults(
        outputs: try plan.outputs.map { output in
          switch output {
          case .table(let table): .table(try raw(table))
          case .flow(let flow):
            .flow(try raw(outputs.lines(of: flow.name)))
          default: throw Misdrawn("`\(output.name)` is neither a flow nor a table")
          }
        })
    }
  }

  private func raw(_ lines: [ReleasedLine]) throws -> RawFlow {
    let remaining = try lines.map { Int(try $0.number("remaining")) }
    return RawFlow(universe: try #require(remaining.first), remaining: Array(remaining.dropFirst()))
  }

  private func raw(_ table: TableOutput) throws -> RawTable {
    var lines: [[String]: ReleasedLine] = [:]
    for line in try outputs.lines(of: table.name) {
      let levels = try table.groupings.map { try line[$0.name] }
      lines[(table.intervals == nil ? [] : [try line["interval_start"]]) + levels] = line
    }
    return RawTable(
      breakdowns: try table.breakdowns.map { breakdown in
        try Self.intervals(of: table).flatMap { interval in
          try Self.keys(of: breakdown, in: table).map { key in
            try cell(try #require(lines[interval + key], "\(table.name): \(key)"), of: table)
          }
        }
      })
  }

  private static func intervals(of table: TableOutput) throws -> [[String]] {
    guard let intervals = table.intervals else { return [[]] }
    guard case .calendar(let all) = intervals.extent else {
      throw Misdrawn("`\(table.name)` has no intervals of the calendar")
    }
    return all.map { ["\($0.start)"] }
  }

  /// What a file says of each group of a breakdown; nothing of a grouping that it does not use.
  private static func keys(of breakdown: Breakdown, in table: TableOutput) -> [[String]] {
    table.groupings.indices.reduce([[]]) { keys, grouping in
      let levels =
        breakdown.groupings.contains(grouping)
        ? table.groupings[grouping].levels.map(\.fileText) : [""]
      return keys.flatMap { key in levels.map { key + [$0] } }
    }
  }

  private func cell(_ line: ReleasedLine, of table: TableOutput) throws -> RawCell {
    let patients = Int(try line.number("count"))
    return RawCell(
      patients: patients,
      statistics: try table.statistics.map { statistic in
        switch statistic.kind {
        case .count: return .count
        case .percent:
          return .percent(numerator: Int(try line.number("\(statistic.name)_numerator")))
        case .mean:
          let known = Int(try line.number("\(statistic.name)_denominator"))
          let sum = known == 0 ? 0 : try line.number(statistic.name) * Double(known)
          return .mean(sum: known == 0 ? .missing : .decimal(sum), contributors: known)
        case .sum:
          // Those summed here are numbers of rows, which everybody has.
          let sum = patients == 0 ? 0 : try line.number(statistic.name)
          return .sum(patients == 0 ? .missing : .decimal(sum), contributors: patients)
        default: throw Misdrawn("`\(statistic.name)` cannot be read back")
        }
      })
  }
}
