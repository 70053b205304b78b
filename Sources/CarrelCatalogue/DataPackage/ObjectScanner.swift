internal import CarrelJSON

/// One JSON object, read property by property; whatever was never asked for is reported.
///
/// Each getter reports a value of the wrong kind and then gives `nil`, as if the property were not
/// there, so that one mistake makes one message.
final class ObjectScanner {
  let place: String
  let log: ProblemLog
  private let members: [JSON.Member]
  private var known: [String] = []

  /// Reports anything but an object.
  init?(_ json: JSON, _ what: String, at place: String, _ log: ProblemLog) {
    guard let members = json.members else {
      log.error(.wrongValue, at: place, "\(what) must be an object, not \(json.kind)")
      return nil
    }
    self.members = members
    self.place = place
    self.log = log
  }

  /// The value of a property, whatever its kind.
  func value(_ name: String) -> JSON? {
    known.append(name)
    return members.first { $0.name == name }?.value
  }

  func text(_ name: String) -> String? {
    guard let value = value(name) else { return nil }
    return value.string ?? wrong(name, "a text", value)
  }

  func requiredText(_ name: String) -> String? {
    if members.contains(where: { $0.name == name }) { return text(name) }
    known.append(name)
    log.error(.missingProperty, at: place, "`\(name)` is missing")
    return nil
  }

  func boolean(_ name: String) -> Bool? {
    guard let value = value(name) else { return nil }
    return value.boolean ?? wrong(name, "true or false", value)
  }

  func count(_ name: String) -> Int? {
    guard let value = value(name) else { return nil }
    if let integer = value.integer, integer >= 0 { return integer }
    return wrong(name, "a whole number, not negative", value)
  }

  func list(_ name: String) -> [JSON]? {
    guard let value = value(name) else { return nil }
    return value.array ?? wrong(name, "a list", value)
  }

  /// A list of texts; where the standard allows it, a text alone is a list of one.
  func texts(_ name: String, orSingle: Bool = false) -> [String]? {
    guard let value = value(name) else { return nil }
    if orSingle, let text = value.string { return [text] }
    guard let elements = value.array else { return wrong(name, "a list of texts", value) }
    let texts = elements.compactMap(\.string)
    return texts.count == elements.count ? texts : wrong(name, "a list of texts", value)
  }

  /// One of a closed set of words.
  func word<Word: RawRepresentable & CaseIterable>(_ name: String, _: Word.Type) -> Word?
  where Word.RawValue == String {
    guard let value = value(name) else { return nil }
    if let text = value.string, let word = Word(rawValue: text) { return word }
    let words = Word.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
    return wrong(name, "one of \(words)", value)
  }

  /// Marks standard properties that describe the data to people and change nothing here.
  func pass(_ names: String...) { known += names }

  /// Refuses properties of the standard that would change how the data are read.
  func refuse(_ names: String..., help: String) {
    for name in names where value(name) != nil {
      log.error(.unsupported, at: place, "`\(name)` is not supported", help: help)
    }
  }

  /// Warns of every property that nothing asked for; to be called last.
  func finish() {
    for member in members where !known.contains(member.name) {
      let plain = member.name.lowercased().filter(\.isLetter)
      let close = known.first { $0.lowercased() == plain }
      log.warning(
        .unknownProperty, at: place, "`\(member.name.abbreviated)` is not a known property",
        help: close.map { "did you mean `\($0)`?" })
    }
  }

  private func wrong<Wanted>(_ name: String, _ wanted: String, _ value: JSON) -> Wanted? {
    let found = value.string.map { "`\($0.abbreviated)`" } ?? value.kind
    log.error(.wrongValue, at: place, "`\(name)` must be \(wanted), not \(found)")
    return nil
  }
}

extension String {
  /// The text cut to what a message can show.
  var abbreviated: String { count > 40 ? prefix(39) + "…" : self }

  /// Whether a study could write the text as a name: an ASCII letter or `_`, then those or digits.
  var isStudyName: Bool {
    guard let first = utf8.first, first.isNameStart else { return false }
    return utf8.dropFirst().allSatisfy { $0.isNameStart || $0.isASCIIDigit }
  }
}

extension UInt8 {
  var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  var isASCIILetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }

  fileprivate var isNameStart: Bool { isASCIILetter || self == UInt8(ascii: "_") }
}
