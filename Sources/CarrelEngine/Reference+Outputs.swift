internal import CarrelPlan
internal import CarrelValues

// Populations, groups and statistics over all patients.
extension ReferencePatient {
  /// How many criteria of a population the patient passes, in order, before one that is failed.
  func criteriaPassed(of population: Population) -> Int {
    population.criteria.firstIndex { criterion in
      value(of: criterion.condition).holds == criterion.isExclusion
    } ?? population.criteria.count
  }

  func belongs(to population: Population) -> Bool {
    criteriaPassed(of: population) == population.criteria.count
  }

  /// The patient's interval of a number, counted from 0; `nil` where the patient has none.
  func interval(_ number: Int, of intervals: Intervals) -> Interval? {
    switch intervals.extent {
    case .calendar(let all): return all[number]
    case .followUp(let origin, _):
      guard case .date(let date) = value(of: origin),
        let start = intervals.start(of: number, after: date),
        let end = intervals.end(of: number, after: date)
      else { return nil }
      return Interval(start: start, end: end)
    }
  }

  /// Whether the patient is one of a share of a group.
  func isIn(_ share: MemberShare) -> Bool {
    let value = value(of: share.expression)
    return switch share.rule {
    case .holds: value.holds
    case .isKnown: !value.isMissing
    case .isNotZero: value.number.map { $0 != 0 } ?? false
    }
  }

  /// The position of the patient's level in a grouping.
  func level(in grouping: Grouping) throws(EngineError) -> Int {
    let value = value(of: grouping.expression)
    guard let level = grouping.levels.firstIndex(where: { $0.value == value }) else {
      throw EngineError.undeclaredLevel(of: grouping)
    }
    return level
  }
}

extension ReferenceEngine {
  func rawFlow(of population: Population, over patients: [ReferencePatient]) -> RawFlow {
    let passed = patients.map { $0.criteriaPassed(of: population) }
    let remaining = population.criteria.indices.map { index in
      passed.filter { $0 > index }.count
    }
    return RawFlow(universe: patients.count, remaining: remaining)
  }

  func rawTable(
    _ table: TableOutput, of patients: [ReferencePatient]
  ) throws(EngineError) -> RawTable {
    var breakdowns: [[RawCell]] = table.breakdowns.map { _ in [] }
    for present in self.patients(patients, byIntervalOf: table.intervals) {
      for (index, cells) in try rawCells(of: table, over: present).enumerated() {
        breakdowns[index] += cells
      }
    }
    return RawTable(breakdowns: breakdowns)
  }

  /// The numbers of each unit, in each interval if there are any.
  func rawUnits(_ deciles: DecilesOutput, of patients: [ReferencePatient]) -> RawUnits {
    RawUnits(
      cellsByInterval: self.patients(patients, byIntervalOf: deciles.intervals).map { present in
        let members = present.filter { $0.belongs(to: $0.plan.populations[deciles.population]) }
        let units = Dictionary(grouping: members) { $0.value(of: deciles.unit) }
        return units.filter { !$0.key.isMissing }.values.map { patients in
          RawCell(
            patients: patients.count,
            statistics: deciles.statistics.map { raw($0.kind, of: patients) })
        }
      })
  }

  /// The patients who are present in each interval, as they are in it; once all where there is none.
  private func patients(
    _ patients: [ReferencePatient], byIntervalOf intervals: Intervals?
  ) -> [[ReferencePatient]] {
    guard let intervals else { return [patients] }
    let dependent = patients.first?.plan.valuesOfIntervals ?? []
    return (0..<intervals.count).map { number in
      patients.compactMap { patient in
        patient.interval(number, of: intervals)
          .map { patient.during($0, recomputing: dependent) }
      }
    }
  }

  /// The cells of each breakdown of a table, over patients in the same interval if it has any.
  private func rawCells(
    of table: TableOutput, over patients: [ReferencePatient]
  ) throws(EngineError) -> [[RawCell]] {
    var members: [TableMember] = []
    for patient in patients where patient.belongs(to: patient.plan.populations[table.population]) {
      var levels: [Int] = []
      for grouping in table.groupings { levels.append(try patient.level(in: grouping)) }
      members.append(TableMember(patient: patient, levels: levels))
    }
    return table.breakdowns.map { rawCells(of: $0, in: table, members: members) }
  }

  private struct TableMember {
    let patient: ReferencePatient
    /// The position of the patient's level in each grouping of the table.
    let levels: [Int]
  }

  private func rawCells(
    of breakdown: Breakdown, in table: TableOutput, members: [TableMember]
  ) -> [RawCell] {
    let groups = Dictionary(grouping: members) { member in
      breakdown.groupings.map { member.levels[$0] }
    }
    return table.keys(of: breakdown).map { key in
      let patients = (groups[key] ?? []).map(\.patient)
      return RawCell(
        patients: patients.count, statistics: table.statistics.map { raw($0.kind, of: patients) })
    }
  }

  private func raw(_ statistic: Statistic.Kind, of patients: [ReferencePatient]) -> RawStatistic {
    switch statistic {
    case .count: return .count
    case .percent(let condition):
      return .percent(numerator: patients.filter { $0.value(of: condition).holds }.count)
    case .sum(let measure): return .sum(sum(of: measure, over: patients))
    case .mean(let measure): return .mean(sum(of: measure, over: patients))
    case .rate(let measure, per: _): return .rate(sum(of: measure, over: patients))
    case .personTimeRate(let measure, per: _, days: let other), .ratio(let measure, to: let other):
      return .ratio(sum(of: measure, over: patients), to: sum(of: other, over: patients))
    case .standardDeviation(let measure):
      let deviation = ReferencePatient.standardDeviation(of: known(measure, of: patients))
      return .standardDeviation(deviation, of: sum(of: measure, over: patients))
    case .quantile(let quantile, of: let measure, let bins):
      let numbers = known(measure, of: patients).compactMap(\.number)
      let figures = quantile.figures(of: numbers, bins: bins)
      return .quantile(
        figures.map { .decimal(finite: $0.value) } ?? .missing,
        peopleByBin: figures?.numbersByBin ?? bins.widths.map { _ in 0 },
        of: sum(of: measure, over: patients))
    }
  }

  private func known(_ measure: Measure, of patients: [ReferencePatient]) -> [Value] {
    patients.map { $0.value(of: measure.expression) }.filter { !$0.isMissing }
  }

  private func sum(of measure: Measure, over patients: [ReferencePatient]) -> RawSum {
    let known = known(measure, of: patients)
    return RawSum(
      ReferencePatient.sum(of: known), contributors: known.count,
      concentration: measure.type == .integer
        ? Concentration(of: known.compactMap { if case .integer(let n) = $0 { n } else { nil } })
        : Concentration(of: known.compactMap(\.number)))
  }
}
