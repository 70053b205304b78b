public import CarrelValues

/// What the text of a field in a file says.
public enum FieldReading: Hashable, Sendable {
  /// The value as it is stored; missing where the text is one of the missing texts.
  case value(Value)
  /// The text is not of the field's type, or none of its levels: the whole load is refused.
  case wrongFormat
  /// The value breaks a constraint: the row is refused and counted.
  case breaks(BrokenConstraint)
}

/// The constraint that a value breaks; the raw value says so in plain words.
public enum BrokenConstraint: String, Hashable, Sendable, CaseIterable {
  case belowMinimum = "is below its minimum"
  case aboveMaximum = "is above its maximum"
  case tooShort = "is too short"
  case tooLong = "is too long"
  case patternMismatch = "does not match its pattern"
  case notAllowed = "is not one of the values allowed"
  case malformedCode = "is not a code of its system"
  case wrongCheckDigit = "fails its check digit"
}

/// Reads the texts of one field: missing texts first, then the type, then the constraints.
///
/// A date that is declared `date-precision` comes out as the first of its month, and a code in the
/// form in which codes are stored. Whether a value is required, or unique, is the loader's to say.
public final class FieldReader {
  private let field: Field
  private let missingTexts: [[UInt8]]
  private let levels: [ArraySlice<UInt8>: Value]
  private let pattern: Regex<AnyRegexOutput>?
  /// Some of the texts that were found to match the pattern.
  private var matching: Set<ArraySlice<UInt8>> = []

  private static let rememberedMatches = 10_000

  /// A reader for one field of a package that was read without errors.
  public init(_ field: Field) {
    self.field = field
    missingTexts = field.missingTexts.map { Array($0.utf8) }
    let texts: [(String, Value)] =
      if let levels = field.levels {
        levels.map { ($0.value.plainText, $0.value) }
      } else if field.type == .boolean {
        field.trueTexts.map { ($0, .boolean(true)) }
          + field.falseTexts.map { ($0, .boolean(false)) }
      } else {
        []
      }
    levels = Dictionary(
      texts.map { (Array($0.0.utf8)[...], $0.1) }, uniquingKeysWith: { first, _ in first })
    pattern = field.constraints.pattern.flatMap { try? Regex($0) }?
      .matchingSemantics(.unicodeScalar)
  }

  /// Reads the UTF-8 text of a field.
  public func read(_ text: ArraySlice<UInt8>) -> FieldReading {
    if missingTexts.contains(where: { $0.elementsEqual(text) }) { return .value(.missing) }
    guard let value = value(text) else { return .wrongFormat }
    if let broken = brokenConstraint(value, text) { return .breaks(broken) }
    if field.privacy == .datePrecision, case .date(let date) = value {
      return .value(.date(date.firstOfMonth))
    }
    return .value(value)
  }

  private func value(_ text: ArraySlice<UInt8>) -> Value? {
    if field.type == .boolean { return levels[text] }
    if field.levels != nil, field.type == .string { return levels[text] }
    switch field.type {
    case .string:
      let string = String(decoding: text, as: UTF8.self)
      return .text(field.codingSystem?.normalised(string) ?? string)
    case .integer:
      guard let integer = Number.integer(text) else { return nil }
      guard let declared = field.levels else { return .integer(integer) }
      return declared.contains { $0.value == .integer(integer) } ? .integer(integer) : nil
    case .number: return Number.decimal(text).map { .decimal(finite: $0) }
    case .date: return CivilDate(isoUTF8: text).map { .date($0) }
    case .datetime: return CivilDate(ofTimestamp: text).map { .date($0) }
    case .boolean: return nil
    }
  }

  private func brokenConstraint(_ value: Value, _ text: ArraySlice<UInt8>) -> BrokenConstraint? {
    let constraints = field.constraints
    if let minimum = constraints.minimum, value < minimum { return .belowMinimum }
    if let maximum = constraints.maximum, maximum < value { return .aboveMaximum }
    if let allowed = constraints.allowed, !allowed.contains(value) { return .notAllowed }
    guard case .text(let string) = value else { return nil }
    if let minimum = constraints.minimumLength, string.unicodeScalars.count < minimum {
      return .tooShort
    }
    if let maximum = constraints.maximumLength, string.unicodeScalars.count > maximum {
      return .tooLong
    }
    // A pattern that cannot be matched is one that does not match: nothing fails on a value.
    if let pattern, !matches(string, text, pattern) { return .patternMismatch }
    return field.codingSystem.flatMap { brokenCode(string, $0) }
  }

  /// Matching costs far more than looking up, and texts that have a pattern tend to repeat.
  private func matches(
    _ string: String, _ text: ArraySlice<UInt8>, _ pattern: Regex<AnyRegexOutput>
  ) -> Bool {
    if matching.contains(text) { return true }
    guard (try? pattern.wholeMatch(in: string)) != nil else { return false }
    if matching.count < Self.rememberedMatches { matching.insert(Array(text)[...]) }
    return true
  }

  private func brokenCode(_ text: String, _ system: CodingSystem) -> BrokenConstraint? {
    let bytes = Array(text.utf8)
    let codes =
      field.holdsSeveralCodes ? bytes.split { !$0.isPartOfCode } : [bytes[...]]
    if codes.contains(where: { !system.isWellFormed(utf8: $0) }) { return .malformedCode }
    return codes.allSatisfy { system.hasValidCheckDigit(utf8: $0) } ? nil : .wrongCheckDigit
  }
}

/// Numbers as the Table Schema standard writes them.
private enum Number {
  /// Digits with an optional sign; `nil` for anything else and for what 64 bits cannot hold.
  static func integer(_ text: ArraySlice<UInt8>) -> Int? {
    var digits = text
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
    guard !digits.isEmpty else { return nil }
    var value = 0
    for byte in digits {
      guard byte.isASCIIDigit else { return nil }
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let digit = Int(byte - UInt8(ascii: "0"))
      let (sum, carry) = tens.addingReportingOverflow(isNegative ? -digit : digit)
      guard !overflow, !carry else { return nil }
      value = sum
    }
    return value
  }

  /// Digits with an optional sign, point and exponent; `nil` for anything else and for a number
  /// that is not finite, so that `NaN` is never taken for a number.
  static func decimal(_ text: ArraySlice<UInt8>) -> Double? {
    let sign = [UInt8(ascii: "+"), UInt8(ascii: "-")]
    var rest = text.first.map(sign.contains) == true ? text.dropFirst() : text
    let whole = rest.prefix { $0.isASCIIDigit }
    rest = rest.dropFirst(whole.count)
    var fraction: ArraySlice<UInt8> = []
    if rest.first == UInt8(ascii: ".") {
      fraction = rest.dropFirst().prefix { $0.isASCIIDigit }
      rest = rest.dropFirst(1 + fraction.count)
    }
    guard !whole.isEmpty || !fraction.isEmpty else { return nil }
    if let letter = rest.first {
      guard letter | 0x20 == UInt8(ascii: "e") else { return nil }
      rest = rest.dropFirst()
      if rest.first.map(sign.contains) == true { rest = rest.dropFirst() }
      guard !rest.isEmpty, rest.allSatisfy(\.isASCIIDigit) else { return nil }
    }
    guard let number = Double(String(decoding: text, as: UTF8.self)), number.isFinite else {
      return nil
    }
    return number
  }
}

extension UInt8 {
  /// Whether the byte belongs to a code in a text that holds several.
  fileprivate var isPartOfCode: Bool {
    isASCIILetter || isASCIIDigit || self == UInt8(ascii: ".")
  }
}
