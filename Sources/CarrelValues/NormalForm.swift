/// Whether a text is in Normalization Form C: each letter and its marks written in the one way in
/// which two texts that look the same are the same bytes.
///
/// The standard library compares texts by canonical equivalence and knows the properties of a
/// character, but has no public way to normalise. So the definition itself is followed: no character
/// that the form never holds, marks in canonical order, and no mark that would join the letter
/// before it, which is so where a single character is canonically equivalent to the two.
///
/// Not seen is a mark that would change places with one inside the letter before it, such as a dot
/// below after `å`.
///
/// Source: Unicode Standard Annex 15, "Unicode Normalization Forms".
public enum NormalForm {
  /// The position of the first character, among the text's scalars, that another form would write
  /// otherwise; `nil` for a text in the form.
  public static func firstBreach(in text: some Sequence<Unicode.Scalar>) -> Int? {
    var starter: Unicode.Scalar?
    var lastClass: UInt8 = 0
    for (position, scalar) in text.enumerated() {
      let properties = scalar.properties
      if properties.isFullCompositionExclusion { return position }
      let current = properties.canonicalCombiningClass.rawValue
      if current != 0, lastClass > current { return position }
      // Marks of one class before it stand between a mark and its letter.
      let isBlocked = starter == nil || (lastClass != 0 && lastClass >= current)
      if let starter, !isBlocked, Self.joins(starter, scalar) { return position }
      if current == 0 { starter = scalar }
      lastClass = current
    }
    return nil
  }

  /// Whether one character is canonically equivalent to a letter and what follows it.
  private static func joins(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
    guard second.value >= 0x300 else { return false }
    if isHangul(first, second) { return true }
    var pair = String.UnicodeScalarView()
    pair.append(first)
    pair.append(second)
    return composites.contains(String(pair))
  }

  /// The syllables of Korean are put together by rule.
  private static func isHangul(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
    let isVowelAfterLead =
      (0x1100...0x1112).contains(first.value) && (0x1161...0x1175).contains(second.value)
    let isTailAfterSyllable =
      (0xAC00...0xD7A3).contains(first.value) && (first.value - 0xAC00) % 28 == 0
      && (0x11A8...0x11C2).contains(second.value)
    return isVowelAfterLead || isTailAfterSyllable
  }

  /// Every character that may be equivalent to two.
  ///
  /// Those of the blocks that have any, without the ones that the form never holds. A set of texts
  /// looks up by canonical equivalence.
  private static let composites: Set<String> = {
    let blocks: [ClosedRange<UInt32>] = [0xC0...0x30FF, 0x11000...0x119FF, 0x1E000...0x1E2FF]
    var all: Set<String> = []
    for value in blocks.joined() {
      guard let scalar = Unicode.Scalar(value) else { continue }
      if !scalar.properties.isFullCompositionExclusion { all.insert(String(Character(scalar))) }
    }
    return all
  }()
}
