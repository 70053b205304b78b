/// One level of a category, band or other closed set of values: the value and how it is shown.
public struct Level: Hashable, Sendable, Codable {
  /// The stored value; a text, an integer or a boolean, or missing for the level of those without.
  public let value: Value
  /// What a reader sees, such as `1 most deprived` for the value 1.
  public let label: String
  /// What files say: the value, or the label of a band, whose value is only a place in an order.
  public let fileText: String

  /// A level with a label; without one the value is shown as it is, and so it is in files.
  public init(_ value: Value, label: String? = nil, fileText: String? = nil) {
    self.value = value
    self.label = label ?? value.plainText
    self.fileText = fileText ?? value.plainText
  }

  /// The levels of bands: a value is only a place in their order, so files say the label too.
  public static func bands(_ labels: [String]) -> [Level] {
    labels.enumerated().map { Level(.integer($0.offset), label: $0.element, fileText: $0.element) }
  }
}

extension Value {
  /// The value as a person or a file reads it: no quotes, ISO dates, shortest exact decimals.
  public var plainText: String {
    switch self {
    case .missing: "missing"
    case .boolean(let boolean): boolean ? "true" : "false"
    case .integer(let integer): String(integer)
    case .decimal(let decimal): "\(decimal)"
    case .text(let text): text
    case .date(let date): date.description
    }
  }
}
