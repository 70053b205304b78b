public import CarrelPlan
public import CarrelValues

/// A table of a plan with exact numbers that a test has written down.
public struct RawExample: Sendable {
  /// A plan whose only output is the table.
  public let plan: Plan
  /// The numbers.
  public let raw: RawResults

  /// A table whose groups are given in key order, the last grouping moving fastest and the interval
  /// slowest.
  ///
  /// Its margins, each given by the groupings it keeps, are added up from the groups.
  public init(
    name: String = "example", in intervals: Intervals? = nil, by groupings: [Grouping],
    show statistics: [Statistic], totals: [[Int]] = [], cells: [RawCell]
  ) {
    let all = Breakdown(groupings: Array(groupings.indices), isTotal: false)
    let margins = totals.map { Breakdown(groupings: $0, isTotal: true) }
    let table = TableOutput(
      name: name, population: 0, intervals: intervals, groupings: groupings,
      breakdowns: [all] + margins, statistics: statistics)
    let keys = Self.keys(groupings, all.groupings)
    let count = intervals?.count ?? 1
    precondition(cells.count == count * keys.count, "a cell for each group")
    let sums = margins.map { margin in
      (0..<count).flatMap { interval in
        Self.keys(groupings, margin.groupings).map { key in
          let parts = keys.indices.filter { cell in
            margin.groupings.map { keys[cell][$0] } == key
          }.map { interval * keys.count + $0 }
          return parts.dropFirst().reduce(cells[parts[0]]) { $0 + cells[$1] }
        }
      }
    }
    self.plan = Plan(
      populations: [Population(name: "people", criteria: [])], outputs: [.table(table)])
    self.raw = RawResults(outputs: [.table(RawTable(breakdowns: [cells] + sums))])
  }

  static func keys(_ groupings: [Grouping], _ positions: [Int]) -> [[Int]] {
    positions.reduce([[]]) { keys, position in
      keys.flatMap { key in groupings[position].levels.indices.map { key + [$0] } }
    }
  }
}

extension Intervals {
  /// Months of the calendar from the first of one.
  public static func months(_ count: Int, from first: CivilDate) -> Intervals {
    let all = (0..<count).compactMap { number -> Interval? in
      guard let start = first.adding(number, .months),
        let end = first.adding(number + 1, .months)?.adding(-1, .days)
      else { return nil }
      return Interval(start: start, end: end)
    }
    return Intervals(length: 1, unit: .month, extent: .calendar(all))
  }

  /// Weeks from a date of each person's own.
  public static func weeks(_ count: Int) -> Intervals {
    Intervals(
      length: 1, unit: .week, extent: .followUp(from: .constant(.missing, .date), count: count))
  }
}

extension Grouping {
  /// A grouping with levels that are called by their labels.
  public static func named(
    _ name: String, _ heading: String? = nil, levels: [String]
  ) -> Grouping {
    Grouping(
      name: name, heading: heading ?? name, expression: .constant(.missing, .text),
      levels: levels.map { Level($0 == "missing" ? .missing : .text($0), label: $0) })
  }
}

extension Statistic {
  /// The number of people.
  public static let count = Statistic(name: "count", label: "count", kind: .count)

  /// A percentage of a boolean.
  public static func percent(_ name: String, _ label: String? = nil) -> Statistic {
    Statistic(
      name: "percent_\(name)", label: label ?? name,
      kind: .percent(.constant(.boolean(true), .boolean)))
  }

  /// A sum of a measure.
  public static func sum(_ name: String, in range: ClosedRange<Double>?) -> Statistic {
    Statistic(name: "sum_\(name)", label: name, kind: .sum(.example(range, isCount: false)))
  }

  /// A mean of a measure.
  public static func mean(_ name: String, in range: ClosedRange<Double>?) -> Statistic {
    Statistic(name: "mean_\(name)", label: name, kind: .mean(.example(range, isCount: false)))
  }

  /// A sum of a boolean, which counts people.
  public static func tally(_ name: String) -> Statistic {
    Statistic(name: "sum_\(name)", label: name, kind: .sum(.example(0...1, isCount: true)))
  }

  /// A mean of a boolean.
  public static func fraction(_ name: String) -> Statistic {
    Statistic(name: "mean_\(name)", label: name, kind: .mean(.example(0...1, isCount: true)))
  }
}

