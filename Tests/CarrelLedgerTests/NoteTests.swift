import CarrelCrypto
import CarrelLedger
import Testing

@Suite("Notes and checkpoints") struct NoteTests {
  private let fixture: Fixture.Notes
  private let log: NoteKey
  private let witness: NoteKey

  init() throws {
    fixture = try Fixture.shared.get().notes
    log = try #require(NoteKey(text: fixture.logKey))
    witness = try #require(NoteKey(text: fixture.witnessKey))
  }

  private func checkpoint(_ text: String) throws -> SignedCheckpoint {
    try SignedCheckpoint(parsing: text.bytes)
  }

  @Test func `the published key and checkpoint are read, believed and written again`() throws {
    #expect(
      fixture.logKey
        == "example.org/carrel-test+598ab661+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea")
    let text = """
      example.org/carrel-test
      8
      XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=

      \u{2014} example.org/carrel-test \
      WYq2YYxyRPR32ctiO885H2coLJv4bL+upK1AFrMq3lr3LcCndRb5PXU1EE68wb1/wfBmepifRud3txDCCtWG463YSAY=

      """
    let read = try checkpoint(text)
    try read.verify(by: log)
    #expect(read.checkpoint.size == 8 && read.checkpoint.origin == "example.org/carrel-test")
    #expect(read.bytes == text.bytes)
    #expect(log.text == fixture.logKey && witness.text == fixture.witnessKey)
  }

  @Test func `the example of C2SP's page on notes is read, with the em dash and the empty lines`() {
    // Its text is no checkpoint, and is refused as one; the same note as a checkpoint is above.
    let note = """
      Ognuno sta solo sul cuor della terra
      trafitto da un raggio di sole:

      ed è subito sera.

      \u{2014} quasimodo.example/salvatore \
      NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=

      """
    #expect(throws: LedgerError.malformed(.checkpoint)) { try checkpoint(note) }
  }

  @Test func `a witness's cosignature counts, with its time`() throws {
    let read = try checkpoint(fixture.checkpoint)
    try read.verify(by: log)
    let found = try read.verify(cosignedBy: 1, of: [witness])
    #expect(found.map(\.witness) == [witness])
    #expect(found.first?.time.secondsSince1970 == fixture.time)
    #expect(throws: LedgerError.tooFewWitnesses(found: 1, needed: 2)) {
      try read.verify(cosignedBy: 2, of: [witness])
    }
    // One witness listed twice, or under two names, is one witness.
    let alias = try #require(NoteKey(name: "other", use: .witness, key: witness.key))
    #expect(throws: LedgerError.tooFewWitnesses(found: 1, needed: 2)) {
      try read.verify(cosignedBy: 2, of: [witness, witness, alias])
    }
  }

  @Test func `a cosignature is added to the checkpoint that it is for, and to no other`() throws {
    let bare = try checkpoint(fixture.bareCheckpoint)
    let cosigned = try bare.adding(
      cosignatureLine: fixture.cosignatureLine.bytes, of: witness)
    #expect(cosigned.bytes == fixture.checkpoint.bytes)
    let again = try cosigned.adding(cosignatureLine: fixture.cosignatureLine.bytes, of: witness)
    #expect(again == cosigned)
    let line = fixture.cosignatureLine
    for broken in ["", "\n", line + line, line + "x\n", String(line.dropLast())] {
      #expect(throws: LedgerError.malformed(.checkpoint)) {
        try bare.adding(cosignatureLine: broken.bytes, of: witness)
      }
    }
    #expect(throws: LedgerError.unsigned) {
      try bare.adding(cosignatureLine: line.bytes, of: log)
    }
  }

  @Test func `keys that notes do not know, or whose id is not theirs, are refused`() throws {
    let text = fixture.logKey
    for broken in [
      "", "a+b", text + "=", text + " ", "x" + text, text.replacing("598ab661", with: "598ab662"),
      text.replacing("598ab661", with: "598AB661"), text.replacing("+Ad", with: "+Bd"),
      text.replacing("example.org/carrel-test", with: ""), text.replacing("/", with: " "),
    ] {
      #expect(NoteKey(text: broken) == nil, "\(broken)")
    }
    for name in ["", "a b", "a+b", "a\u{a0}b", "a\nb", "a\u{2028}b"] {
      #expect(NoteKey(name: name, use: .log, key: log.key) == nil)
    }
  }

  @Test func `signatures of others are passed over; a broken one of a known key is not`() throws {
    let other = try #require(
      NoteSigner(name: fixture.origin, use: .log, key: try SigningKey()))
    let stranger = try #require(
      NoteSigner(name: "stranger", use: .witness, key: try SigningKey()))
    let text = fixture.checkpoint
    // A key of the same name and another id is another key.
    #expect(throws: LedgerError.unsigned) { try checkpoint(text).verify(by: other.key) }
    #expect(try checkpoint(text).cosignatures(of: [stranger.key]).isEmpty)
    // A log's key never counts as a witness, nor a witness's as the log's.
    #expect(try checkpoint(text).cosignatures(of: [log]).isEmpty)
    #expect(throws: LedgerError.otherLog(expected: "witness.example/w1", found: fixture.origin)) {
      try checkpoint(text).verify(by: witness)
    }
    let sameName = try #require(NoteKey(name: fixture.origin, use: .witness, key: log.key))
    #expect(throws: LedgerError.unsigned) { try checkpoint(text).verify(by: sameName) }
  }

  @Test func `a signature changed in any byte, or of another text, is refused`() throws {
    let line = try #require(fixture.bareCheckpoint.split(separator: "\n").last)
    let encoded = try #require(line.split(separator: " ").last)
    let bytes = try #require(Base64.bytes(of: encoded))
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 1
      let text = fixture.bareCheckpoint.replacing(encoded, with: Base64.text(of: changed))
      // In the first four bytes it is an unknown key's.
      let expected: LedgerError =
        index < 4 ? .unsigned : .brokenSignature(key: fixture.origin)
      #expect(throws: expected) { try checkpoint(text).verify(by: log) }
    }
    for (part, other) in [("\n8\n", "\n9\n"), ("Xcna", "Xcnb")] {
      let text = fixture.checkpoint.replacing(part, with: other)
      #expect(throws: LedgerError.brokenSignature(key: fixture.origin)) {
        try checkpoint(text).verify(by: log)
      }
      #expect(throws: LedgerError.brokenSignature(key: fixture.witness)) {
        try checkpoint(text).cosignatures(of: [witness])
      }
    }
    let renamed = fixture.checkpoint.replacing("example.org", with: "example.com")
    #expect(
      throws: LedgerError.otherLog(expected: fixture.origin, found: "example.com/carrel-test")
    ) { try checkpoint(renamed).verify(by: log) }
  }

  @Test func `a cosignature with another time, or from after the year 9999, is refused`() throws {
    let encoded = try #require(
      fixture.cosignatureLine.split(separator: "\n").first?.split(separator: " ").last)
    let bytes = try #require(Base64.bytes(of: encoded))
    for index in 4..<12 {
      var changed = bytes
      changed[index] ^= 0x80
      let text = fixture.checkpoint.replacing(encoded, with: Base64.text(of: changed))
      #expect(throws: LedgerError.brokenSignature(key: fixture.witness)) {
        try checkpoint(text).cosignatures(of: [witness])
      }
    }
    let short = fixture.checkpoint.replacing(encoded, with: Base64.text(of: bytes.dropLast()))
    #expect(throws: LedgerError.brokenSignature(key: fixture.witness)) {
      try checkpoint(short).cosignatures(of: [witness])
    }
  }

  /// Ways to write the same checkpoint, or nearly, that are not it; each is one change.
  static let changes: [(name: String, change: @Sendable (String) -> String)] = [
    ("nothing", { _ in "" }),
    ("no signature", { String($0[..<($0.firstRange(of: "\n\n")?.upperBound ?? $0.endIndex)]) }),
    ("no line feed at the end", { String($0.dropLast()) }),
    ("an empty line at the end", { $0 + "\n" }),
    ("text after the signatures", { $0 + "x" }),
    ("a line after the signatures", { $0 + "x\n" }),
    (
      "a signature twice",
      { $0 + $0[($0.firstRange(of: "\u{2014}")?.lowerBound ?? $0.endIndex)...] }
    ),
    ("an extension line", { $0.replacing("\n\n", with: "\nextension\n\n") }),
    ("no root", { $0.replacing("Xcna", with: "\n\nXcna") }),
    ("a size with a zero before it", { $0.replacing("\n8\n", with: "\n08\n") }),
    ("a size with a sign", { $0.replacing("\n8\n", with: "\n+8\n") }),
    ("a negative size", { $0.replacing("\n8\n", with: "\n-8\n") }),
    ("a size with a space", { $0.replacing("\n8\n", with: "\n8 \n") }),
    ("a size beyond 63 bits", { $0.replacing("\n8\n", with: "\n9223372036854775808\n") }),
    ("an empty size", { $0.replacing("\n8\n", with: "\n\n") }),
    ("Windows line ends", { $0.replacing("\n", with: "\r\n") }),
    ("one carriage return", { $0.replacing("\n8\n", with: "\n8\r\n") }),
    ("a tab", { $0.replacing("\n8\n", with: "\n8\t\n") }),
    ("a root of 31 bytes", { $0.replacing("z+Nw7/RgQyg=", with: "z+Nw7/RgQw==") }),
    ("a root of 33 bytes", { $0.replacing("z+Nw7/RgQyg=", with: "z+Nw7/RgQygA") }),
    ("a root with unused bits", { $0.replacing("RgQyg=", with: "RgQyh=") }),
    ("a root without padding", { $0.replacing("RgQyg=", with: "RgQyg") }),
    ("a root in the URL alphabet", { $0.replacing("z+Nw7/Rg", with: "z-Nw7_Rg") }),
    ("an empty origin", { $0.replacing("example.org/carrel-test\n8", with: "\n8") }),
    ("an origin with a space", { $0.replacing("test\n8", with: "te st\n8") }),
    ("a hyphen for the dash", { $0.replacing("\u{2014}", with: "-") }),
    ("two spaces", { $0.replacing("\u{2014} ", with: "\u{2014}  ") }),
    (
      "a signature without a name",
      { $0.replacing("\u{2014} example.org/carrel-test", with: "\u{2014}") }
    ),
    ("a signature not in base 64", { $0.replacing("SAY=", with: "SA*=") }),
    ("a signature with unused bits", { $0.replacing("SAY=", with: "SAZ=") }),
    ("a signature of 4 bytes", { $0.replacing(/WYq2Y.*=/, with: "WYq2YQ==") }),
    ("a byte-order mark", { "\u{feff}" + $0.replacing("\n\n", with: "\n") }),
    (
      "65 signatures",
      { text in
        text + (0..<64).map { "\u{2014} w\($0) AAAAAAA=\n" }.joined()
      }
    ),
    ("many bytes", { $0 + String(repeating: "\u{2014} w AAAAAAA=\n", count: 5_000) }),
  ]

  @Test("what is not exactly a checkpoint is refused", arguments: changes.indices)
  func malformed(_ index: Int) throws {
    let (name, change) = Self.changes[index]
    let text = change(fixture.bareCheckpoint)
    #expect(text != fixture.bareCheckpoint, "\(name)")
    #expect(throws: LedgerError.malformed(.checkpoint), "\(name)") { try checkpoint(text) }
  }

  @Test func `bytes that are not UTF-8 are refused, and sixteen signatures are not`() throws {
    #expect(throws: LedgerError.malformed(.checkpoint)) {
      try SignedCheckpoint(parsing: fixture.bareCheckpoint.bytes + [0xFF, 0x0A])
    }
    let many = fixture.bareCheckpoint + (0..<16).map { "\u{2014} w\($0) AAAAAAA=\n" }.joined()
    try checkpoint(many).verify(by: log)
  }
}
