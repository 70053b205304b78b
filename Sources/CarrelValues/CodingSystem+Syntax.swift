extension CodingSystem {
  /// Whether a text has the form of a code of this system; says nothing of whether the code exists.
  ///
  /// Codes are as they are stored: without the dot that ICD-10 and OPCS-4 are printed with (see
  /// ``normalised(_:)``), and with the dots that end a CTV3 or Read code. BNF codes of every level
  /// count, from a chapter to a presentation.
  public func isWellFormed(_ code: some StringProtocol) -> Bool {
    isWellFormed(utf8: Array(code.utf8)[...])
  }

  /// Whether UTF-8 bytes have the form of a code of this system.
  public func isWellFormed(utf8 code: ArraySlice<UInt8>) -> Bool {
    switch self {
    case .snomedct, .dmd: Self.isSnomed(code)
    case .icd10: Self.isICD10(code)
    case .opcs4: Self.isOPCS4(code)
    case .ctv3: Self.isRead(code, minimumLetters: 2)
    case .read2: Self.isRead(code, minimumLetters: 1)
    case .bnf: Self.isBNF(code)
    }
  }

  /// Whether codes of the system end in a check digit.
  public var hasCheckDigit: Bool { self == .snomedct || self == .dmd }

  /// Whether the check digit that ends a well-formed code is right; always so for a system without.
  ///
  /// The digit of SNOMED CT and dm+d is that of J. Verhoeff, "Error detecting decimal codes"
  /// (1969): it finds every single wrong digit and every swap of neighbours.
  public func hasValidCheckDigit(_ code: some StringProtocol) -> Bool {
    hasValidCheckDigit(utf8: Array(code.utf8)[...])
  }

  /// Whether the check digit that ends the UTF-8 bytes of a well-formed code is right.
  public func hasValidCheckDigit(utf8 code: ArraySlice<UInt8>) -> Bool {
    !hasCheckDigit || Verhoeff.isValid(code)
  }

  /// A code as it is stored and compared: ICD-10 and OPCS-4 lose their dot, `J45.9` is `J459`.
  ///
  /// All other systems keep every character; CTV3 tells `Xacth` from `XactH`, and its dots count.
  public func normalised(_ code: String) -> String {
    guard self == .icd10 || self == .opcs4, code.utf8.contains(UInt8(ascii: ".")) else {
      return code
    }
    return String(code.unicodeScalars.filter { $0 != "." })
  }
}

extension CodingSystem {
  /// 6 to 18 digits, the first not zero.
  private static func isSnomed(_ code: ArraySlice<UInt8>) -> Bool {
    (6...18).contains(code.count) && code.first != UInt8(ascii: "0") && code.allSatisfy(isDigit)
  }

  /// A letter and two digits; then perhaps a digit or the filler `X`; then perhaps a digit.
  private static func isICD10(_ code: ArraySlice<UInt8>) -> Bool {
    guard (3...5).contains(code.count) else { return false }
    let start = code.startIndex
    return isUppercase(code[start]) && isDigit(code[start + 1]) && isDigit(code[start + 2])
      && (code.count < 4 || isDigit(code[start + 3]) || code[start + 3] == UInt8(ascii: "X"))
      && (code.count < 5 || isDigit(code[start + 4]))
  }

  /// A letter other than `I`, and two or three digits.
  private static func isOPCS4(_ code: ArraySlice<UInt8>) -> Bool {
    guard (3...4).contains(code.count), let first = code.first else { return false }
    return isUppercase(first) && first != UInt8(ascii: "I") && code.dropFirst().allSatisfy(isDigit)
  }

  /// Five characters: letters and digits, then dots to fill up.
  private static func isRead(_ code: ArraySlice<UInt8>, minimumLetters: Int) -> Bool {
    let letters = code.prefix { isDigit($0) || isUppercase($0) || isLowercase($0) }
    return code.count == 5 && letters.count >= minimumLetters
      && code.dropFirst(letters.count).allSatisfy { $0 == UInt8(ascii: ".") }
  }

  /// Whole levels: seven digits for chapter to subparagraph, two characters for the chemical, then
  /// pairs that begin with a letter.
  ///
  /// Appliances, chapters 20 to 23, have digits alone.
  private static func isBNF(_ code: ArraySlice<UInt8>) -> Bool {
    let bytes = Array(code)
    guard [2, 4, 6, 7, 9, 11, 13, 15].contains(bytes.count) else { return false }
    if bytes[0] == UInt8(ascii: "2") {
      return bytes.count <= 11 && (UInt8(ascii: "0")...UInt8(ascii: "3")).contains(bytes[1])
        && bytes.allSatisfy(isDigit)
    }
    return (bytes[0] == UInt8(ascii: "0") || bytes[0] == UInt8(ascii: "1"))
      && bytes.prefix(7).allSatisfy(isDigit)
      && bytes.dropFirst(7).allSatisfy { isDigit($0) || isUppercase($0) }
      && stride(from: 9, to: bytes.count, by: 2).allSatisfy { isUppercase(bytes[$0]) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isUppercase(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  private static func isLowercase(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }
}

/// Verhoeff's check digit over the dihedral group of ten elements.
private enum Verhoeff {
  /// The group's multiplication: rotations 0 to 4, reflections 5 to 9.
  private static func product(_ left: Int, _ right: Int) -> Int {
    switch (left < 5, right < 5) {
    case (true, true): (left + right) % 5
    case (true, false): 5 + (left + right) % 5
    case (false, true): 5 + (left - right + 5) % 5
    case (false, false): (left - right + 5) % 5
    }
  }

  /// The powers of Verhoeff's permutation, which repeat after eight.
  private static let permutations: [[Int]] = {
    let first = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
    var powers = [Array(0..<10)]
    while powers.count < 8 { powers.append(powers[powers.count - 1].map { first[$0] }) }
    return powers
  }()

  /// Whether digits, the check digit last, multiply to the group's identity.
  static func isValid(_ digits: ArraySlice<UInt8>) -> Bool {
    var check = 0
    for (position, byte) in digits.reversed().enumerated() {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return false }
      check = product(check, permutations[position % 8][Int(byte - UInt8(ascii: "0"))])
    }
    return check == 0
  }
}
