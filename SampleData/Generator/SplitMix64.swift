/// A stream of pseudo-random numbers that is the same on every machine and in every build.
///
/// Everything is drawn in whole numbers: floating-point functions differ between C libraries, and
/// the sample data must not. Source: Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014.
struct SplitMix64 {
  private var state: UInt64

  /// The stream of one member of a family, such as one person's; streams do not depend on the
  /// order in which they are used.
  init(seed: UInt64, member: Int) {
    var family = SplitMix64(state: seed &+ UInt64(member))
    state = family.next()
  }

  private init(state: UInt64) { self.state = state }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension SplitMix64 {
  /// A whole number from 0 up to, and not including, a positive bound.
  mutating func below(_ bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A whole number of a closed range.
  mutating func within(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.count)
  }

  /// Whether something happens that does so this many times in a thousand.
  mutating func chance(perThousand: Int) -> Bool { below(1000) < perThousand }

  /// Whether something happens that does so this many times in a hundred thousand.
  mutating func chance(perHundredThousand: Int) -> Bool { below(100_000) < perHundredThousand }

  /// One of some things, each as likely as its weight says.
  mutating func pick<Choice>(_ weighted: [(weight: Int, choice: Choice)]) -> Choice {
    precondition(!weighted.isEmpty, "something must be there to pick from")
    var left = below(weighted.reduce(0) { $0 + $1.weight })
    for (weight, choice) in weighted {
      if left < weight { return choice }
      left -= weight
    }
    return weighted[weighted.count - 1].choice
  }

  /// One of some things, all as likely.
  mutating func pick<Choice>(_ choices: [Choice]) -> Choice { choices[below(choices.count)] }

  /// A whole number that is close to normally distributed (a sum of twelve uniform ones).
  mutating func normal(mean: Int, deviation: Int) -> Int {
    let thousandths = (0..<12).reduce(-6000) { sum, _ in sum + within(0...1000) }
    return mean + deviation * thousandths / 1000
  }
}
