/// The finest that a sum of a measure may be shown: R·w.
struct MeasureScale: Equatable {
  /// The least step of a sum.
  let sumStep: Double

  /// The step of a sum.
  var ofSum: Resolution { Resolution(atLeast: sumStep) }

  /// The step of a mean over so many people.
  func ofMean(over people: Int) -> Resolution {
    Resolution(atLeast: sumStep / Double(people))
  }
}

/// The step that a released real number is a multiple of: 1, 2 or 5 times a power of ten.
///
/// No released real is finer than what a few patients could change of it.
struct Resolution: Equatable {
  /// 1, 2 or 5.
  let digit: Int
  /// The decimals of a multiple of the step; negative for steps of ten and more.
  let decimals: Int

  /// The smallest step at or above a size, which must be finite and above 0.
  init(atLeast size: Double) {
    precondition(size.isFinite && size > 0, "a step has a size")
    var scaled = size
    var decimals = 0
    while scaled <= 0.5 {
      scaled *= 10
      decimals += 1
    }
    while scaled > 5 {
      scaled /= 10
      decimals -= 1
    }
    self.digit = scaled <= 1 ? 1 : scaled <= 2 ? 2 : 5
    self.decimals = decimals
  }

  /// The nearest multiple of the step, halves away from zero; `nil` where it is too large to hold.
  func rounded(_ number: Double) -> ReleasedNumber? {
    var scaled = number
    for _ in 0..<abs(decimals) { scaled = decimals > 0 ? scaled * 10 : scaled / 10 }
    let steps = (scaled / Double(digit)).rounded(.toNearestOrAwayFromZero)
    guard steps.magnitude < 0x1p53 else { return nil }
    return ReleasedNumber(units: Int(steps) * digit, decimals: decimals)
  }
}
