extension Policy {
  /// The rules for counts in one sentence, as it stands under a table.
  public var sentence: String {
    if hiddenCounts == nil && zero == .show && rounding == .none {
      return "Nothing is hidden or rounded: these rules are for invented people only."
    }
    return "\(hidingWords), \(roundingWords), \(totalsWords)."
  }

  private var hidingWords: String {
    switch (hiddenCounts, zero) {
    case (let range?, .show): "Counts of \(range.lowerBound) to \(range.upperBound) are hidden"
    case (let range?, .hide): "Counts of 0 to \(range.upperBound) are hidden"
    case (nil, .hide): "Counts of 0 are hidden"
    case (nil, .show): "No counts are hidden"
    }
  }

  private var roundingWords: String {
    switch rounding {
    case .none: "others are exact"
    case .nearest(let base, _): "others are to the nearest \(base)"
    case .midpointSix: "others are to the middle of their six"
    }
  }

  private var totalsWords: String {
    switch totals {
    case .sumOfShown: "totals add up what is shown"
    case .rounded: "totals are treated like groups"
    case .exact: "totals are exact"
    }
  }
}
