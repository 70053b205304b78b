/// How much of a group's numbers is that of few people: what the rules about the commonest value and
/// about dominance look at.
///
/// A person contributes the absolute value of their number. Shares are whole percentages, so that no
/// person's number is among them, rounded so that comparing them with a whole percentage of a policy
/// is comparing the exact shares. Of decimals, a share that is a whole percentage but for the last
/// digits of the computation is that percentage.
public struct Concentration: Hashable, Sendable, Codable {
  /// How many people have the commonest number; 0 of a group of nobody.
  public let commonest: Int
  /// What the 1, 2 and up to ``mostLargest`` people who contribute most make of the total, in percent
  /// rounded up; 0 where the total is 0.
  public let largestPercentages: [Int]
  /// What all but the two people who contribute most make, in percent of what the first of these
  /// contributes, rounded down; 100 where that is more, or nobody contributes anything.
  public let remainderPercentage: Int

  /// How many of the largest contributions are added up at most.
  public static let mostLargest = 5

  /// The concentration of a group of nobody.
  public static let ofNobody = Concentration(of: [Int]())

  /// A concentration that was computed elsewhere.
  public init(commonest: Int, largestPercentages: [Int], remainderPercentage: Int) {
    self.commonest = commonest
    self.largestPercentages = largestPercentages
    self.remainderPercentage = remainderPercentage
  }

  /// The concentration of integers, one of each person, in any order.
  public init(of integers: [Int]) {
    let ranks = Ranks(of: integers) { $0.magnitude }
    let total = integers.reduce(Int128(0)) { $0 + Int128($1.magnitude) }
    let largest = ranks.largest.map { Int128($0.magnitude) }
    let firstTwo = largest.prefix(2).reduce(0, +)
    self.init(
      commonest: ranks.commonest,
      largestPercentages: (1...Self.mostLargest).map { count in
        let part = largest.prefix(count).reduce(0, +)
        return total == 0 ? 0 : Int((100 * part + total - 1) / total)
      },
      remainderPercentage: total == 0
        ? 100 : Int(min(100, 100 * (total - firstTwo) / largest[0])))
  }

  /// The concentration of decimals, one of each person, all finite, in any order.
  ///
  /// Where their total is out of range a single person counts as all of it.
  public init(of decimals: [Double]) {
    let ranks = Ranks(of: decimals) { $0.magnitude }
    let parts = (1...Self.mostLargest).map { Self.total(of: ranks.largest.prefix($0)) }
    let largest = parts[0] ?? 0
    let total = Self.total(of: decimals[...])
    let remainder = Self.total(of: ranks.withoutLargestTwo)
    self.init(
      commonest: ranks.commonest,
      largestPercentages: parts.map { part in
        guard let part, let total else { return 100 }
        return total == 0 ? 0 : Self.percentage(part, of: total, rounded: .up)
      },
      remainderPercentage: largest == 0
        ? 100
        : remainder.map { min(100, Self.percentage(min($0, largest), of: largest, rounded: .down)) }
          ?? 0)
  }

  /// The concentration of as many ones as a boolean holds for, and of zeros for the other people.
  public init(tally count: Int, of people: Int) {
    self.init(
      commonest: max(count, people - count),
      largestPercentages: (1...Self.mostLargest).map { largest in
        count == 0 ? 0 : (100 * min(largest, count) + count - 1) / count
      }, remainderPercentage: count == 0 || count > 2 ? 100 : 0)
  }

  private static func total(of decimals: ArraySlice<Double>) -> Double? {
    var sum = ExactSum()
    for decimal in decimals { sum.add(decimal.magnitude) }
    return sum.total
  }

  private static func percentage(
    _ part: Double, of whole: Double, rounded rule: FloatingPointRoundingRule
  ) -> Int {
    let share = part / whole * 100
    let nearest = share.rounded()
    return Int((share - nearest).magnitude < 1e-12 ? nearest : share.rounded(rule))
  }
}

/// Numbers in order, as far as it is asked for.
private struct Ranks<Number: Comparable> {
  /// How many numbers equal the commonest.
  let commonest: Int
  /// The numbers furthest from zero, the first of them first.
  let largest: [Number]
  /// All but the two that are furthest from zero.
  let withoutLargestTwo: ArraySlice<Number>

  init(of numbers: [Number], magnitude: (Number) -> some Comparable) {
    let sorted = numbers.sorted()
    commonest = Self.longestRun(in: sorted)
    // What is furthest from zero is at one end or the other.
    var rest = sorted[...]
    var largest: [Number] = []
    var withoutLargestTwo = rest
    while largest.count < Concentration.mostLargest, let first = rest.first, let last = rest.last {
      largest.append(magnitude(first) > magnitude(last) ? rest.removeFirst() : rest.removeLast())
      if largest.count <= 2 { withoutLargestTwo = rest }
    }
    self.largest = largest
    self.withoutLargestTwo = withoutLargestTwo
  }

  private static func longestRun(in sorted: [Number]) -> Int {
    var (longest, start) = (0, 0)
    for index in sorted.indices {
      if sorted[index] != sorted[start] { start = index }
      longest = max(longest, index - start + 1)
    }
    return longest
  }
}
