/// What may be said of one group after rules and rounding, before percentages are worked out.
///
/// Everything in it is published, so any arithmetic on it says nothing new.
struct PublishedGroup: Equatable {
  /// The people in the group; `nil` where hidden.
  var patients: Int?
  /// One for each statistic of the table.
  var statistics: [PublishedStatistic]

  /// The same figures beside a true number of people; none where that is hidden.
  func counting(_ patients: Int?) -> PublishedGroup {
    PublishedGroup(
      patients: patients,
      statistics: patients == nil ? statistics.map { _ in .hidden } : statistics)
  }
}

/// The published parts of one statistic.
enum PublishedStatistic: Equatable {
  /// Not to be shown, none of its parts.
  case hidden
  /// The number of patients, which the group already has.
  case patients
  /// A part of a whole, to be shown as a percentage.
  case percentage(part: Int, whole: Int)
  /// A part of those whose answer is known, to be shown as a fraction.
  case fraction(part: Int, known: Int)
  /// A count of people; `nil` where nobody's answer is known.
  case tally(Int?)
  /// A sum; `nil` where nobody has a value.
  case sum(ReleasedNumber?)
  /// A mean of those who have a value, and how finely their sum may be shown.
  case mean(ReleasedNumber?, known: Int, scale: MeasureScale?)
  /// A sum to be divided by another, or by a count of people, and multiplied.
  indirect case quotient(PublishedStatistic, by: PublishedStatistic, times: Double)
  /// A figure of those who have a value that no total can be worked out from, such as a median.
  case spread(ReleasedNumber?, known: Int)
}
