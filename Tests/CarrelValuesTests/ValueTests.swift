import CarrelValues
import Testing

@Suite("Values") struct ValueTests {
  @Test func `texts compare by their bytes, never by Unicode equivalence`() {
    #expect(Value.text("\u{e9}") != .text("e\u{301}"))
    #expect(Set([Value.text("\u{e9}"), .text("e\u{301}")]).count == 2)
    // U+FFFD comes before U+1F600 in UTF-8; in UTF-16 it would come after.
    #expect(Value.text("\u{fffd}") < .text("\u{1f600}"))
    #expect(Value.text("Z") < .text("a"))
    #expect(Value.text("") < .text("a"))
  }

  @Test func `missing comes before every value, false before true`() {
    let ascending: [Value] = [.missing, .boolean(false), .boolean(true)]
    #expect(ascending.reversed().sorted() == ascending)
    #expect(Value.missing < .integer(Int.min))
    #expect(Value.missing < .text(""))
  }

  @Test func `decimals are finite and have one zero`() {
    #expect(Value.decimal(finite: .nan) == .missing)
    #expect(Value.decimal(finite: -.infinity) == .missing)
    #expect(Value.decimal(finite: -0.0).plainText == "0.0")
  }

  @Test func `only true holds`() {
    #expect(Value.boolean(true).holds)
    #expect(!Value.boolean(false).holds)
    #expect(!Value.missing.holds)
  }
}
