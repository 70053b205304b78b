/// A JSON value (RFC 8259) whose objects keep their members in the order written.
///
/// Numbers written without a fraction or an exponent are integers; all others are decimals. Texts
/// compare by their bytes, so two names that merely look alike are two names.
public enum JSON: Sendable {
  case object([Member])
  case array([JSON])
  case string(String)
  case integer(Int)
  /// A finite number; never NaN or infinite, which JSON cannot say.
  case decimal(Double)
  case boolean(Bool)
  case null

  /// One name and value of an object.
  public struct Member: Sendable {
    /// The name, unique in its object.
    public let name: String
    /// The value under that name.
    public let value: JSON

    /// A member with a name and a value.
    public init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }
}

extension JSON {
  /// The value of the member with this name; `nil` without one, or for anything but an object.
  public subscript(name: String) -> JSON? {
    members?.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
  }

  /// The members of an object in the order written; `nil` for anything else.
  public var members: [Member]? {
    if case .object(let members) = self { members } else { nil }
  }

  /// The elements of an array; `nil` for anything else.
  public var array: [JSON]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The text of a string; `nil` for anything else.
  public var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The number written without fraction or exponent; `nil` for anything else.
  public var integer: Int? {
    if case .integer(let integer) = self { integer } else { nil }
  }

  /// An integer or a decimal as a decimal; `nil` for anything else.
  public var number: Double? {
    switch self {
    case .integer(let integer): Double(integer)
    case .decimal(let decimal): decimal
    default: nil
    }
  }

  /// The truth value; `nil` for anything else.
  public var boolean: Bool? {
    if case .boolean(let boolean) = self { boolean } else { nil }
  }

  /// Whether this is the value `null`.
  public var isNull: Bool {
    if case .null = self { true } else { false }
  }

  /// What kind of value this is, as a message says it: `an object`, `a text`.
  public var kind: String {
    switch self {
    case .object: "an object"
    case .array: "a list"
    case .string: "a text"
    case .integer: "a whole number"
    case .decimal: "a number"
    case .boolean: "true or false"
    case .null: "null"
    }
  }
}

extension JSON: Equatable {
  /// Whether two values are of one kind and the same; members are compared in order, texts by bytes.
  public static func == (left: JSON, right: JSON) -> Bool {
    switch (left, right) {
    case (.object(let a), .object(let b)): a == b
    case (.array(let a), .array(let b)): a == b
    case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
    case (.integer(let a), .integer(let b)): a == b
    case (.decimal(let a), .decimal(let b)): a == b
    case (.boolean(let a), .boolean(let b)): a == b
    case (.null, .null): true
    default: false
    }
  }
}

extension JSON.Member: Equatable {
  /// Whether two members have the same name, by bytes, and the same value.
  public static func == (left: JSON.Member, right: JSON.Member) -> Bool {
    left.name.utf8.elementsEqual(right.name.utf8) && left.value == right.value
  }
}

extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral,
  ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral
{
  /// An object with these members in this order.
  public init(dictionaryLiteral members: (String, JSON)...) {
    self = .object(members.map { Member($0.0, $0.1) })
  }

  /// An array of these elements.
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }

  /// A string.
  public init(stringLiteral text: String) { self = .string(text) }

  /// An integer.
  public init(integerLiteral integer: Int) { self = .integer(integer) }

  /// A decimal.
  public init(floatLiteral decimal: Double) { self = .decimal(decimal) }

  /// A boolean.
  public init(booleanLiteral boolean: Bool) { self = .boolean(boolean) }
}
