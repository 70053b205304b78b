import CarrelValues
import Testing

@Suite("Details of people in a text") struct PersonalDetailTests {
  @Test(
    "numbers, postcodes and addresses are found where they stand alone",
    arguments: [
      // The specimen number of the NHS Data Dictionary.
      ("943 476 5919", PersonalDetail.nhsNumber, "943 476 5919"),
      ("no. 943-476-5919.", .nhsNumber, "943-476-5919"), ("(9434765919)", .nhsNumber, "9434765919"),
      ("9434765918", nil, ""), ("9991234560", nil, ""), ("94347659190", nil, ""),
      ("a9434765919", nil, ""), ("94 3476 5919", nil, ""),
      // The forms that Royal Mail lists: A9 9AA, A99 9AA, AA9 9AA, AA99 9AA, A9A 9AA, AA9A 9AA.
      ("M1 1AE", .postcode, "M1 1AE"), ("B33 8TH", .postcode, "B33 8TH"),
      ("at CR2 6XH,", .postcode, "CR2 6XH"), ("dn551pt", .postcode, "dn551pt"),
      ("W1A 0AX", .postcode, "W1A 0AX"), ("EC1A 1BB", .postcode, "EC1A 1BB"),
      ("QQ1 1AA", nil, ""), ("EC1A 1BC", nil, ""), ("EC1A  1BB", nil, ""), ("J45.9", nil, ""),
      ("B12 1mg", nil, ""), ("N02BE01", nil, ""),
      ("mail ann.o'neil+x@nhs.example.uk now", .emailAddress, "ann.o'neil+x@nhs.example.uk"),
      ("a@b", nil, ""), ("@nhs.uk", nil, ""), ("a@.uk", nil, ""), ("5 @ 3.20", nil, ""),
    ] as [(String, PersonalDetail?, String)])
  func details(_ text: String, _ kind: PersonalDetail?, _ found: String) {
    let bytes = Array(text.utf8)
    let detail = PersonalDetail.first(in: bytes)
    #expect(detail?.kind == kind)
    #expect(String(decoding: detail.map { bytes[$0.range] } ?? [], as: UTF8.self) == found)
  }

  @Test func `only the kinds that are asked for are found`() {
    let text = Array("B33 8TH, 9434765919".utf8)
    #expect(PersonalDetail.first(in: text, among: [.nhsNumber])?.range.lowerBound == 9)
    #expect(PersonalDetail.first(in: text, among: []) == nil)
  }
}
