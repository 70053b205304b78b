import CarrelValues
import Testing

@Suite("Codes of clinical coding systems") struct CodingSystemSyntaxTests {
  /// Concept, description and relationship identifiers that the SNOMED CT release file
  /// specification gives as examples, and codes from public OpenSAFELY code lists.
  static let valid: [(CodingSystem, String)] = [
    (.snomedct, "22298006"), (.snomedct, "195967001"), (.snomedct, "138875005"),
    (.snomedct, "100005"), (.snomedct, "900000000000207008"), (.snomedct, "1121000119107"),
    (.snomedct, "10000006"), (.snomedct, "10989121108"),
    (.dmd, "36120011000001101"), (.dmd, "324178009"),
  ]

  @Test("published identifiers have a valid check digit", arguments: valid)
  func checkDigit(system: CodingSystem, code: String) {
    #expect(system.isWellFormed(code))
    #expect(system.hasValidCheckDigit(code))
  }

  @Test(
    "published examples of the check digit itself",
    arguments: [("236", "3"), ("12345", "1"), ("142857", "0"), ("8473643095483728456789", "2")])
  func verhoeff(digits: String, check: String) {
    for digit in (0...9).map(String.init) {
      #expect(CodingSystem.snomedct.hasValidCheckDigit(digits + digit) == (digit == check))
    }
  }

  @Test("every single wrong digit and every swap of neighbours is found", arguments: valid)
  func errorsFound(system: CodingSystem, code: String) {
    let digits = Array(code.utf8)
    for index in digits.indices {
      for digit in UInt8(ascii: "0")...UInt8(ascii: "9") where digit != digits[index] {
        var wrong = digits
        wrong[index] = digit
        #expect(!system.hasValidCheckDigit(utf8: wrong[...]))
      }
      guard index + 1 < digits.count, digits[index] != digits[index + 1] else { continue }
      var swapped = digits
      swapped.swapAt(index, index + 1)
      #expect(!system.hasValidCheckDigit(utf8: swapped[...]))
    }
  }

  @Test(
    "a code has the form of its system",
    arguments: [
      (.icd10, "J45"), (.icd10, "J459"), (.icd10, "U071"), (.icd10, "I10X"), (.icd10, "M45X1"),
      (.opcs4, "W342"), (.opcs4, "X33"), (.ctv3, "14B4."), (.ctv3, "XactH"), (.ctv3, "663e0"),
      (.ctv3, "H3..."), (.read2, "H...."), (.read2, "G801."), (.bnf, "04"), (.bnf, "0403"),
      (.bnf, "0403010"), (.bnf, "0403010B0"), (.bnf, "0403010B0AA"), (.bnf, "0208020V0BBAAAA"),
      (.bnf, "21300000100"),
    ] as [(CodingSystem, String)])
  func wellFormed(system: CodingSystem, code: String) {
    #expect(system.isWellFormed(code))
    #expect(system.hasValidCheckDigit(code) == !system.hasCheckDigit)
  }

  @Test(
    "a damaged or foreign code does not",
    arguments: [
      (.snomedct, ""), (.snomedct, "12345"), (.snomedct, "0195967001"), (.snomedct, "1.23E+14"),
      (.snomedct, "1234567890123456789"), (.snomedct, "195967001 "), (.snomedct, "１９５９６７００１"),
      (.icd10, "J4"), (.icd10, "J45.9"), (.icd10, "j459"), (.icd10, "J45XX"), (.icd10, "J45912"),
      (.opcs4, "I33"), (.opcs4, "W34.2"), (.opcs4, "W3421"), (.ctv3, "14B4"), (.ctv3, "1...."),
      (.ctv3, ".1B4."), (.ctv3, "14B4.."), (.ctv3, "14.B."), (.read2, "....."), (.bnf, "403"),
      (.bnf, "0403010b0"), (.bnf, "040301" + "0B00A"), (.bnf, "3403"), (.bnf, "24"),
    ] as [(CodingSystem, String)])
  func malformed(system: CodingSystem, code: String) {
    #expect(!system.isWellFormed(code))
  }

  @Test(
    "the printed dot of ICD-10 and OPCS-4 is dropped, every other character kept",
    arguments: [
      (.icd10, "J45.9", "J459"), (.icd10, "J45", "J45"), (.opcs4, "W34.2", "W342"),
      (.ctv3, "14B4.", "14B4."), (.read2, "H33..", "H33.."), (.snomedct, "195967001", "195967001"),
    ] as [(CodingSystem, String, String)])
  func normalised(system: CodingSystem, code: String, stored: String) {
    #expect(system.normalised(code) == stored)
  }
}
