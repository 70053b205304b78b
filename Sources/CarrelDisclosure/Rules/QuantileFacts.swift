import CarrelPolicy
import CarrelValues

/// The exact numbers behind a quantile of a measure.
struct QuantileFacts {
  /// The quantile itself; `nil` where nobody has a value.
  let value: Double?
  /// Which quantile it is.
  let quantile: Quantile
  /// The widths of the bins around it, and how many patients each of them holds.
  let bins: BinScale
  let peopleByBin: [Int]
  /// Whether the values are integers, so that a bin of width 1 holds a single value.
  let areWhole: Bool
  /// The measure.
  let measure: MeasureFacts

  /// Whether enough patients lie beyond it on either side.
  func hasTails(under policy: Policy) -> Bool {
    let tail = min(quantile.hundredths, 100 - quantile.hundredths)
    return measure.known * tail / 100 > policy.fewPeople
  }

  /// The middle of the narrowest bin around it that holds more than a few patients; `nil` where none
  /// does (`attacks`, A7).
  func binned(under policy: Policy) -> ReleasedNumber? {
    guard let value, measure.bounds != nil else { return nil }
    let width = zip(bins.widths, peopleByBin).first { $0.1 > policy.fewPeople }?.0
    return width.flatMap { $0.middle(ofBin: $0.bin(of: value), areWhole: areWhole) }
  }
}

extension Policy {
  /// The most patients that no bin and no tail of a quantile may be of: hidden, too few for a mean,
  /// or too few to move a rounded count or a sum.
  fileprivate var fewPeople: Int {
    max(hiddenCounts?.upperBound ?? 0, fewestForMean - 1, rounding.base, resolution ?? 0)
  }
}

extension BinWidth {
  /// The middle of a bin, of integers that of its least and greatest; `nil` where it is too large to
  /// hold.
  fileprivate func middle(ofBin bin: Double, areWhole: Bool) -> ReleasedNumber? {
    guard bin.magnitude < 0x1p40 else { return nil }
    // In tenths of the last decimal: the lower end and half the width.
    let tenths = 10 * Int(bin) * digit + 5 * digit
    guard areWhole else { return ReleasedNumber(units: tenths, decimals: decimals + 1).shortened }
    guard decimals > -4 else { return nil }
    // In tenths of 1: half of what lies between the lower end and the last integer of the bin.
    let scale = (0..<decimals.magnitude).reduce(1) { scale, _ in scale * 10 }
    return ReleasedNumber(units: tenths * scale - 5, decimals: 1).shortened
  }
}

extension ReleasedNumber {
  /// The same number without a last decimal that is 0.
  fileprivate var shortened: ReleasedNumber {
    units.isMultiple(of: 10) ? ReleasedNumber(units: units / 10, decimals: decimals - 1) : self
  }
}
