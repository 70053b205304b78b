/// Why some bytes are not one JSON value within the limits, and where.
///
/// The text never quotes what was read: the place is enough to find it, and the bytes may hold
/// records.
public struct JSONError: Error, Hashable, Sendable {
  /// The line of the mistake, counted from 1.
  public let line: Int
  /// The column of the mistake in code points, counted from 1.
  public let column: Int
  /// What is wrong there.
  public let reason: Reason

  /// A mistake at a line and column, both counted from 1.
  public init(line: Int, column: Int, reason: Reason) {
    self.line = line
    self.column = column
    self.reason = reason
  }

  /// What can be wrong with a JSON text.
  public enum Reason: Hashable, Sendable {
    /// Something else was expected here, named in plain words.
    case expected(String)
    /// More text follows the value.
    case textAfterValue
    /// A name occurs twice in one object.
    case duplicateName
    /// A text holds bytes that are not UTF-8.
    case invalidUTF8
    /// A text holds a control character that is not escaped.
    case controlCharacter
    /// A backslash is not followed by an escape that JSON knows.
    case invalidEscape
    /// A `\u` escape names half of a surrogate pair without the other half.
    case loneSurrogate
    /// A text has no closing quote mark.
    case unfinishedString
    /// A number is larger or finer than a 64-bit integer or a double can hold.
    case numberOutOfRange
    /// Objects and arrays are nested more deeply than the limit.
    case tooDeep(limit: Int)
    /// There are more bytes than the limit.
    case tooLarge(limitBytes: Int)
    /// The text begins with a byte-order mark, which JSON does not allow.
    case byteOrderMark
  }
}

extension JSONError: CustomStringConvertible {
  /// The place and the reason, such as `3:14: expected a value`.
  public var description: String { "\(line):\(column): \(message)" }

  /// The reason in plain words, without the place.
  public var message: String {
    switch reason {
    case .expected(let what): "expected \(what)"
    case .textAfterValue: "expected the end of the text after the value"
    case .duplicateName: "this name is already used in the same object"
    case .invalidUTF8: "this text is not valid UTF-8"
    case .controlCharacter: "a control character in a text must be escaped, such as `\\n`"
    case .invalidEscape: "expected one of `\" \\ / b f n r t u` after the backslash"
    case .loneSurrogate: "this `\\u` escape is half of a pair; the other half is missing"
    case .unfinishedString: "this text has no closing quote mark"
    case .numberOutOfRange: "this number is out of range"
    case .tooDeep(let limit): "nested more than \(limit) levels deep"
    case .tooLarge(let limit): "larger than the limit of \(limit) bytes"
    case .byteOrderMark: "begins with a byte-order mark; save it as UTF-8 without one"
    }
  }
}
