import CarrelJSON
import Testing

@Suite("Reading JSON") struct JSONReaderTests {
  static let accepted: [(String, JSON)] = [
    ("null", JSON.null),
    (" true ", true),
    ("false", false),
    ("0", 0),
    ("-0", 0),
    ("9223372036854775807", .integer(.max)),
    ("-9223372036854775808", .integer(.min)),
    ("1.0", 1.0),
    ("1e2", 100.0),
    ("-1.5E-3", -0.0015),
    ("0.1", 0.1),
    ("1e-400", 0.0),
    (#""""#, ""),
    (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
    (#""\u0041\u00e9\uD83D\uDE00""#, "Aé😀"),
    (#""é😀""#, "é😀"),
    ("[]", []),
    ("[1, [2,\r\n\t3]]", [1, [2, 3]]),
    ("{}", [:]),
    (#"{"b": 1, "a": {"c": null}}"#, ["b": 1, "a": ["c": .null]]),
  ]

  @Test("a text is read as the value it says", arguments: accepted)
  func read(text: String, value: JSON) throws {
    #expect(try JSON(parsing: text) == value)
  }

  /// What RFC 8259 does not allow, with the place and the reason.
  static let rejected: [(String, String)] = [
    ("", "1:1: expected a value"),
    ("  ", "1:3: expected a value"),
    ("nul", "1:1: expected a value"),
    ("True", "1:1: expected a value"),
    ("NaN", "1:1: expected a value"),
    ("+1", "1:1: expected a value"),
    (".5", "1:1: expected a value"),
    ("01", "1:1: expected a number without a leading zero"),
    ("-", "1:2: expected a digit"),
    ("1.", "1:3: expected a digit"),
    ("1e", "1:3: expected a digit"),
    ("1 2", "1:3: expected the end of the text after the value"),
    ("9223372036854775808", "1:1: this number is out of range"),
    ("[1e400]", "1:2: this number is out of range"),
    ("'a'", "1:1: expected a value"),
    ("\"a", "1:1: this text has no closing quote mark"),
    ("\"a\\", "1:3: this text has no closing quote mark"),
    ("\"a\nb\"", "1:3: a control character in a text must be escaped, such as `\\n`"),
    (#""\x41""#, #"1:2: expected one of `" \ / b f n r t u` after the backslash"#),
    (#""\u00g0""#, "1:6: expected four hexadecimal digits after `\\u`"),
    (#""\uD83D""#, "1:2: this `\\u` escape is half of a pair; the other half is missing"),
    (#""\uD83D\u0041""#, "1:2: this `\\u` escape is half of a pair; the other half is missing"),
    (#""\uDE00""#, "1:2: this `\\u` escape is half of a pair; the other half is missing"),
    ("[1,]", "1:4: expected a value"),
    ("[1 2]", "1:4: expected `,` or `]`"),
    ("[", "1:2: expected a value"),
    ("{a: 1}", "1:2: expected a name in quotes"),
    (#"{"a" 1}"#, "1:6: expected `:` after the name"),
    (#"{"a": 1,}"#, "1:9: expected a name in quotes"),
    (#"{"a": 1 "b": 2}"#, "1:9: expected `,` or `}`"),
    ("{\n  \"a\": 1,\n  \"a\": 2\n}", "3:3: this name is already used in the same object"),
    (#"{"a": 1, "\u0061": 2}"#, "1:10: this name is already used in the same object"),
    ("// note\n1", "1:1: expected a value"),
    ("\u{FEFF}1", "1:1: begins with a byte-order mark; save it as UTF-8 without one"),
    (#"{"é": x}"#, "1:7: expected a value"),
  ]

  @Test("a text that is not JSON is refused with the place and the reason", arguments: rejected)
  func refused(text: String, message: String) {
    let error = #expect(throws: JSONError.self) { try JSON(parsing: text) }
    #expect(error?.description == message)
  }

  @Test(
    "bytes that are not UTF-8 are refused, inside a text and outside",
    arguments: [
      ([0x22, 0xFF, 0x22], JSONError(line: 1, column: 1, reason: .invalidUTF8)),
      ([0x22, 0xC0, 0xAF, 0x22], JSONError(line: 1, column: 1, reason: .invalidUTF8)),
      ([0x22, 0xED, 0xA0, 0x80, 0x22], JSONError(line: 1, column: 1, reason: .invalidUTF8)),
      ([0xFF], JSONError(line: 1, column: 1, reason: .expected("a value"))),
    ] as [([UInt8], JSONError)])
  func malformed(bytes: [UInt8], expected: JSONError) {
    #expect(throws: expected) { try JSON(parsing: bytes) }
  }

  @Test func `names that look alike but differ in bytes are two names`() throws {
    let value = try JSON(parsing: "{\"\u{E9}\": 1, \"e\u{301}\": 2}")
    #expect(value["\u{E9}"] == 1)
    #expect(value["e\u{301}"] == 2)
  }

  @Test func `nesting and size beyond the limit are refused before they cost anything`() throws {
    let deep = String(repeating: "[", count: 10_000_000)
    #expect(throws: JSONError(line: 1, column: 65, reason: .tooDeep(limit: 64))) {
      try JSON(parsing: deep)
    }
    let fits = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(throws: Never.self) { try JSON(parsing: fits) }
    #expect(throws: JSONError(line: 1, column: 1, reason: .tooLarge(limitBytes: 3))) {
      try JSON(parsing: "1234", limits: JSON.Limits(bytes: 3))
    }
  }
}
