/// Adds up what is shown of some groups, so that their total says nothing that they do not.
///
/// A total none of whose parts is shown is hidden. So is a total of nobody where some part is
/// hidden, because it would read as a true zero. A deviation or a quantile has no total: nothing that
/// is shown of the groups gives it.
struct Totals {
  /// The total of groups that share nobody, of which there is at least one.
  func total(of groups: [PublishedGroup]) -> PublishedGroup {
    precondition(!groups.isEmpty, "every grouping has a level")
    let patients = groups.map(\.patients)
    return PublishedGroup(
      patients: total(of: patients),
      statistics: groups[0].statistics.indices.map { index in
        total(of: groups.map { $0.statistics[index] }, beside: patients)
      })
  }

  private func total(of counts: [Int?]) -> Int? {
    let shown = counts.compactMap(\.self)
    let sum = shown.reduce(0, +)
    return shown.isEmpty || (sum == 0 && shown.count < counts.count) ? nil : sum
  }

  /// The total of one statistic over the groups in which all of its parts are shown.
  private func total(
    of parts: [PublishedStatistic], beside patients: [Int?]
  ) -> PublishedStatistic {
    let shown = parts.filter { $0 != .hidden }
    let hidesSome = shown.count < parts.count
    switch shown.first {
    case nil, .hidden: return .hidden
    case .patients: return total(of: patients) == nil ? .hidden : .patients
    case .percentage:
      let (part, whole) = shown.partTotals
      return hidesSome && part == 0 ? .hidden : .percentage(part: part, whole: whole)
    case .fraction:
      let (part, known) = shown.partTotals
      return hidesSome && part == 0 ? .hidden : .fraction(part: part, known: known)
    case .tally: return tally(shown, hidesSome: hidesSome)
    case .sum: return sum(shown, hidesSome: hidesSome)
    case .mean(_, _, let scale): return mean(shown, scale: scale, hidesSome: hidesSome)
    case .quotient(_, _, let times): return quotient(parts, times: times, beside: patients)
    case .spread: return .hidden
    }
  }

  /// The sums over the groups in which both are shown.
  private func quotient(
    _ parts: [PublishedStatistic], times: Double, beside patients: [Int?]
  ) -> PublishedStatistic {
    let above = parts.map { part -> PublishedStatistic in
      if case .quotient(let above, by: _, times: _) = part { above } else { .hidden }
    }
    let below = parts.map { part -> PublishedStatistic in
      if case .quotient(_, by: let below, times: _) = part { below } else { .hidden }
    }
    let totals = [above, below].map { total(of: $0, beside: patients) }
    return totals.contains(.hidden)
      ? .hidden : .quotient(totals[0], by: totals[1], times: times)
  }

  private func tally(_ shown: [PublishedStatistic], hidesSome: Bool) -> PublishedStatistic {
    let counts = shown.compactMap { if case .tally(let count) = $0 { count } else { nil } }
    let sum = counts.reduce(0, +)
    if hidesSome && sum == 0 { return .hidden }
    return .tally(counts.isEmpty ? nil : sum)
  }

  private func sum(_ shown: [PublishedStatistic], hidesSome: Bool) -> PublishedStatistic {
    let sums = shown.compactMap { if case .sum(let sum) = $0 { sum } else { nil } }
    if sums.isEmpty { return hidesSome ? .hidden : .sum(nil) }
    return ReleasedNumber.sum(of: sums).map { .sum($0) } ?? .hidden
  }

  /// The mean of the shown means, each weighted by its published number of people.
  private func mean(
    _ shown: [PublishedStatistic], scale: MeasureScale?, hidesSome: Bool
  ) -> PublishedStatistic {
    var people = 0
    var sum = 0.0
    for case .mean(let mean?, let known, _) in shown {
      people += known
      sum += mean.approximation * Double(known)
    }
    guard people > 0 else { return hidesSome ? .hidden : .mean(nil, known: 0, scale: scale) }
    let mean = sum / Double(people)
    let number =
      scale.map { $0.ofMean(over: people).rounded(mean) }
      ?? ReleasedNumber(inFull: mean)
    return number.map { .mean($0, known: people, scale: scale) } ?? .hidden
  }
}

extension [PublishedStatistic] {
  /// The sums of the two counts that shares are made of.
  fileprivate var partTotals: (part: Int, whole: Int) {
    var totals = (part: 0, whole: 0)
    for statistic in self {
      switch statistic {
      case .percentage(let part, let whole), .fraction(let part, let whole):
        totals.part += part
        totals.whole += whole
      default: break
      }
    }
    return totals
  }
}
