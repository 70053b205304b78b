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

  init(_ raw: RawStatistic, _ kind: Statistic.Kind, recorded: RecordedValues) {
    switch (raw, kind) {
    case (.count, .count): self = .patients
    case (.percent(let numerator), .percent): self = .share(numerator: numerator)
    case (.sum(let sum, let known), .sum(let measure)):
      self =
        measure.isTally
        ? .tally(sum.count, known: known)
        : .sum(MeasureFacts(sum, known, measure, recorded: recorded))
    case (.mean(let sum, let known), .mean(let measure)):
      self =
        measure.isTally
        ? .knownShare(numerator: sum.count, known: known)
        : .mean(MeasureFacts(sum, known, measure, recorded: recorded))
    default: preconditionFailure("raw results have the shape of their plan")
    }
  }
}

/// The exact numbers behind a sum or a mean of a measure.
struct MeasureFacts {
  /// An integer or a decimal; missing when nobody has a value or it overflowed.
  let sum: Value
  /// Distinct patients with a value.
  let known: Int
  /// The declared range of a value.
  let bounds: Bounds?
  /// Whether it is as it was recorded; if not, it may be a count in disguise.
  let isRecorded: Bool

  init(_ sum: Value, _ known: Int, _ measure: Measure, recorded: RecordedValues) {
    self.sum = sum
    self.known = known
    self.bounds = measure.bounds
    self.isRecorded = recorded.contains(measure)
  }

  /// How finely a sum of it may be shown; `nil` where the policy shows measures in full.
  func scale(under policy: Policy) -> MeasureScale? {
    guard let resolution = policy.resolution, let bounds else { return nil }
    let patients = isRecorded ? resolution : max(resolution, policy.rounding.base)
    return MeasureScale(sumStep: Double(patients) * bounds.width)
  }
}

extension Measure {
  /// Whether it is 0 or 1 for each patient, so that its sum counts patients.
  fileprivate var isTally: Bool { isCount && bounds == Bounds(lowest: 0, highest: 1) }
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
