internal import CarrelPlan
internal import CarrelValues

/// The stage at which a statement goes from a row for each patient to one for each patient and
/// interval.
///
/// What depends on the patient alone is computed before it, once; what mentions the interval after.
struct IntervalCrossing {
  /// The common table expression that holds the intervals, called `i` where it is joined.
  let intervals: String
  /// The columns that the crossing adds: the interval's number, counted from 0, and its ends.
  let columns: [StageColumn]

  /// The number of the crossing among the stages: above those of any stage of patients alone.
  static let stage = 1 << 32

  /// Whether a stage has a row for each patient and interval.
  static func isAfter(_ stage: Int) -> Bool { stage >= Self.stage }

  /// What the crossing's source is joined with.
  static let join = " CROSS JOIN carrel_intervals AS i"

  /// The number of the interval at hand.
  static let number = "s.interval_number"
  /// The first day of the interval at hand.
  static let start = SQLFragment(
    text: "s.interval_start", type: .date, usesPatient: true, stage: stage)
  /// The last day of the interval at hand.
  static let end = SQLFragment(text: "s.interval_end", type: .date, usesPatient: true, stage: stage)
}

extension SQLGenerator {
  /// How a statement goes from patients to patients in intervals.
  func crossing(with intervals: Intervals) -> IntervalCrossing {
    switch intervals.extent {
    case .calendar(let all):
      IntervalCrossing(
        intervals: rows(
          all.enumerated().map { index, interval in
            [.integer(index), .date(interval.start), .date(interval.end)]
          }),
        columns: columns(start: "i.starts", end: "i.ends"))
    case .followUp(let origin, let count):
      followUp(of: count, intervals, from: patientColumn(for: fragment(of: origin, in: nil)))
    }
  }

  /// Intervals that are given by how far their ends are from a date of the patient.
  private func followUp(
    of count: Int, _ intervals: Intervals, from origin: SQLFragment
  ) -> IntervalCrossing {
    let move = SQLFunction.move(intervals.unit.calendar.unit)
    let dayBefore = parameter(.integer(-1), .integer).text
    return IntervalCrossing(
      intervals: rows(
        (0..<count).map { number in
          [
            .integer(number), .integer(intervals.calendarUnits(before: number)),
            .integer(intervals.calendarUnits(before: number + 1)),
          ]
        }),
      columns: columns(
        start: move.call(origin.text, "i.starts"),
        end: SQLFunction.moveDays.call(move.call(origin.text, "i.ends"), dayBefore)))
  }

  private func columns(start: String, end: String) -> [StageColumn] {
    let columns = [
      ("interval_number", "i.number"), ("interval_start", start), ("interval_end", end),
    ]
    return columns.map { StageColumn(name: $0, text: $1, stage: IntervalCrossing.stage) }
  }

  private func rows(_ rows: [[Value]]) -> String {
    let texts = rows.map { row in
      "(\(row.map { parameter($0, .integer).text }.joined(separator: ", ")))"
    }
    return "carrel_intervals(number, starts, ends) AS (VALUES \(texts.joined(separator: ", ")))"
  }

  /// What must hold for a patient to have an interval at all.
  func presence(in intervals: Intervals) -> [SQLFragment] {
    switch intervals.extent {
    case .calendar: []
    // Where the last day is known, so is the first, which comes before it.
    case .followUp: [fragment(of: .unary(.not, .unary(.isMissing, .intervalEnd)), in: nil)]
    }
  }
}
