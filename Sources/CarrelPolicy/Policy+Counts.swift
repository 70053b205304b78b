/// What becomes of a count of distinct patients.
public enum CountRelease: Hashable, Sendable {
  /// It is not shown, whatever the reason.
  case redacted
  /// It is shown as this number; 0 means that there is nobody.
  case shown(Int)

  /// The number that is shown; `nil` where none is.
  public var number: Int? {
    if case .shown(let number) = self { number } else { nil }
  }
}

extension Policy {
  /// Whether a count of distinct patients, 0 or more, may be shown by itself.
  public func shows(_ count: Int) -> Bool {
    precondition(count >= 0, "a count is never negative")
    return count == 0 ? zero == .show : hiddenCounts?.contains(count) != true
  }

  /// Whether a part of a group may be shown beside the group's own count.
  ///
  /// Both must pass by themselves. Everybody counts as nobody left over. Where counts are not
  /// rounded the rest follows by subtraction, so it must pass as well. Both are numbers of
  /// distinct patients, and the part is not larger than the whole.
  public func shows(_ part: Int, of whole: Int) -> Bool {
    precondition(part <= whole, "a part is not larger than its group")
    guard shows(whole), shows(part) else { return false }
    let rest = whole - part
    return rest > 0 && rounding != .none ? true : part == 0 || shows(rest)
  }

  /// What becomes of a count by itself: hidden by the rules, else rounded.
  public func release(of count: Int) -> CountRelease {
    shows(count) ? .shown(rounding.rounded(count)) : .redacted
  }

  /// What becomes of a part of a group; see ``shows(_:of:)``.
  public func release(of part: Int, of whole: Int) -> CountRelease {
    shows(part, of: whole) ? .shown(rounding.rounded(part)) : .redacted
  }
}
