import CarrelJSON
import Testing

@Suite("Writing JSON") struct JSONWriterTests {
  static let value: JSON = [
    "patient_id": 1, "sex": "female", "bmi": 27.0, "imd": .null, "codes": ["J45", true], "none": [],
    "empty": [:],
  ]

  @Test func `compact text has no spaces and keeps the order of members`() {
    #expect(
      Self.value.text() == """
        {"patient_id":1,"sex":"female","bmi":27.0,"imd":null,"codes":["J45",true],"none":[],\
        "empty":{}}
        """)
  }

  @Test func `spaced text is one line as people read it`() {
    #expect(
      Self.value.text(.spaced) == """
        {"patient_id": 1, "sex": "female", "bmi": 27.0, "imd": null, "codes": ["J45", true], \
        "none": [], "empty": {}}
        """)
  }

  @Test func `indented text has a line per member and element`() {
    #expect(
      Self.value.text(.indented) == """
        {
          "patient_id": 1,
          "sex": "female",
          "bmi": 27.0,
          "imd": null,
          "codes": [
            "J45",
            true
          ],
          "none": [],
          "empty": {}
        }
        """)
  }

  @Test(
    "only what must be escaped is escaped",
    arguments: [
      ("a\"b\\c/d", #""a\"b\\c/d""#),
      ("\u{8}\u{C}\n\r\t", #""\b\f\n\r\t""#),
      ("\0\u{1B}\u{1F}\u{7F}", "\"\\u0000\\u001b\\u001f\u{7F}\""),
      ("é😀", "\"é😀\""),
    ])
  func escapes(text: String, json: String) {
    #expect(JSON.string(text).text() == json)
  }

  @Test(
    "a decimal is the shortest text that reads back as the same decimal",
    arguments: [
      (0.1, "0.1"), (100.0, "100.0"), (1e16, "1e+16"), (-1.5e-7, "-1.5e-07"),
      (.leastNonzeroMagnitude, "5e-324"), (1.7976931348623157e308, "1.7976931348623157e+308"),
    ])
  func decimals(decimal: Double, text: String) throws {
    #expect(JSON.decimal(decimal).text() == text)
    #expect(try JSON(parsing: text) == .decimal(decimal))
  }

  @Test(
    "what is written reads back as the same value",
    arguments: [JSON.Style.compact, .spaced, .indented])
  func roundTrip(style: JSON.Style) throws {
    #expect(try JSON(parsing: Self.value.bytes(style)) == Self.value)
  }

  @Test func `a value is asked for by name and by kind`() {
    #expect(Self.value["sex"]?.string == "female")
    #expect(Self.value["bmi"]?.number == 27)
    #expect(Self.value["patient_id"]?.number == 1)
    #expect(Self.value["bmi"]?.integer == nil)
    #expect(Self.value["codes"]?.array?[1].boolean == true)
    #expect(Self.value["imd"]?.isNull == true)
    #expect(Self.value["age"] == nil)
    #expect(JSON.null["age"] == nil)
    #expect(Self.value.members?.map(\.name).first == "patient_id")
  }
}
