internal import CarrelEngine
internal import CarrelPlan
internal import CarrelStore
internal import CarrelValues

/// Puts the rows of a table's statement into cells, with a cell also for groups that have no row.
struct GroupReader {
  private let output: TableOutput
  private let levels: LevelReader
  /// The table so far: every cell of every breakdown.
  private(set) var table: RawTable

  init(of output: TableOutput, in plan: Plan) {
    self.output = output
    levels = LevelReader(of: output, in: plan)
    let nobody = RawCell(patients: 0, statistics: output.statistics.map(\.kind.ofNobody))
    table = RawTable(
      breakdowns: output.breakdowns.map { breakdown in
        [RawCell](
          repeating: nobody,
          count: output.groupCount(of: breakdown) * (output.intervals?.count ?? 1))
      })
  }

  /// Takes one row: the breakdown, the interval if there are any, the groupings' values, the
  /// patients, the statistics' columns.
  mutating func read(_ row: Statement) throws(EngineError) {
    let breakdown = row.integer(at: 0)
    let firstGrouping = output.intervals == nil ? 1 : 2
    var cell = output.intervals == nil ? 0 : row.integer(at: 1)
    for grouping in output.breakdowns[breakdown].groupings {
      let level = try levels.level(in: grouping, of: row, from: firstGrouping)
      cell = cell * output.groupings[grouping].levels.count + level
    }
    let first = firstGrouping + output.groupings.count
    table.breakdowns[breakdown][cell] = RawCell(
      patients: row.integer(at: first),
      statistics: Self.statistics(output.statistics, of: row, from: first + 1))
  }

  /// What a row has of some statistics, from one of its columns on.
  static func statistics(
    _ statistics: [Statistic], of row: Statement, from first: Int
  ) -> [RawStatistic] {
    var next = first
    return statistics.map { statistic in
      defer { next += statistic.kind.columnCount }
      return Self.statistic(statistic.kind, of: row, from: next)
    }
  }

  private static func statistic(
    _ kind: Statistic.Kind, of row: Statement, from first: Int
  ) -> RawStatistic {
    func sum(_ measure: Measure, at index: Int) -> RawSum {
      let total = row.value(at: index, as: measure.type)
      let contributors = row.integer(at: index + 1)
      return RawSum(
        total, contributors: contributors,
        concentration: measure.isTally
          ? Concentration(tally: total.number.map { Int($0) } ?? 0, of: contributors)
          : Concentration(reading: row.text(at: index + 2)))
    }
    switch kind {
    case .count: return .count
    case .percent: return .percent(numerator: row.integer(at: first))
    case .sum(let measure): return .sum(sum(measure, at: first))
    case .mean(let measure): return .mean(sum(measure, at: first))
    case .rate(let measure, per: _): return .rate(sum(measure, at: first))
    case .personTimeRate(let measure, per: _, days: let other), .ratio(let measure, to: let other):
      return .ratio(sum(measure, at: first), to: sum(other, at: first + measure.columnCount))
    case .standardDeviation(let measure):
      return .standardDeviation(
        row.value(at: first, as: .decimal), of: sum(measure, at: first + 1))
    case .quantile(_, of: let measure, let bins):
      let sum = sum(measure, at: first + 1)
      guard !row.isNull(at: first) else {
        return .quantile(.missing, peopleByBin: bins.widths.map { _ in 0 }, of: sum)
      }
      let figures = QuantileFigures(reading: row.text(at: first))
      return .quantile(
        .decimal(finite: figures.value), peopleByBin: figures.peopleByBin, of: sum)
    }
  }
}

extension Statistic.Kind {
  /// What it is of a group with nobody in it.
  fileprivate var ofNobody: RawStatistic {
    switch self {
    case .count: .count
    case .percent: .percent(numerator: 0)
    case .sum: .sum(.ofNobody)
    case .mean: .mean(.ofNobody)
    case .rate: .rate(.ofNobody)
    case .personTimeRate, .ratio: .ratio(.ofNobody, to: .ofNobody)
    case .standardDeviation: .standardDeviation(.missing, of: .ofNobody)
    case .quantile(_, of: _, let bins):
      .quantile(.missing, peopleByBin: bins.widths.map { _ in 0 }, of: .ofNobody)
    }
  }
}
