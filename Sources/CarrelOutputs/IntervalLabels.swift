import CarrelDisclosure
import CarrelValues

extension ReleasedIntervals {
  /// What stands over their labels: `Month`, `3 months`.
  var heading: String { words.prefix(1).uppercased() + words.dropFirst() }

  /// What stands for one of them: a month by its name, other days as they are written in a study,
  /// the patient's own intervals by their number from 1.
  func label(of position: Int) -> String {
    switch extent {
    case .calendar(let all): all[position].label
    case .followUp: "\(position + 1)"
    }
  }
}

extension ReleasedInterval {
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  fileprivate var label: String {
    if start == end { return start.description }
    let isWholeMonth = start.day == 1 && end == start.adding(1, .months)?.adding(-1, .days)
    return isWholeMonth
      ? "\(Self.months[start.month - 1]) \(start.year)" : "\(start) to \(end)"
  }
}
