/// Logic with three values: true, false and missing, which is `nil` here.
///
/// Missing means "not known", so a result is known wherever it does not depend on what is missing
/// (S. C. Kleene, Introduction to Metamathematics, 1952, section 64). SQL has the same tables.
public enum Logic {
  /// Whether both hold: false when either is false, whatever the other.
  public static func and(_ left: Bool?, _ right: Bool?) -> Bool? {
    if left == false || right == false { return false }
    return left == nil || right == nil ? nil : true
  }

  /// Whether either holds: true when either is true, whatever the other.
  public static func or(_ left: Bool?, _ right: Bool?) -> Bool? {
    if left == true || right == true { return true }
    return left == nil || right == nil ? nil : false
  }

  /// The opposite; missing stays missing.
  public static func not(_ operand: Bool?) -> Bool? {
    operand.map { !$0 }
  }
}
