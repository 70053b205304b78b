/// Something in a text that could lead to one person.
public enum PersonalDetail: Hashable, Sendable, CaseIterable {
  /// A valid number of the National Health Service outside the range for tests.
  case nhsNumber
  /// A postcode of the United Kingdom.
  case postcode
  /// An e-mail address.
  case emailAddress

  /// The kinds that can stand among the words of a study, where a postcode cannot be told from code.
  public static let inCode: Set<PersonalDetail> = [.nhsNumber, .emailAddress]

  /// The first detail in some bytes of text, and where it is.
  ///
  /// A text that only has the form of one is found as well: nobody can tell from outside.
  public static func first(
    in text: [UInt8], from start: Int = 0, among kinds: Set<PersonalDetail> = Set(allCases)
  ) -> (kind: PersonalDetail, range: Range<Int>)? {
    for position in text.indices.dropFirst(start) {
      let byte = text[position]
      if byte == UInt8(ascii: "@"), kinds.contains(.emailAddress),
        let range = address(around: position, in: text)
      {
        return (.emailAddress, range)
      }
      guard byte.isLetterOrDigit, position == 0 || !text[position - 1].isLetterOrDigit else {
        continue
      }
      if kinds.contains(.nhsNumber), let range = number(at: position, in: text) {
        return (.nhsNumber, range)
      }
      if kinds.contains(.postcode), let range = postcode(at: position, in: text) {
        return (.postcode, range)
      }
    }
    return nil
  }
}

// Numbers: ten digits, or three, three and four.
extension PersonalDetail {
  private static func number(at start: Int, in text: [UInt8]) -> Range<Int>? {
    guard text[start].isDigit else { return nil }
    for length in [10, 12] where start + length <= text.count {
      let end = start + length
      guard end == text.count || !text[end].isLetterOrDigit else { continue }
      let piece = text[start..<end]
      let parts = piece.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "-") }
      guard parts.map(\.count) == (length == 10 ? [10] : [3, 3, 4]),
        let digits = NHSNumber.digits(of: piece), !NHSNumber.isForTests(digits)
      else { continue }
      return start..<end
    }
    return nil
  }
}

// Postcodes: an area, a district, and after an optional space a sector and two letters.
extension PersonalDetail {
  private static func postcode(at start: Int, in text: [UInt8]) -> Range<Int>? {
    var position = start
    func current(_ offset: Int = 0) -> UInt8? {
      let index = position + offset
      return index < text.count ? text[index].upperCased : nil
    }
    while position - start < 2, current()?.isLetter == true { position += 1 }
    let area = text[start..<position].map(\.upperCased)
    guard areas.contains(String(decoding: area, as: UTF8.self)), current()?.isDigit == true else {
      return nil
    }
    position += 1
    // The second place of the district is the sector where the district has only one.
    let isShort = current() == UInt8(ascii: " ") || isInward(at: position, in: text)
    if !isShort {
      guard current()?.isLetterOrDigit == true else { return nil }
      position += 1
    }
    if current() == UInt8(ascii: " ") { position += 1 }
    return isInward(at: position, in: text) ? start..<position + 3 : nil
  }

  private static func isInward(at start: Int, in text: [UInt8]) -> Bool {
    guard start + 3 <= text.count, text[start].isDigit else { return false }
    let letters = text[start + 1..<start + 3].map(\.upperCased)
    return letters.allSatisfy { $0.isLetter && !lettersNotUsed.contains($0) }
      && (start + 3 == text.count || !text[start + 3].isLetterOrDigit)
  }

  /// Letters that never stand in the last two places.
  private static let lettersNotUsed = Set("CIKMOV".utf8)

  /// Source: Royal Mail, postcode areas.
  private static let areas: Set<String> = Set(
    """
    AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E \
    EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL \
    LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM \
    SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE
    """.split(separator: " ").map(String.init))
}

// E-mail addresses: something before the sign, and a domain with a dot behind it.
extension PersonalDetail {
  private static func address(around sign: Int, in text: [UInt8]) -> Range<Int>? {
    var start = sign
    while start > 0, text[start - 1].isOfAddress { start -= 1 }
    var end = sign + 1
    while end < text.count, text[end].isOfDomain { end += 1 }
    while end > sign + 1, !text[end - 1].isLetterOrDigit { end -= 1 }
    let domain = text[sign + 1..<end]
    guard start < sign, let dot = domain.lastIndex(of: UInt8(ascii: ".")), dot > sign + 1,
      end - dot > 2
    else { return nil }
    return start..<end
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  fileprivate var isLetter: Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(upperCased)
  }

  fileprivate var isLetterOrDigit: Bool { isLetter || isDigit || self >= 0x80 }

  fileprivate var upperCased: UInt8 {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) ? self - 32 : self
  }

  fileprivate var isOfDomain: Bool {
    isLetter || isDigit || self == UInt8(ascii: ".") || self == UInt8(ascii: "-")
  }

  fileprivate var isOfAddress: Bool {
    isOfDomain || self == UInt8(ascii: "_") || self == UInt8(ascii: "+")
      || self == UInt8(ascii: "'")
  }
}
