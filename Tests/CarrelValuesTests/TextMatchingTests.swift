import CarrelValues
import Testing

@Suite("Parts of texts") struct TextMatchingTests {
  @Test func `contains is literal and case-sensitive`() {
    #expect(TextMatching.contains("100% of_it", "0% o"))
    #expect(TextMatching.contains("100% of_it", "f_i"))
    #expect(!TextMatching.contains("100 of it", "%"))
    #expect(!TextMatching.contains("Asthma", "asthma"))
    #expect(TextMatching.contains("aaab", "aab"))
    #expect(!TextMatching.contains("ab", "abc"))
  }

  @Test func `the empty text is part of every text`() {
    #expect(TextMatching.contains("", ""))
    #expect(TextMatching.contains("x", ""))
    #expect(TextMatching.hasPrefix("", ""))
    #expect(!TextMatching.contains("", "x"))
  }

  @Test func `texts are bytes, not Unicode equivalents`() {
    // One letter with an accent, and a letter followed by a combining accent.
    #expect(!TextMatching.contains("caf\u{e9}", "e\u{301}"))
    #expect(TextMatching.contains("cafe\u{301}", "e"))
    #expect(TextMatching.hasPrefix("e\u{301}t", "e"))
    #expect(TextMatching.contains("a👩‍🔬b", "🔬"))
  }

  @Test func `codes in a field are parted by anything but letters, digits and points`() {
    #expect(TextMatching.anyCode(in: "I21.4,J45", hasPrefix: "J4"))
    #expect(TextMatching.anyCode(in: "||I21 J45.9||", hasPrefix: "J45."))
    #expect(!TextMatching.anyCode(in: "XJ45", hasPrefix: "J4"))
    #expect(!TextMatching.anyCode(in: "I21-J", hasPrefix: "I21-"))
    #expect(TextMatching.anyCode(in: "é J45", hasPrefix: "J45"))
    #expect(!TextMatching.anyCode(in: " ,;", hasPrefix: ""))
    #expect(!TextMatching.anyCode(in: "", hasPrefix: ""))
  }
}