extension Statistic {
  /// A statistic of measures that may be made up, which is called by a name.
  public static func of(_ name: String, _ kind: Statistic.Kind) -> Statistic {
    Statistic(name: name, label: name, kind: kind)
  }
}

extension Measure {
  /// A boolean of each patient.
  public static let ofPeople = Measure.example(0...1, isCount: true)

  /// A number of each patient that may be made up.
  public static func number(in range: ClosedRange<Double>?) -> Measure {
    .example(range, isCount: false)
  }

  fileprivate static func example(_ range: ClosedRange<Double>?, isCount: Bool) -> Measure {
    Measure(
      expression: .constant(.missing, .integer), type: .integer,
      bounds: range.map { Bounds(lowest: $0.lowerBound, highest: $0.upperBound) },
      isCount: isCount)
  }
}

extension RawCell {
  /// A cell of a table that shows the count, and then some percentages.
  public static func people(_ patients: Int, _ numerators: Int...) -> RawCell {
    RawCell(
      patients: patients,
      statistics: [.count] + numerators.map { .percent(numerator: $0) })
  }

  /// The numbers of two groups that share nobody.
  static func + (left: RawCell, right: RawCell) -> RawCell {
    RawCell(
      patients: left.patients + right.patients,
      statistics: zip(left.statistics, right.statistics).map { $0 + $1 })
  }
}

extension RawStatistic {
  static func + (left: RawStatistic, right: RawStatistic) -> RawStatistic {
    switch (left, right) {
    case (.percent(let a), .percent(let b)): .percent(numerator: a + b)
    case (.sum(let a), .sum(let b)): .sum(a + b)
    case (.mean(let a), .mean(let b)): .mean(a + b)
    case (.rate(let a), .rate(let b)): .rate(a + b)
    case (.ratio(let a, let m), .ratio(let b, let n)): .ratio(a + b, to: m + n)
    // No deviation or quantile follows from those of parts; the larger stands for what would be found.
    // So do a commonest value and shares.
    case (.standardDeviation(let a, of: let m), .standardDeviation(let b, of: let n)):
      .standardDeviation(max(a, b), of: m + n)
    case (.quantile(let a, let these, of: let m), .quantile(let b, let those, of: let n)):
      .quantile(max(a, b), peopleByBin: zip(these, those).map { $0 + $1 }, of: m + n)
    default: .count
    }
  }
}

extension RawStatistic {
  /// A sum of so many people's numbers, as ``RawSum/init(_:contributors:commonest:)`` takes them.
  public static func sum(_ total: Value, contributors: Int) -> RawStatistic {
    .sum(RawSum(total, contributors: contributors))
  }

  /// A mean of so many people's numbers, as ``RawSum/init(_:contributors:commonest:)`` takes them.
  public static func mean(sum: Value, contributors: Int) -> RawStatistic {
    .mean(RawSum(sum, contributors: contributors))
  }
}

extension RawSum {
  /// A sum to which people contribute alike, while no two, or just so many, of their numbers are the
  /// same: as if half of each pair were below zero.
  public init(_ total: Value, contributors: Int, commonest: Int = 1) {
    self.init(
      total, contributors: contributors,
      concentration: Concentration(
        commonest: min(commonest, contributors),
        largestPercentages: (1...Concentration.mostLargest).map { largest in
          contributors == 0 ? 0 : (100 * min(largest, contributors) - 1) / contributors + 1
        }, remainderPercentage: contributors == 0 || contributors > 2 ? 100 : 0))
  }

  /// The sum of the numbers of some people.
  public init(of numbers: [Int]) {
    self.init(
      numbers.isEmpty ? .missing : .integer(numbers.reduce(0, +)), contributors: numbers.count,
      concentration: Concentration(of: numbers))
  }

  fileprivate static func + (left: RawSum, right: RawSum) -> RawSum {
    let (one, other) = (left.concentration, right.concentration)
    return RawSum(
      left.total + right.total, contributors: left.contributors + right.contributors,
      concentration: Concentration(
        commonest: max(one.commonest, other.commonest),
        largestPercentages: zip(one.largestPercentages, other.largestPercentages).map(max),
        remainderPercentage: min(one.remainderPercentage, other.remainderPercentage)))
  }
}

extension Value {
  fileprivate static func + (left: Value, right: Value) -> Value {
    switch (left, right) {
    case (.missing, let value), (let value, .missing): value
    case (.integer(let a), .integer(let b)): .integer(a + b)
    default: .decimal((left.number ?? 0) + (right.number ?? 0))
    }
  }
}
