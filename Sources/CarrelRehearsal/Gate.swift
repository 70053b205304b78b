import CarrelDisclosure
import CarrelPlan
import CarrelPolicy
import CarrelValues

/// The disclosure gate as an attack meets it: exact numbers go in, and what may leave comes out.
struct Gate {
  let policy: Policy

  /// What leaves of a table of one grouping, with a total if asked for.
  func table(_ statistics: [Statistic], _ cells: [RawCell], total: RawCell? = nil) -> ReleasedTable
  {
    let grouping = Grouping(
      name: "group", heading: "group", expression: .constant(.missing, .text),
      levels: cells.indices.map { Level(.text("\($0)"), label: "\($0)") })
    let margins = total.map { _ in [Breakdown(groupings: [], isTotal: true)] } ?? []
    let plan = Plan(
      populations: [Population(name: "people", criteria: [])],
      outputs: [
        .table(
          TableOutput(
            name: "asked", population: 0, intervals: nil, groupings: [grouping],
            breakdowns: [Breakdown(groupings: [0], isTotal: false)] + margins,
            statistics: statistics))
      ])
    let raw = RawResults(outputs: [
      .table(RawTable(breakdowns: [cells] + (total.map { [[$0]] } ?? [])))
    ])
    guard case .table(let table)? = released(raw, of: plan)?.outputs.first else {
      preconditionFailure("a table is released as one, be all of it hidden")
    }
    return table
  }

  /// What leaves; where the gate holds the release, nothing of it.
  private func released(_ raw: RawResults, of plan: Plan) -> ReleasedResults? {
    if let released = try? DisclosureGate.release(raw, of: plan, under: policy) { return released }
    var nothing = Withheld()
    nothing.outputs = Set(plan.outputs.indices)
    return try? DisclosureGate.release(raw, of: plan, under: policy, withholding: nothing)
  }

  /// What leaves of one group.
  func group(_ statistics: [Statistic], _ cell: RawCell) -> ReleasedGroup {
    table(statistics, [cell]).breakdowns[0].groups[0]
  }

  /// The numbers shown of some groups; `nil` for a hidden one.
  func counts(_ counts: [Int]) -> [Int?] {
    let cells = counts.map { RawCell(patients: $0, statistics: [.count]) }
    return table([.count], cells).breakdowns[0].groups.map { $0.count.number?.units }
  }

  /// The counts that are shown as a number, as far as a reader of the policy can tell.
  func counts(shownAs number: Int) -> ClosedRange<Int> {
    let possible = (max(0, number - 10)...(number + 10)).filter {
      policy.release(of: $0) == .shown(number)
    }
    return (possible.first ?? number)...(possible.last ?? number)
  }
}

extension RawSum {
  /// The sum of a whole number of each person.
  init(of numbers: [Int]) {
    self.init(
      .integer(numbers.reduce(0, +)), contributors: numbers.count,
      concentration: Concentration(of: numbers))
  }
}

extension Statistic {
  /// The number of people.
  static let count = Statistic(name: "count", label: "count", kind: .count)

  /// The share of people for whom a condition holds.
  static let percent = Statistic(
    name: "percent", label: "percent", kind: .percent(.constant(.boolean(true), .boolean)))
}

extension Measure {
  /// A number of each patient that a study makes up, within a range.
  static func madeUp(in range: ClosedRange<Double>) -> Measure {
    Measure(
      expression: .constant(.missing, .integer), type: .integer,
      bounds: Bounds(lowest: range.lowerBound, highest: range.upperBound), isCount: false)
  }

  /// A number of each patient as it was recorded, within a range.
  static func recorded(in range: ClosedRange<Double>) -> Measure {
    Measure(
      expression: .field(table: 0, column: 0), type: .integer,
      bounds: Bounds(lowest: range.lowerBound, highest: range.upperBound), isCount: false)
  }
}
