import Glibc

/// The ends of a confidence interval.
///
/// Everything in this module is arithmetic on the numbers that it is given. A caller who gives it
/// released figures alone learns from it only what those figures say already.
public struct ConfidenceBounds: Hashable, Sendable {
  /// The lower end.
  public let lower: Double
  /// The upper end, not below the lower one.
  public let upper: Double

  /// An interval with both ends times a number above 0.
  public func scaled(by factor: Double) -> ConfidenceBounds {
    precondition(factor > 0, "an interval keeps its direction")
    return ConfidenceBounds(lower: lower * factor, upper: upper * factor)
  }
}

extension ConfidenceBounds {
  /// The interval of a share of people, after Wilson.
  ///
  /// - Parameters:
  ///   - part: People for whom something holds, from 0 to `whole`.
  ///   - whole: People, 1 or more.
  ///   - coverage: How often such intervals hold the truth, above 0 and below 1: 0.95.
  ///
  /// The ends are shares from 0 to 1; the lower end of nobody is 0, the upper end of everybody 1.
  ///
  /// Source: E. B. Wilson, JASA 22 (1927) 209-212; method 3 of R. G. Newcombe, Statistics in Medicine
  /// 17 (1998) 857-872, without correction for continuity.
  public init(ofShare part: Int, of whole: Int, coverage: Double) {
    precondition(whole > 0 && (0...whole).contains(part), "a share is of somebody")
    let z = Quantiles.normal(upperTail: Self.tail(coverage))
    let (n, share) = (Double(whole), Double(part) / Double(whole))
    let middle = 2 * n * share + z * z
    let reach = z * (z * z + 4 * n * share * (1 - share)).squareRoot()
    let scale = 2 * (n + z * z)
    lower = part == 0 ? 0 : (middle - reach) / scale
    upper = part == whole ? 1 : (middle + reach) / scale
  }

  /// The exact interval of a number of events that follow a Poisson distribution, after Garwood.
  ///
  /// - Parameters:
  ///   - events: How many there were, 0 or more; need not be a whole number.
  ///   - coverage: How often such intervals hold the truth, above 0 and below 1: 0.95.
  ///
  /// The ends are expected numbers of events; the lower end of none is 0. Beyond 10,000 events the ends are Byar's approximation, which differs from the exact ones by
  /// less than a millionth there. Events that come in runs, as several visits of one person do, vary
  /// more than this interval says.
  /// Source: F. Garwood, Biometrika 28 (1936) 437-442; for Byar's, N. E. Breslow and N. E. Day,
  /// Statistical Methods in Cancer Research II (1987) 69.
  public init(ofEvents events: Double, coverage: Double) {
    precondition(events >= 0 && events.isFinite, "a number of events is never negative")
    let tail = Self.tail(coverage)
    guard events <= Self.mostExactEvents else {
      let z = Quantiles.normal(upperTail: tail)
      lower = Self.byar(events, -z)
      upper = Self.byar(events + 1, z)
      return
    }
    lower = events == 0 ? 0 : Quantiles.gamma(lowerTail: tail, shape: events)
    upper = Quantiles.gamma(upperTail: tail, shape: events + 1)
  }

  /// The interval of the ratio of two numbers of events, on the scale of logarithms.
  ///
  /// - Parameters:
  ///   - events: Those above the line.
  ///   - others: Those below it.
  ///   - coverage: How often such intervals hold the truth, above 0 and below 1: 0.95.
  ///
  /// `nil` where either is 0, as there is no logarithm then. The two are taken for independent and Poisson, so the variance of the logarithm of their ratio
  /// is about 1 / events + 1 / others (the delta method). Where one is a part of the other the true
  /// interval is narrower: a share has one of its own.
  /// Source: N. E. Breslow and N. E. Day, Statistical Methods in Cancer Research II (1987) 93.
  public init?(ofRatio events: Double, to others: Double, coverage: Double) {
    guard events > 0, others > 0, events.isFinite, others.isFinite else { return nil }
    let z = Quantiles.normal(upperTail: Self.tail(coverage))
    let factor = exp(z * (1 / events + 1 / others).squareRoot())
    let ratio = events / others
    guard factor.isFinite else { return nil }
    lower = ratio / factor
    upper = ratio * factor
  }

  /// The interval of a mean, by Student's t distribution.
  ///
  /// - Parameters:
  ///   - mean: The mean of the values.
  ///   - deviation: Their sample standard deviation, 0 or more.
  ///   - count: How many there are.
  ///   - coverage: How often such intervals hold the truth, above 0 and below 1: 0.95.
  ///
  /// `nil` for fewer than two values. Source: Student, Biometrika 6 (1908) 1-25.
  public init?(ofMean mean: Double, deviation: Double, count: Int, coverage: Double) {
    guard count >= 2, deviation >= 0, mean.isFinite, deviation.isFinite else { return nil }
    let t = Quantiles.student(upperTail: Self.tail(coverage), degreesOfFreedom: count - 1)
    let reach = t * deviation / Double(count).squareRoot()
    lower = mean - reach
    upper = mean + reach
  }

  /// The probability that is left out at each end.
  private static func tail(_ coverage: Double) -> Double {
    precondition(coverage > 0 && coverage < 1, "an interval covers a share of cases")
    return (1 - coverage) / 2
  }

  /// The most events whose interval is worked out exactly.
  private static let mostExactEvents = 10_000.0

  private static func byar(_ events: Double, _ z: Double) -> Double {
    let root = 1 - 1 / (9 * events) + z / (3 * events.squareRoot())
    return events * root * root * root
  }
}
