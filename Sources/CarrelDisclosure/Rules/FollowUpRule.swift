import CarrelPlan
import CarrelPolicy

/// Which groups of a table may be seen beside the same groups in other intervals, where intervals
/// follow a date of each patient's own.
///
/// As time passes after that date a group loses people, and the difference between two intervals is
/// the number of those who were lost: a group of its own, and often a small one (`attacks`, C4). A
/// group is therefore shown only where it differs from the last shown interval by nobody or by
/// more people than the policy hides; else it waits, as steps of a flow do, until enough have gone.
/// As with those, nobody counts as few where the policy hides zeros.
/// A gain of people is judged like a loss.
struct FollowUpRule {
  let policy: Policy

  /// By breakdown, interval and group, whether a group may be seen; `nil` where intervals are of the
  /// calendar, in which groups are made of other people anyway.
  func verdicts(on raw: RawTable, of output: TableOutput) -> [[[Bool]]]? {
    guard case .followUp(_, let count)? = output.intervals?.extent else { return nil }
    return raw.breakdowns.map { cells in
      var shown = [Int?](repeating: nil, count: cells.count / count)
      return (0..<count).map { interval in
        let start = interval * shown.count
        return shown.indices.map { group in
          let patients = cells[start + group].patients
          let isSeen = shows(patients, after: shown[group])
          if isSeen { shown[group] = patients }
          return isSeen
        }
      }
    }
  }

  private func shows(_ patients: Int, after last: Int?) -> Bool {
    guard policy.shows(patients) else { return false }
    return last.map { policy.shows(abs(patients - $0)) } ?? true
  }
}

extension RawTable {
  /// The cells of one interval of several, counted from 0.
  func interval(_ number: Int, of count: Int) -> RawTable {
    RawTable(
      breakdowns: breakdowns.map { cells in
        let size = cells.count / count
        return Array(cells[number * size..<(number + 1) * size])
      })
  }
}
