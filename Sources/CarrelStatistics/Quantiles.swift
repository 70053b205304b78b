import Glibc

/// The points of some distributions beyond which a share of their probability lies.
///
/// Each is found by halving the interval in which its tail crosses that share, so that it is as
/// accurate as the tail, whatever the arguments.
public enum Quantiles {
  /// The point of the standard normal distribution with a probability above it.
  ///
  /// - Parameter upperTail: Above 0 and at most a half.
  /// - Returns: The point, 0 or more.
  public static func normal(upperTail: Double) -> Double {
    precondition(upperTail > 0 && upperTail <= 0.5, "a tail is at most a half")
    return root(from: 0, to: 40) { erfc($0 / 2.0.squareRoot()) / 2 > upperTail }
  }

  /// The point of Student's distribution with a probability above it.
  ///
  /// - Parameters:
  ///   - upperTail: Above 0 and at most a half.
  ///   - degreesOfFreedom: 1 or more.
  /// - Returns: The point, 0 or more.
  public static func student(upperTail: Double, degreesOfFreedom: Int) -> Double {
    precondition(upperTail > 0 && upperTail <= 0.5, "a tail is at most a half")
    precondition(degreesOfFreedom >= 1, "a distribution has a degree of freedom")
    let freedom = Double(degreesOfFreedom)
    return risingRoot(from: 1) { t in
      IncompleteBeta(freedom / 2, 0.5).lowerTail(freedom / (freedom + t * t)) / 2 > upperTail
    }
  }

  /// The point of the gamma distribution of scale 1 with a probability below it.
  ///
  /// - Parameters:
  ///   - lowerTail: Above 0 and below 1.
  ///   - shape: Above 0.
  /// - Returns: The point, 0 or more.
  public static func gamma(lowerTail: Double, shape: Double) -> Double {
    risingRoot(from: shape) { IncompleteGamma(shape: shape).lowerTail($0) < lowerTail }
  }

  /// The point of the gamma distribution of scale 1 with a probability above it.
  ///
  /// - Parameters:
  ///   - upperTail: Above 0 and below 1.
  ///   - shape: Above 0.
  /// - Returns: The point, 0 or more.
  public static func gamma(upperTail: Double, shape: Double) -> Double {
    risingRoot(from: shape) { IncompleteGamma(shape: shape).upperTail($0) > upperTail }
  }

  /// The point from 0 up to which something holds and beyond which it does not.
  private static func risingRoot(from start: Double, _ isBelow: (Double) -> Bool) -> Double {
    var upper = start
    while isBelow(upper), upper < 1e300 { upper *= 2 }
    return root(from: 0, to: upper, isBelow)
  }

  private static func root(
    from lower: Double, to upper: Double, _ isBelow: (Double) -> Bool
  ) -> Double {
    var (lower, upper) = (lower, upper)
    while true {
      let middle = lower + (upper - lower) / 2
      guard middle > lower, middle < upper else { return upper }
      if isBelow(middle) { lower = middle } else { upper = middle }
    }
  }
}

/// The share of a gamma distribution of scale 1 on either side of a point.
///
/// Source: NIST Digital Library of Mathematical Functions, 8.7.1 (series) and 8.9.2 (continued
/// fraction), each where it converges fast.
struct IncompleteGamma {
  let shape: Double

  /// The share below a point.
  func lowerTail(_ point: Double) -> Double {
    if point <= 0 { return 0 }
    return point < shape + 1 ? series(point) : 1 - fraction(point)
  }

  /// The share above a point.
  func upperTail(_ point: Double) -> Double {
    if point <= 0 { return 1 }
    return point < shape + 1 ? 1 - series(point) : fraction(point)
  }

  /// The density at a point, times the point.
  private func weight(_ point: Double) -> Double {
    exp(shape * log(point) - point - lgamma(shape).0)
  }

  private func series(_ point: Double) -> Double {
    var (term, sum, step) = (1 / shape, 1 / shape, shape)
    while term > sum * 1e-17 {
      step += 1
      term *= point / step
      sum += term
    }
    return sum * weight(point)
  }

  private func fraction(_ point: Double) -> Double {
    var fraction = ContinuedFraction(point + 1 - shape)
    var number = 0.0
    repeat {
      number += 1
      fraction.append(-number * (number - shape), point + 1 - shape + 2 * number)
    } while !fraction.hasConverged
    return weight(point) / fraction.value
  }
}

/// The share of a beta distribution below a point.
///
/// Source: NIST Digital Library of Mathematical Functions, 8.17.22, and 8.17.4 where the other side
/// converges faster.
struct IncompleteBeta {
  let a: Double
  let b: Double

  init(_ a: Double, _ b: Double) {
    self.a = a
    self.b = b
  }

  /// The share below a point from 0 to 1.
  func lowerTail(_ point: Double) -> Double {
    if point <= 0 { return 0 }
    if point >= 1 { return 1 }
    return point < (a + 1) / (a + b + 2)
      ? fraction(point) : 1 - IncompleteBeta(b, a).fraction(1 - point)
  }

  private func fraction(_ x: Double) -> Double {
    var fraction = ContinuedFraction(1)
    var m = 0.0
    fraction.append(-(a + b) * x / (a + 1), 1)
    repeat {
      m += 1
      fraction.append(m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), 1)
      fraction.append(-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)), 1)
    } while !fraction.hasConverged
    let logWeight =
      a * log(x) + b * log1p(-x) + lgamma(a + b).0 - lgamma(a).0 - lgamma(b).0
    return exp(logWeight) / (a * fraction.value)
  }
}

/// A continued fraction b0 + a1 / (b1 + a2 / (b2 + …)), worked out from its beginning.
///
/// Source: the method of Lentz as modified by I. J. Thompson and A. R. Barnett, Journal of
/// Computational Physics 64 (1986) 490-509.
struct ContinuedFraction {
  private(set) var value: Double
  private var (c, d, change) = (0.0, 0.0, 0.0)
  /// In place of 0, by which nothing is divided.
  private static let tiny = 1e-300

  init(_ first: Double) {
    value = first == 0 ? Self.tiny : first
    c = value
  }

  mutating func append(_ numerator: Double, _ denominator: Double) {
    d = denominator + numerator * d
    if d == 0 { d = Self.tiny }
    c = denominator + numerator / c
    if c == 0 { c = Self.tiny }
    d = 1 / d
    change = c * d
    value *= change
  }

  /// Whether the last part changed nothing that a double can hold.
  var hasConverged: Bool { abs(change - 1) < 1e-15 }
}
