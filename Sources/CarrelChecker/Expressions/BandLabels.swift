import CarrelValues

/// The labels that `bands of X at (18, 40, 60, 80)` makes: `under 18`, `18-39`, …, `80+`.
///
/// Between whole cuts a label shows the greatest integer of its band, and a band of one integer
/// stands alone; a hyphen would be misread beside a minus, so a negative band says `-30 to -8`.
/// Bands of decimals say `18.5 to under 25`.
enum BandLabels {
  /// One label more than there are cuts; cuts rise and are all integers or all decimals.
  static func labels(cuts: [Value]) -> [String] {
    guard let first = cuts.first, let last = cuts.last else { return [] }
    let inner = zip(cuts, cuts.dropFirst()).map { label(from: $0, below: $1) }
    return ["under \(text(first))"] + inner + ["\(text(last))+"]
  }

  private static func label(from lower: Value, below upper: Value) -> String {
    guard case (.integer(let low), .integer(let high)) = (lower, upper) else {
      return "\(text(lower)) to under \(text(upper))"
    }
    let greatest = high - 1
    if greatest == low { return String(low) }
    return low < 0 ? "\(low) to \(greatest)" : "\(low)-\(greatest)"
  }

  /// A cut as people write it: a whole decimal without its point.
  private static func text(_ cut: Value) -> String {
    if case .decimal(let decimal) = cut, let whole = Int(exactly: decimal) {
      return String(whole)
    }
    return cut.plainText
  }
}
