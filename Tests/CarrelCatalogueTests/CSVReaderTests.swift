import CarrelCatalogue
import Testing

@Suite("Reading CSV") struct CSVReaderTests {
  /// Every record read from a text that comes in chunks of so many bytes.
  func records(
    _ bytes: [UInt8], chunk: Int, limitBytes: Int = CSVReader.defaultLimitBytes
  ) throws(CSVError) -> [CSVRecord] {
    var reader = CSVReader(limitBytes: limitBytes)
    var record = CSVRecord()
    var records: [CSVRecord] = []
    for start in stride(from: 0, to: bytes.count, by: chunk) {
      reader.append(Array(bytes[start..<min(start + chunk, bytes.count)]))
      while try reader.next(&record) { records.append(record) }
    }
    reader.finish()
    while try reader.next(&record) { records.append(record) }
    #expect(reader.isAtEnd)
    return records
  }

  /// A file and the fields of its records, after RFC 4180 and the traits of real code lists.
  static let accepted: [(String, [[String]])] = [
    ("", []),
    ("a", [["a"]]),
    ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
    ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
    ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
    ("a,b\r\n1,2\n3,4\r\n", [["a", "b"], ["1", "2"], ["3", "4"]]),
    (",\n,", [["", ""], ["", ""]]),
    ("a\n\nb\n", [["a"], [""], ["b"]]),
    ("a,b\n1,2\n\n\n", [["a", "b"], ["1", "2"]]),
    ("a,b\n1,2\r\n\r\n", [["a", "b"], ["1", "2"]]),
    ("\"a\",\"b\"\n", [["a", "b"]]),
    ("\"a,b\",\"c\"\"d\"\n", [["a,b", "c\"d"]]),
    ("\"\",\"\"\"\"\n", [["", "\""]]),
    ("\"line 1\nline 2\",x\r\ny,z", [["line 1\nline 2", "x"], ["y", "z"]]),
    ("\"a\r\nb\",\"\"", [["a\r\nb", ""]]),
    ("\"a\"", [["a"]]),
    ("\"a\"\r\n", [["a"]]),
    (" a , b \n", [[" a ", " b "]]),
    ("\u{FEFF}a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
    ("\u{FEFF}\"a\",b\n", [["a", "b"]]),
    ("\u{FEFF}", []),
    ("é,\"ü\n\",日本\n", [["é", "ü\n", "日本"]]),
    ("a\tb,c\n", [["a\tb", "c"]]),
  ]

  @Test(
    "a file gives the same records whatever chunks it comes in", arguments: accepted,
    [1, 2, 3, 7, 1_000])
  func reads(file: (String, [[String]]), chunk: Int) throws {
    #expect(try records(Array(file.0.utf8), chunk: chunk).map(\.texts) == file.1)
  }

  /// A file and the mistake that stops its reading.
  static let refused: [([UInt8], CSVError)] = [
    (Array("a,b\n1,2\n3\n".utf8), CSVError(line: 3, reason: .ragged(expected: 2, found: 1))),
    (Array("a,b\n1,2,3\n".utf8), CSVError(line: 2, reason: .ragged(expected: 2, found: 3))),
    (Array("a,b\n1,2\n\n3,4\n".utf8), CSVError(line: 3, reason: .ragged(expected: 2, found: 1))),
    (Array("\"a\n\nb\",c\n1\n".utf8), CSVError(line: 4, reason: .ragged(expected: 2, found: 1))),
    (Array("a\n\"b\nc".utf8), CSVError(line: 2, reason: .unclosedQuote)),
    (Array("a\n\"b\"\"".utf8), CSVError(line: 2, reason: .unclosedQuote)),
    (Array("a\nb\"c\n".utf8), CSVError(line: 2, reason: .strayQuote)),
    (Array("a\n\"b\"c\n".utf8), CSVError(line: 2, reason: .strayQuote)),
    (Array("a\n\"b\" \n".utf8), CSVError(line: 2, reason: .strayQuote)),
    (Array("a\rb\n".utf8), CSVError(line: 1, reason: .strayCarriageReturn)),
    (Array("a,\"b\"\rc\n".utf8), CSVError(line: 1, reason: .strayCarriageReturn)),
    (Array("a\nb\r".utf8), CSVError(line: 2, reason: .strayCarriageReturn)),
    (Array("a\n".utf8) + [0xFF, 0x0A], CSVError(line: 2, reason: .invalidUTF8)),
    (Array("a\n\"".utf8) + [0xC3, 0x22, 0x0A], CSVError(line: 2, reason: .invalidUTF8)),
    (Array("a\n".utf8) + [0xED, 0xA0, 0x80], CSVError(line: 2, reason: .invalidUTF8)),
    (Array("PK\u{3}\u{4}\0\0".utf8), CSVError(line: 1, reason: .zeroByte)),
    (Array("a\n\"b\0\"".utf8), CSVError(line: 2, reason: .zeroByte)),
  ]

  @Test(
    "a mistake is reported with the line where its record begins", arguments: refused,
    [1, 3, 1_000])
  func refuses(file: ([UInt8], CSVError), chunk: Int) {
    #expect(throws: file.1) { try records(file.0, chunk: chunk) }
  }

  @Test func `a mistake in line 90,000 is found there, and nothing of it is quoted`() {
    var file = "patient_id,date,code\n"
    for line in 2..<90_000 { file += "\(line),2024-01-01,195967001\n" }
    file += "secret\n"
    let error = #expect(throws: CSVError.self) {
      try records(Array(file.utf8), chunk: 1 << 16)
    }
    #expect(error?.description == "line 90000: 1 field where the first line has 3")
  }

  @Test func `a record beyond the limit is refused before the rest of the file is kept`() {
    let file = Array(("a\n\"" + String(repeating: "x", count: 1_000)).utf8)
    #expect(throws: CSVError(line: 2, reason: .tooLong(limitBytes: 100))) {
      try records(file, chunk: 50, limitBytes: 100)
    }
  }

  @Test func `another delimiter and quote mark are read alike`() throws {
    var dialect = Resource.Dialect()
    dialect.delimiter = UInt8(ascii: "\t")
    dialect.quote = UInt8(ascii: "'")
    let records = try CSVReader.records(of: Array("a,b\t'c''\td'\n\"\t\n".utf8), dialect)
    #expect(records.map(\.texts) == [["a,b", "c'\td"], ["\"", ""]])
  }

  @Test func `names of a header lose the white space around them`() throws {
    let records = try CSVReader.records(of: Array(" code , term\u{A0}\n".utf8))
    #expect(records[0].header == ["code", "term"])
  }

  @Test func `a record knows the line where it begins`() throws {
    let records = try CSVReader.records(of: Array("a\r\n\"b\nc\"\r\nd".utf8))
    #expect(records.map(\.line) == [1, 2, 4])
  }
}
