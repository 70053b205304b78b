extension JSON {
  /// How a value is laid out as text.
  public enum Style: Hashable, Sendable {
    /// One line without spaces: `{"a":1,"b":[2,3]}`.
    case compact
    /// One line with a space after `,` and `:`, as people read it: `{"a": 1, "b": [2, 3]}`.
    case spaced
    /// A line per member and element, indented by two spaces; no line feed at the end.
    case indented
  }

  /// The value as JSON text; equal values give equal bytes.
  ///
  /// Members keep their order. Only quote marks, backslashes and control characters are escaped.
  /// A decimal is the shortest text that reads back as the same double, and always has a fraction
  /// or an exponent, so that it reads back as a decimal.
  public func text(_ style: Style = .compact) -> String {
    var writer = JSONWriter(style: style)
    writer.write(self, indent: 0)
    return writer.text
  }

  /// The value as UTF-8 bytes of JSON text.
  public func bytes(_ style: Style = .compact) -> [UInt8] { Array(text(style).utf8) }
}

private struct JSONWriter {
  let style: JSON.Style
  var text = ""

  mutating func write(_ value: JSON, indent: Int) {
    switch value {
    case .object(let members):
      list(members, "{", "}", indent: indent) { writer, member, inner in
        writer.string(member.name)
        writer.text += writer.style == .compact ? ":" : ": "
        writer.write(member.value, indent: inner)
      }
    case .array(let elements):
      list(elements, "[", "]", indent: indent) { writer, element, inner in
        writer.write(element, indent: inner)
      }
    case .string(let text): string(text)
    case .integer(let integer): text += String(integer)
    case .decimal(let decimal):
      precondition(decimal.isFinite, "a JSON decimal is finite")
      text += "\(decimal)"
    case .boolean(let boolean): text += boolean ? "true" : "false"
    case .null: text += "null"
    }
  }

  mutating func list<Item>(
    _ items: [Item], _ open: String, _ close: String, indent: Int,
    _ body: (inout JSONWriter, Item, Int) -> Void
  ) {
    text += open
    for (index, item) in items.enumerated() {
      if index > 0 { text += style == .spaced ? ", " : "," }
      newLine(indent + 1)
      body(&self, item, indent + 1)
    }
    if !items.isEmpty { newLine(indent) }
    text += close
  }

  mutating func newLine(_ indent: Int) {
    guard style == .indented else { return }
    text += "\n"
    for _ in 0..<indent { text += "  " }
  }

  mutating func string(_ string: String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\u{8}": text += "\\b"
      case "\u{C}": text += "\\f"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\0"..<" ":
        text += scalar.value < 16 ? "\\u000" : "\\u00"
        text += String(scalar.value, radix: 16)
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
