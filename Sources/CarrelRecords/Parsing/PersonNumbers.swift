internal import CarrelCatalogue
internal import CarrelValues

/// Numbers people as they come, in the process that parses; the other learns each identifier once.
final class PersonNumbers {
  private var identifiers = IdentifierIndex()
  private let output: FrameWriter

  init(to output: FrameWriter) { self.output = output }

  /// The number of the person whom an identifier names.
  ///
  /// - Returns: `nil` where the identifier cannot stand for a person.
  func number(of value: Value, _ text: ArraySlice<UInt8>) throws -> Int? {
    let identifier = normalised(value, text)
    guard ParserFrame.isIdentifier(identifier) else { return nil }
    let count = identifiers.count
    let number = identifiers.number(of: identifier)
    if number == count {
      output.begin(.person)
      output.append(identifier)
      try output.end()
    }
    return number
  }

  /// An integer in its shortest form, an NHS number without the gaps it is printed with, and any
  /// other text as it is: one person has one identifier in all tables.
  private func normalised(_ value: Value, _ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    switch value {
    case .integer(let integer):
      // Digits that begin with another than zero are the shortest form already.
      if let first = text.first, first > UInt8(ascii: "0") { return text }
      return Array(String(integer).utf8)[...]
    default:
      // Without gaps, a number is its digits.
      guard (11...12).contains(text.count) else { return text }
      return NHSNumber.digits(of: text).map { $0[...] } ?? text
    }
  }
}
