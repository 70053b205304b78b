extension JSON {
  /// How much a reader accepts before it stops.
  public struct Limits: Hashable, Sendable {
    /// The most bytes of text.
    public let bytes: Int
    /// The most objects and arrays around one value.
    public let depth: Int

    /// Limits on the bytes of a text and the depth of its nesting.
    public init(bytes: Int = 16 << 20, depth: Int = 64) {
      self.bytes = bytes
      self.depth = depth
    }
  }

  /// Reads exactly one JSON value (RFC 8259), with nothing but white space around it.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8 without a byte-order mark.
  ///   - limits: What to refuse before it costs memory or stack.
  /// - Throws: A ``JSONError`` with the place; also for a name used twice in one object, text that
  ///   is not UTF-8, and a number that a 64-bit integer or a double cannot hold.
  /// - Complexity: O(n) in the number of bytes.
  public init(parsing bytes: [UInt8], limits: Limits = Limits()) throws(JSONError) {
    var reader = JSONReader(bytes: bytes, limits: limits)
    self = try reader.document()
  }

  /// Reads exactly one JSON value from a text.
  ///
  /// - Throws: As for bytes.
  public init(parsing text: String, limits: Limits = Limits()) throws(JSONError) {
    try self.init(parsing: Array(text.utf8), limits: limits)
  }
}

/// A recursive-descent reader over bytes; the depth limit bounds its stack.
private struct JSONReader {
  let bytes: [UInt8]
  let limits: JSON.Limits
  var position = 0
  var depth = 0

  mutating func document() throws(JSONError) -> JSON {
    guard bytes.count <= limits.bytes else {
      throw error(.tooLarge(limitBytes: limits.bytes), at: 0)
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw error(.byteOrderMark, at: 0) }
    skipSpace()
    let value = try value()
    skipSpace()
    guard position == bytes.count else { throw error(.textAfterValue, at: position) }
    return value
  }

  mutating func value() throws(JSONError) -> JSON {
    switch peek {
    case UInt8(ascii: "{"): return try nested { reader throws(JSONError) in try reader.object() }
    case UInt8(ascii: "["): return try nested { reader throws(JSONError) in try reader.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case _ where isDigit || peek == UInt8(ascii: "-"): return try number()
    default: throw error(.expected("a value"), at: position)
    }
  }

  mutating func nested(
    _ body: (inout JSONReader) throws(JSONError) -> JSON
  ) throws(JSONError) -> JSON {
    guard depth < limits.depth else { throw error(.tooDeep(limit: limits.depth), at: position) }
    depth += 1
    defer { depth -= 1 }
    position += 1
    return try body(&self)
  }

  mutating func object() throws(JSONError) -> JSON {
    var members: [JSON.Member] = []
    var names: Set<[UInt8]> = []
    skipSpace()
    if take("}") { return .object([]) }
    while true {
      let start = position
      guard peek == UInt8(ascii: "\"") else {
        throw error(.expected("a name in quotes"), at: start)
      }
      let name = try string()
      guard names.insert(Array(name.utf8)).inserted else { throw error(.duplicateName, at: start) }
      skipSpace()
      guard take(":") else { throw error(.expected("`:` after the name"), at: position) }
      skipSpace()
      members.append(JSON.Member(name, try value()))
      skipSpace()
      if take("}") { return .object(members) }
      guard take(",") else { throw error(.expected("`,` or `}`"), at: position) }
      skipSpace()
    }
  }

  mutating func array() throws(JSONError) -> JSON {
    var elements: [JSON] = []
    skipSpace()
    if take("]") { return .array([]) }
    while true {
      elements.append(try value())
      skipSpace()
      if take("]") { return .array(elements) }
      guard take(",") else { throw error(.expected("`,` or `]`"), at: position) }
      skipSpace()
    }
  }

  mutating func word(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
    for offset in 0..<word.utf8CodeUnitCount {
      guard position + offset < bytes.count,
        bytes[position + offset] == word.utf8Start[offset]
      else { throw error(.expected("a value"), at: position) }
    }
    position += word.utf8CodeUnitCount
    return value
  }
}

// MARK: Strings

extension JSONReader {
  mutating func string() throws(JSONError) -> String {
    let start = position
    position += 1
    var decoded: [UInt8] = []
    var runStart = position
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        decoded.append(contentsOf: bytes[runStart..<position])
        position += 1
        guard let text = String(validating: decoded, as: UTF8.self) else {
          throw error(.invalidUTF8, at: start)
        }
        return text
      case UInt8(ascii: "\\"):
        decoded.append(contentsOf: bytes[runStart..<position])
        decoded.append(contentsOf: try escape().utf8)
        runStart = position
      case 0..<0x20: throw error(.controlCharacter, at: position)
      default: position += 1
      }
    }
    throw error(.unfinishedString, at: start)
  }

  mutating func escape() throws(JSONError) -> Character {
    let start = position
    position += 1
    guard let letter = peek else { throw error(.unfinishedString, at: start) }
    position += 1
    switch letter {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return Character(try escapedScalar(at: start))
    default: throw error(.invalidEscape, at: start)
    }
  }

  mutating func escapedScalar(at start: Int) throws(JSONError) -> Unicode.Scalar {
    let first = try hexUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, take("\\"), take("u") else { throw error(.loneSurrogate, at: start) }
    let second = try hexUnit()
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw error(.loneSurrogate, at: start) }
    return scalar
  }

  mutating func hexUnit() throws(JSONError) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw error(.expected("four hexadecimal digits after `\\u`"), at: position)
      }
      unit = unit << 4 + UInt32(digit)
      position += 1
    }
    return unit
  }
}

// MARK: Numbers

extension JSONReader {
  mutating func number() throws(JSONError) -> JSON {
    let start = position
    _ = take("-")
    if take("0") {
      guard !isDigit else { throw error(.expected("a number without a leading zero"), at: start) }
    } else {
      try digits()
    }
    var isInteger = true
    if take(".") {
      isInteger = false
      try digits()
    }
    if take("e") || take("E") {
      isInteger = false
      if !take("+") { _ = take("-") }
      try digits()
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isInteger {
      guard let integer = Int(text) else { throw error(.numberOutOfRange, at: start) }
      return .integer(integer)
    }
    guard let decimal = Double(text), decimal.isFinite else {
      throw error(.numberOutOfRange, at: start)
    }
    return .decimal(decimal)
  }

  mutating func digits() throws(JSONError) {
    guard isDigit else { throw error(.expected("a digit"), at: position) }
    while isDigit { position += 1 }
  }

  var isDigit: Bool {
    guard let byte = peek else { return false }
    return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}

// MARK: Places

extension JSONReader {
  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  func error(_ reason: JSONError.Reason, at offset: Int) -> JSONError {
    let before = bytes.prefix(offset)
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    return JSONError(
      line: 1 + before.count { $0 == UInt8(ascii: "\n") },
      // A continuation byte of UTF-8 belongs to the code point before it.
      column: 1 + before[lineStart...].count { $0 & 0xC0 != 0x80 },
      reason: reason)
  }
}
