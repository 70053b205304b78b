/// How a count that may be shown is rounded; every tie is pinned.
public enum Rounding: Hashable, Sendable {
  /// Not at all.
  case none
  /// To the nearest multiple of a base of 2 or more.
  case nearest(base: Int, ties: Ties)
  /// To the middle of its six: 1 to 6 become 3, 7 to 12 become 9; nobody stays nobody.
  case midpointSix

  /// Where a count goes that is as near to one multiple as to the next; none is for an odd base.
  public enum Ties: String, Hashable, Sendable, CaseIterable {
    case up, even
  }

  /// The rounded number of distinct patients, of whom there are 0 or more.
  public func rounded(_ count: Int) -> Int {
    precondition(count >= 0, "a count is never negative")
    switch self {
    case .none: return count
    case .midpointSix: return count == 0 ? 0 : (count + 5) / 6 * 6 - 3
    case .nearest(let base, let ties):
      let (multiple, rest) = count.quotientAndRemainder(dividingBy: base)
      let goesUp =
        if rest * 2 == base { ties == .up || multiple % 2 == 1 } else { rest * 2 > base }
      return (goesUp ? multiple + 1 : multiple) * base
    }
  }

  /// How many patients it takes at most to move a rounded count: the base, 1 where nothing is rounded.
  public var base: Int {
    switch self {
    case .none: 1
    case .nearest(let base, _): base
    case .midpointSix: 6
    }
  }

  /// The least count that is rounded to this one.
  ///
  /// What depends on a count only through its rounded figure, such as the step of a mean, takes
  /// this for the count: a reader knows as much.
  public func least(roundedTo figure: Int) -> Int {
    switch self {
    case .none: figure
    case .midpointSix: figure == 0 ? 0 : figure - 2
    case .nearest(let base, _):
      (max(0, figure - base / 2)...figure).first { rounded($0) == figure } ?? figure
    }
  }
}
