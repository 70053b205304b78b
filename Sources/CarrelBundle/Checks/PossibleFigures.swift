internal import CarrelPolicy

/// What figures a policy can give, asked of published numbers alone.
struct PossibleFigures {
  let policy: Policy

  /// Whether some number of people that may be shown is published as this.
  func isCount(_ figure: Int) -> Bool {
    guard figure >= 0 else { return false }
    let base = policy.rounding.base
    let nearby = max(0, figure - base)...(figure + base)
    return nearby.contains { policy.release(of: $0) == .shown(figure) }
  }

  /// Whether published counts can add up to this.
  func isSum(_ figure: Int) -> Bool {
    guard figure != 0 else { return policy.zero == .show }
    guard figure >= leastCount else { return false }
    return switch policy.rounding {
    case .none: true
    case .nearest(let base, _): figure.isMultiple(of: base)
    // Each is 3 more than a multiple of 6.
    case .midpointSix: figure.isMultiple(of: 3)
    }
  }

  /// Whether a total can be this, as the policy makes totals.
  func isTotal(_ figure: Int) -> Bool {
    switch policy.totals {
    case .sumOfShown: isSum(figure)
    case .rounded, .exact: isCount(figure)
    }
  }

  /// Whether this many people are enough for a mean, a spread or a quantile.
  func isEnoughForMean(_ figure: Int, isTotal: Bool) -> Bool {
    guard isTotal ? self.isTotal(figure) : isCount(figure) else { return false }
    return figure + policy.rounding.base > policy.fewestForMean
  }

  /// Whether a percentage is exactly what its published parts give.
  func isPercentage(_ text: String, of part: Int, in whole: Int) -> Bool {
    guard whole > 0, part >= 0 else { return false }
    guard let decimals = policy.percentDecimals else {
      return Double(text).map { abs($0 - 100 * Double(part) / Double(whole)) < 1e-9 } ?? false
    }
    let scale = (0..<decimals).reduce(100) { scale, _ in scale * 10 }
    let units = (2 * Int128(part) * Int128(scale) + Int128(whole)) / (2 * Int128(whole))
    return text == Self.text(of: units, decimals: decimals)
  }

  private static func text(of units: Int128, decimals: Int) -> String {
    guard decimals > 0 else { return "\(units)" }
    let digits = String(units)
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.utf8.count)) + digits
    return "\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
  }

  /// The least number above 0 that one count is published as.
  private var leastCount: Int {
    let hidden = policy.hiddenCounts?.upperBound ?? 0
    let first = (1...hidden + policy.rounding.base + 1).first { count in
      policy.release(of: count).number ?? 0 > 0
    }
    return first.flatMap { policy.release(of: $0).number } ?? 1
  }
}
