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

  /// What stands for one of them where there is little room: a month by its name, others by their
  /// first day or their number.
  func shortLabel(of position: Int) -> String {
    switch extent {
    case .calendar(let all): all[position].monthName ?? all[position].start.description
    case .followUp: label(of: position)
    }
  }
}

extension ReleasedInterval {
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  fileprivate var label: String {
    start == end ? start.description : monthName ?? "\(start) to \(end)"
  }

  /// The month that the interval is; `nil` where it is anything else.
  fileprivate var monthName: String? {
    let isWholeMonth = start.day == 1 && end == start.adding(1, .months)?.adding(-1, .days)
    return isWholeMonth ? "\(Self.months[start.month - 1]) \(start.year)" : nil
  }
}
