import CarrelCrypto
import CarrelLedger
import Testing

@Suite("Proof files and witnesses") struct ProofFileTests {
  private let fixture: Fixture.Notes
  private let log: NoteKey
  private let witnessKey: NoteKey
  private let entry: [UInt8]

  init() throws {
    fixture = try Fixture.shared.get().notes
    log = try #require(NoteKey(text: fixture.logKey))
    witnessKey = try #require(NoteKey(text: fixture.witnessKey))
    entry = try #require(Hexadecimal.bytes(of: fixture.entry))
  }

  @Test func `a proof of another implementation is read, believed and written again`() throws {
    for text in [fixture.proof, fixture.proofWithExtra] {
      let proof = try LogProof(parsing: text.bytes)
      let witnesses = try proof.verify(entry, by: log, cosignedBy: 1, of: [witnessKey])
      #expect(witnesses.map(\.witness) == [witnessKey])
      #expect(proof.bytes == text.bytes)
    }
    #expect(try LogProof(parsing: fixture.proofWithExtra.bytes).extra == "hello".bytes)
  }

  @Test func `a proof of another entry, place, log or too few witnesses is refused`() throws {
    let proof = try LogProof(parsing: fixture.proof.bytes)
    #expect(throws: LedgerError.notTheTree(size: 8)) { try proof.verify(entry + [0], by: log) }
    #expect(throws: LedgerError.tooFewWitnesses(found: 1, needed: 2)) {
      try proof.verify(entry, by: log, cosignedBy: 2, of: [witnessKey])
    }
    let moved = try LogProof(parsing: fixture.proof.replacing("index 5", with: "index 4").bytes)
    #expect(throws: LedgerError.notTheTree(size: 8)) { try moved.verify(entry, by: log) }
    let other = try #require(NoteKey(name: "other", use: .log, key: log.key))
    #expect(throws: LedgerError.otherLog(expected: "other", found: fixture.origin)) {
      try proof.verify(entry, by: other)
    }
  }

  static let changes: [(name: String, change: @Sendable (String) -> String)] = [
    ("nothing", { _ in "" }),
    ("another version", { $0.replacing("proof@v1", with: "proof@v2") }),
    ("no index", { $0.replacing("index 5\n", with: "") }),
    ("an index with a zero before it", { $0.replacing("index 5", with: "index 05") }),
    ("a negative index", { $0.replacing("index 5", with: "index -5") }),
    ("two indices", { $0.replacing("index 5", with: "index 5\nindex 5") }),
    ("a space after the index", { $0.replacing("index 5", with: "index 5 ") }),
    ("no gap", { $0.replacing("\n\nexample", with: "\nexample") }),
    ("two gaps", { $0.replacing("\n\nexample", with: "\n\n\nexample") }),
    ("a hash of 29 bytes", { $0.replacing("vBoG", with: "") }),
    ("text before", { " " + $0 }),
    ("text after", { $0 + "x" }),
    ("extra after the index", { $0.replacing("index 5", with: "index 5\nextra aGVsbG8=") }),
    ("extra not in base 64", { $0.replacing("index 5", with: "extra aGVsbG8\nindex 5") }),
    ("Windows line ends", { $0.replacing("\n", with: "\r\n") }),
    (
      "64 hashes",
      { text in
        text.replacing(
          "index 5\n",
          with: "index 5\n"
            + String(repeating: Digest.emptyTree.base64 + "\n", count: 64))
      }
    ),
  ]

  @Test("what is not exactly a proof is refused", arguments: changes.indices)
  func malformed(_ index: Int) throws {
    let (name, change) = Self.changes[index]
    let text = change(fixture.proof)
    #expect(text != fixture.proof, "\(name)")
    let error = #expect(throws: LedgerError.self, "\(name)") {
      try LogProof(parsing: text.bytes)
    }
    #expect(error == .malformed(.proof) || error == .malformed(.checkpoint), "\(name)")
  }

  @Test func `a proof cut off anywhere, or changed in any byte, never holds`() throws {
    let bytes = fixture.proof.bytes
    func holds(_ bytes: [UInt8]) -> Bool {
      guard let proof = try? LogProof(parsing: bytes) else { return false }
      return (try? proof.verify(entry, by: log, cosignedBy: 1, of: [witnessKey])) != nil
    }
    #expect(holds(bytes))
    for count in bytes.indices { #expect(!holds(Array(bytes[..<count]))) }
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 1
      #expect(!holds(changed), "byte \(index)")
    }
  }

  @Test func `a witness signs growth as another implementation does`() throws {
    let request = try WitnessRequest(parsing: fixture.request.bytes)
    #expect(request.bytes == fixture.request.bytes)
    let signer = try #require(
      NoteSigner(
        name: fixture.witness, use: .witness, key: try signingKey(fixture.witnessSeed)))
    let known = Checkpoint(origin: fixture.origin, size: 6, root: try digest(fixture.oldRoot))
    let time = try #require(LedgerTime(secondsSince1970: fixture.time))
    let line = try Witness(signer: signer).cosignature(
      for: request, of: log, known: known, at: time)
    #expect(line == fixture.cosignatureLine.bytes)
  }

  @Test func `a witness signs nothing else`() throws {
    let signer = try #require(
      NoteSigner(name: "w", use: .witness, key: try SigningKey()))
    let witness = Witness(signer: signer)
    let time = try moment("2025-05-21T16:00:00Z")
    func refusal(
      _ change: (String) -> String = { $0 }, known size: Int? = 6, root: String? = nil
    ) throws -> LedgerError? {
      let request = try WitnessRequest(parsing: change(fixture.request).bytes)
      let known = try size.map {
        Checkpoint(
          origin: fixture.origin, size: $0, root: try digest(root ?? fixture.oldRoot))
      }
      return #expect(throws: LedgerError.self) {
        try witness.cosignature(for: request, of: log, known: known, at: time)
      }
    }
    // Another history, at the size that was seen and at the size that is shown.
    #expect(try refusal(root: fixture.root) == .forked(knownSize: 6))
    #expect(try refusal(known: 8, root: fixture.oldRoot) == .forked(knownSize: 8))
    // Entries taken away.
    #expect(try refusal(known: 9) == .rolledBack(knownSize: 9, size: 8))
    // A proof from another size than the one that was seen.
    #expect(try refusal(known: 5) == .otherBeginning(asked: 6, known: 5))
    #expect(try refusal(known: nil) == .otherBeginning(asked: 6, known: 0))
    #expect(
      try refusal({ $0.replacing("old 6", with: "old 7") })
        == .otherBeginning(asked: 7, known: 6))
    // A checkpoint that the log did not sign.
    #expect(
      try refusal({ $0.replacing("\n8\n", with: "\n9\n") })
        == .brokenSignature(key: fixture.origin))
    for broken in ["", "old 6\n", fixture.request.replacing("old 6", with: "old 06")] {
      #expect(throws: LedgerError.self) { try WitnessRequest(parsing: broken.bytes) }
    }
  }
}
