import CarrelJSON

/// Reads how one cell of a description is published.
struct CellReader {
  let json: JSON
  let name: String
  let rounding: TableRounding?

  typealias Mistake = TableReader.Mistake

  static let members = [
    "key", "n", "suppressed", "shown", "low", "high", "rounding", "rule", "round", "base", "note",
  ]

  /// The largest count that is read: sums of it stay far from what an integer holds.
  private static let countLimit = 1_000_000_000_000

  /// The true count, if given.
  func count() throws(Mistake) -> Int? {
    guard let count = try number("n") else { return nil }
    switch try figure() {
    case .between(let low, let high), .suppressed(let low, let high):
      guard low <= count, count <= high ?? count else {
        throw Mistake("the count of `\(name)` is not among those that its figure stands for")
      }
    case .shown(let shown):
      guard shown == count else {
        throw Mistake("`\(name)` is shown as another count than its own")
      }
    }
    return count
  }

  /// What is published.
  func figure() throws(Mistake) -> TableDescription.Figure {
    let low = try number("low")
    let high = try number("high")
    if let low, let high, low > high { throw Mistake("`low` of `\(name)` is above its `high`") }
    if try isSuppressed() {
      guard json["shown"] == nil else { throw Mistake("`\(name)` is both shown and suppressed") }
      return .suppressed(low: low ?? 0, high: high)
    }
    if let shown = try number("shown") {
      let counts = try counts(shownAs: shown)
      let least = max(counts.lowerBound, low ?? 0)
      let most = min(counts.upperBound, high ?? .max)
      guard least <= most else { throw Mistake("no count agrees with all that `\(name)` says") }
      return least == most ? .shown(least) : .between(least, most)
    }
    if low != nil || high != nil { return .between(low ?? 0, high) }
    if let count = try number("n") { return .shown(count) }
    throw Mistake("`\(name)` says nothing; give `n`, `suppressed`, `shown`, or `low` and `high`")
  }

  private func isSuppressed() throws(Mistake) -> Bool {
    guard let mark = json["suppressed"] else { return false }
    guard let isSuppressed = mark.boolean else {
      throw Mistake("`suppressed` of `\(name)` is \(mark.kind); write true or false")
    }
    return isSuppressed
  }

  /// The counts that a figure stands for, by the rule of the cell or of its table.
  private func counts(shownAs shown: Int) throws(Mistake) -> ClosedRange<Int> {
    let own = ["rounding", "rule", "round", "base"].lazy.compactMap { json[$0] }.first
    var rule = rounding
    if let own {
      rule = TableRounding(own)
      if rule == nil { throw Mistake(TableReader.unknownRule("the rounding of `\(name)`")) }
    }
    guard let rule else { return shown...shown }
    guard let counts = rule.counts(shownAs: shown) else {
      throw Mistake("no count is rounded to \(shown), the figure of `\(name)`")
    }
    return counts
  }

  private func number(_ member: String) throws(Mistake) -> Int? {
    guard let value = json[member], !value.isNull else { return nil }
    guard let number = value.integer, (0...Self.countLimit).contains(number) else {
      throw Mistake("`\(member)` of `\(name)` is no whole number from 0 to \(Self.countLimit)")
    }
    return number
  }
}
