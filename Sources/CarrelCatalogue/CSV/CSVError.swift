/// Why some bytes are not a CSV table, and on which line; never what stands there.
public struct CSVError: Error, Hashable, Sendable {
  /// The line of the file where the record begins, counted from 1.
  public let line: Int
  /// What is wrong with it.
  public let reason: Reason

  /// A mistake in the record that begins on a line.
  public init(line: Int, reason: Reason) {
    self.line = line
    self.reason = reason
  }

  /// What can be wrong with a CSV record.
  public enum Reason: Hashable, Sendable {
    /// The record has more or fewer fields than the first one.
    case ragged(expected: Int, found: Int)
    /// The record is not UTF-8.
    case invalidUTF8
    /// The record holds a zero byte, so that the file is not text.
    case zeroByte
    /// A quoted field has no closing quote mark.
    case unclosedQuote
    /// A quote mark stands inside a field that does not begin with one, or before its end.
    case strayQuote
    /// A carriage return is not followed by a line feed.
    case strayCarriageReturn
    /// The record is longer than the limit, which an unclosed quote mark also looks like.
    case tooLong(limitBytes: Int)
  }
}

extension CSVError: CustomStringConvertible {
  /// The line and the reason, such as `line 90000: 5 fields where the first line has 6`.
  public var description: String { "line \(line): \(message)" }

  /// The reason in plain words, without the line.
  public var message: String {
    switch reason {
    case .ragged(let expected, let found):
      "\(found) field\(found == 1 ? "" : "s") where the first line has \(expected)"
    case .invalidUTF8: "not valid UTF-8"
    case .zeroByte: "holds a zero byte, so this is not a text file"
    case .unclosedQuote: "a quoted field is never closed"
    case .strayQuote: "a quote mark inside a field must be doubled, and the field quoted"
    case .strayCarriageReturn: "a carriage return without a line feed"
    case .tooLong(let limit): "longer than \(limit) bytes; perhaps a quote mark is missing"
    }
  }
}
