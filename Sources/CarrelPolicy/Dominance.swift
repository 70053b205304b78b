import CarrelValues

/// The most that a few people may contribute to a total, the (n, k) rule.
///
/// A person contributes the absolute value of their number.
///
/// Source: A. Hundepool et al., "Handbook on Statistical Disclosure Control", section 4.2.2.
public struct Dominance: Hashable, Sendable {
  /// n, how many people are looked at together: those who contribute most.
  public let largest: Int
  /// k, the most that they may make of the total, in percent.
  public let mostPercent: Int

  /// The numbers of people that a policy may name.
  static let numbers = 1...Concentration.mostLargest
}
