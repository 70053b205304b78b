import CarrelCatalogue
import CarrelValues
import Testing

@Suite("Reading the text of a field") struct FieldReaderTests {
  /// A field's properties, a text, and what it says.
  static let readings: [(String, String, FieldReading)] = [
    (#""type": "integer""#, "42", .value(.integer(42))),
    (#""type": "integer""#, "-9223372036854775808", .value(.integer(.min))),
    (#""type": "integer""#, "+007", .value(.integer(7))),
    (#""type": "integer""#, "", .value(.missing)),
    (#""type": "integer""#, "9223372036854775808", .wrongFormat),
    (#""type": "integer""#, "1.0", .wrongFormat),
    (#""type": "integer""#, " 1", .wrongFormat),
    (#""type": "integer""#, "-", .wrongFormat),
    (#""type": "integer", "missingValues": ["-99"]"#, "-99", .value(.missing)),
    (#""type": "integer", "missingValues": ["-99"]"#, "", .wrongFormat),
    (#""type": "integer", "constraints": {"minimum": 0}"#, "-1", .breaks(.belowMinimum)),
    (#""type": "integer", "constraints": {"maximum": 5}"#, "6", .breaks(.aboveMaximum)),
    (#""type": "integer", "constraints": {"enum": [1, "2"]}"#, "2", .value(.integer(2))),
    (#""type": "integer", "constraints": {"enum": [1, 2]}"#, "3", .breaks(.notAllowed)),
    (#""type": "integer", "categories": [1, 2]"#, "2", .value(.integer(2))),
    (#""type": "integer", "categories": [1, 2]"#, "3", .wrongFormat),
    (#""type": "number""#, "27.50", .value(.decimal(27.5))),
    (#""type": "number""#, "-.5e+2", .value(.decimal(-50))),
    (#""type": "number""#, "-0", .value(.decimal(0))),
    (#""type": "number""#, "3.", .value(.decimal(3))),
    (#""type": "number""#, "NaN", .wrongFormat),
    (#""type": "number""#, "INF", .wrongFormat),
    (#""type": "number""#, "0x1F", .wrongFormat),
    (#""type": "number""#, "1e999", .wrongFormat),
    (#""type": "number""#, "1,5", .wrongFormat),
    (#""type": "number""#, ".", .wrongFormat),
    (#""type": "number""#, "1e", .wrongFormat),
    (#""type": "number", "constraints": {"minimum": 10}"#, "9.99", .breaks(.belowMinimum)),
    (#""type": "boolean""#, "TRUE", .value(.boolean(true))),
    (#""type": "boolean""#, "0", .value(.boolean(false))),
    (#""type": "boolean""#, "yes", .wrongFormat),
    (#""type": "boolean", "trueValues": ["Y"], "falseValues": ["N"]"#, "Y", .value(.boolean(true))),
    (#""type": "boolean", "trueValues": ["Y"], "falseValues": ["N"]"#, "1", .wrongFormat),
    (#""type": "date""#, "2024-02-29", .value(.date(date("2024-02-29")))),
    (#""type": "date""#, "2023-02-29", .wrongFormat),
    (#""type": "date""#, "29/02/2024", .wrongFormat),
    (#""type": "date""#, "2024-02-29T00:00:00Z", .wrongFormat),
    (#""type": "datetime""#, "2024-02-29T23:59:59Z", .value(.date(date("2024-02-29")))),
    (#""type": "datetime""#, "2024-02-29T00:00:00", .value(.date(date("2024-02-29")))),
    (#""type": "datetime""#, "2024-02-29T23:30:00.25-05:00", .value(.date(date("2024-02-29")))),
    (#""type": "datetime""#, "2024-02-29T23:30:00+14:00", .value(.date(date("2024-02-29")))),
    (#""type": "datetime""#, "", .value(.missing)),
    (#""type": "datetime""#, "2024-02-29", .wrongFormat),
    (#""type": "datetime""#, "2024-02-29 12:00:00", .wrongFormat),
    (#""type": "datetime""#, "2023-02-29T12:00:00Z", .wrongFormat),
    (#""type": "datetime""#, "2024-02-29T24:00:00", .wrongFormat),
    (#""type": "datetime""#, "2024-02-29T12:00", .wrongFormat),
    (#""type": "datetime""#, "2024-02-29T12:00:00z", .wrongFormat),
    (#""type": "datetime""#, "2024-02-29T12:00:00.", .wrongFormat),
    (#""type": "datetime""#, "2024-02-29T12:00:00Z0", .wrongFormat),
    (#""type": "datetime""#, "2024-02-29T12:00:00+1:00", .wrongFormat),
    (
      #""type": "datetime", "constraints": {"minimum": "2024-01-01T00:00:00"}"#,
      "2023-12-31T23:59:59", .breaks(.belowMinimum)
    ),
    (
      #""type": "datetime", "privacy": "date-precision""#, "1980-05-17T04:00:00",
      .value(.date(date("1980-05-01")))
    ),
    (
      #""type": "date", "privacy": "date-precision""#, "1980-05-17",
      .value(.date(date("1980-05-01")))
    ),
    (
      #""type": "date", "privacy": "date-precision", "constraints": {"minimum": "1980-05-10"}"#,
      "1980-05-09", .breaks(.belowMinimum)
    ),
    (#""type": "string""#, "  as it is ", .value(.text("  as it is "))),
    (#""type": "string", "categories": ["f", "m"]"#, "f", .value(.text("f"))),
    (#""type": "string", "categories": ["f", "m"]"#, "F", .wrongFormat),
    (#""type": "string", "constraints": {"minLength": 2}"#, "é", .breaks(.tooShort)),
    (#""type": "string", "constraints": {"maxLength": 1}"#, "é", .value(.text("é"))),
    (#""type": "string", "constraints": {"maxLength": 1}"#, "ab", .breaks(.tooLong)),
    (#""type": "string", "constraints": {"pattern": "[A-Z]\\d"}"#, "A1", .value(.text("A1"))),
    (
      #""type": "string", "constraints": {"pattern": "[A-Z]\\d"}"#, "A12", .breaks(.patternMismatch)
    ),
    (#""type": "string", "codingSystem": "snomedct""#, "195967001", .value(.text("195967001"))),
    (#""type": "string", "codingSystem": "snomedct""#, "195967002", .breaks(.wrongCheckDigit)),
    (#""type": "string", "codingSystem": "snomedct""#, "1.96E+8", .breaks(.malformedCode)),
    (#""type": "string", "codingSystem": "icd10""#, "J45.9", .value(.text("J459"))),
    (
      #""type": "string", "codingSystem": "icd10", "multiple": true"#, "||J45.9 ,I10X||",
      .value(.text("||J459 ,I10X||"))
    ),
    (
      #""type": "string", "codingSystem": "icd10", "multiple": true"#, "J459;asthma",
      .breaks(.malformedCode)
    ),
  ]

  @Test("missing first, then the type, then the constraints", arguments: readings)
  func reads(properties: String, text: String, expected: FieldReading) throws {
    let reading = read(package(fields: ", {\"name\": \"x\", \(properties)}"))
    let field = try #require(reading.package?.resources[0].field(named: "x"))
    #expect(FieldReader(field).read(Array(text.utf8)[...]) == expected)
  }

  @Test func `levels and missing texts compare by bytes, not by how they look`() throws {
    let composed = package(
      fields: ", {\"name\": \"x\", \"type\": \"string\", \"categories\": [\"\u{E9}\"]}")
    let field = try #require(read(composed).package?.resources[0].field(named: "x"))
    #expect(FieldReader(field).read(Array("e\u{301}".utf8)[...]) == .wrongFormat)
    #expect(FieldReader(field).read(Array("\u{E9}".utf8)[...]) == .value(.text("\u{E9}")))
  }
}
