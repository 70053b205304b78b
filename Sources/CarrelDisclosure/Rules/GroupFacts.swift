import CarrelPlan
import CarrelPolicy
import CarrelValues

/// The exact numbers of one group, in the form that rules look at.
struct GroupFacts {
  /// Distinct patients in the group.
  let patients: Int
  /// One for each statistic of the table.
  let statistics: [StatisticFacts]

  init(_ cell: RawCell, statistics: [Statistic], recorded: RecordedValues) {
    precondition(cell.statistics.count == statistics.count, "a figure for each statistic")
    self.patients = cell.patients
    self.statistics = zip(cell.statistics, statistics).map { raw, statistic in
      StatisticFacts(raw, statistic.kind, recorded: recorded)
    }
  }
}

/// The exact numbers behind one statistic of a group.
///
/// A sum or a mean of a boolean is a count of people, and goes the way of counts.
enum StatisticFacts {
  /// The number of patients, which the group already has.
  case patients
  /// Patients for whom something holds, out of everyone in the group.
  case share(numerator: Int)
  /// Patients for whom something holds; `nil` where nobody's answer is known.
  case tally(Int?, known: Int)
  /// Patients for whom something holds, out of those whose answer is known.
  case knownShare(numerator: Int?, known: Int)
  /// A sum of a measure.
  case sum(MeasureFacts)
  /// A mean of a measure.
  case mean(MeasureFacts)
  /// A sum to be divided by the number of patients, and multiplied.
  indirect case rate(StatisticFacts, times: Double)
  /// A sum to be divided by another, and multiplied.
  indirect case ratio(StatisticFacts, by: StatisticFacts, times: Double)
  /// A standard deviation of a measure.
  case deviation(Double?, of: MeasureFacts)
  /// A quantile of a measure.
  case quantile(QuantileFacts)

  init(_ raw: RawStatistic, _ kind: Statistic.Kind, recorded: RecordedValues) {
    switch (raw, kind) {
    case (.count, .count): self = .patients
    case (.percent(let numerator), .percent): self = .share(numerator: numerator)
    case (.sum(let sum), .sum(let measure)): self.init(sum, measure, recorded)
    case (.mean(let sum), .mean(let measure)):
      self =
        measure.isTally
        ? .knownShare(numerator: sum.total.count, known: sum.contributors)
        : .mean(MeasureFacts(sum, measure, recorded: recorded))
    case (.rate(let sum), .rate(let measure, let per)):
      self = .rate(StatisticFacts(sum, measure, recorded), times: Double(per))
    case (.ratio(let above, to: let below), .ratio(let measure, to: let other)):
      self = .ratio(
        StatisticFacts(above, measure, recorded), by: StatisticFacts(below, other, recorded),
        times: 1)
    case (.ratio(let above, to: let below), .personTimeRate(let measure, let per, let days)):
      self = .ratio(
        StatisticFacts(above, measure, recorded), by: StatisticFacts(below, days, recorded),
        times: Double(per) * Self.daysInYear)
    case (.standardDeviation(let deviation, of: let sum), .standardDeviation(let measure)):
      self = .deviation(deviation.number, of: MeasureFacts(sum, measure, recorded: recorded))
    case (
      .quantile(let value, let peopleByBin, of: let sum),
      .quantile(let quantile, let measure, let bins)
    ):
      self = .quantile(
        QuantileFacts(
          value: value.number, quantile: quantile, bins: bins, peopleByBin: peopleByBin,
          areWhole: measure.type == .integer,
          measure: MeasureFacts(sum, measure, recorded: recorded)))
    default: preconditionFailure("raw results have the shape of their plan")
    }
  }

  /// A year of person-time.
  private static let daysInYear = 365.25

  /// A sum, of a measure or of people.
  private init(_ sum: RawSum, _ measure: Measure, _ recorded: RecordedValues) {
    self =
      measure.isTally
      ? .tally(sum.total.count, known: sum.contributors)
      : .sum(MeasureFacts(sum, measure, recorded: recorded))
  }
}

/// The exact numbers behind a sum or a mean of a measure.
struct MeasureFacts {
  /// An integer or a decimal; missing when nobody has a value or it overflowed.
  let sum: Value
  /// Distinct patients with a value.
  let known: Int
  /// How much of the values is that of few patients.
  let concentration: Concentration
  /// The declared range of a value.
  let bounds: Bounds?
  /// Whether it is as it was recorded; if not, it may be a count in disguise.
  let isRecorded: Bool

  init(_ sum: RawSum, _ measure: Measure, recorded: RecordedValues) {
    self.sum = sum.total
    self.known = sum.contributors
    self.concentration = sum.concentration
    self.bounds = measure.bounds
    self.isRecorded = recorded.contains(measure)
  }

  /// How finely a sum of it may be shown; `nil` where the policy shows measures in full.
  func scale(under policy: Policy) -> MeasureScale? {
    guard let resolution = policy.resolution, let bounds else { return nil }
    let patients = isRecorded ? resolution : max(resolution, policy.rounding.base)
    return MeasureScale(sumStep: Double(patients) * bounds.width)
  }

  /// The step of a standard deviation over so many people; `nil` where the policy shows it in full.
  ///
  /// It is R·w/n, but for a value that may be a count in disguise w·√(R/n): as much as R people can
  /// move the deviation of a value that nearly all share, so that it says no more than a count.
  func deviationStep(over people: Int, under policy: Policy) -> Resolution? {
    guard let resolution = policy.resolution, let bounds else { return nil }
    let share =
      isRecorded
      ? Double(resolution) / Double(people)
      : (Double(max(resolution, policy.rounding.base)) / Double(people)).squareRoot()
    return Resolution(atLeast: bounds.width * share)
  }
}

extension Value {
  /// The sum of zeros and ones as a count; `nil` where it is missing.
  fileprivate var count: Int? {
    switch self {
    case .integer(let integer): integer
    case .decimal(let decimal): Int(exactly: decimal)
    default: nil
    }
  }
}
