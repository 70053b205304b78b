import CarrelCrypto
import CarrelJSON
import CarrelLedger
import Foundation
import Testing

@Suite("Envelopes") struct EnvelopeTests {
  @Test func `have the published bytes to sign, and the published signature`() throws {
    let hello = Envelope(payloadType: "http://example.com/HelloWorld", payload: "hello world".bytes)
    #expect(
      hello.signedBytes == "DSSEv1 29 http://example.com/HelloWorld 11 hello world".bytes)
    var signed = hello
    signed.sign(with: try signingKey(try Fixture.shared.get().notes.seed))
    #expect(
      Base64.text(of: signed.signatures[0].bytes)
        == """
        4DHX3Zn4qpBKvEj7maE8O9u9bjXEnPLLnyXVUJ2PXJR8DSLcL3QDpFvfJOj3pB/SPHsl6Jg4boxsMb6KvuYABw==
        """)
    let empty = Envelope(payloadType: "application/vnd.in-toto+json", payload: "{}".bytes)
    #expect(empty.signedBytes == "DSSEv1 28 application/vnd.in-toto+json 2 {}".bytes)
    #expect(
      Digest(of: empty.signedBytes).hexadecimal
        == "4842cb1ba6fed6e460d8a0d56f6b64ccf1f1e11f7714a7f282080d5780251b63")
  }

  @Test func `count keys, not signatures or hints`() throws {
    let (one, two) = (try SigningKey(), try SigningKey())
    var envelope = Envelope(payloadType: "t", payload: [1])
    envelope.sign(with: one)
    envelope.sign(with: one)
    let keys = [one.verifyingKey, two.verifyingKey, one.verifyingKey]
    #expect(envelope.signers(among: keys) == [one.verifyingKey])
    envelope.sign(with: two)
    #expect(envelope.signers(among: keys) == [one.verifyingKey, two.verifyingKey])
    // A hint at another key changes nothing.
    let text = String(decoding: envelope.bytes, as: UTF8.self)
      .replacing(one.verifyingKey.fingerprint, with: two.verifyingKey.fingerprint)
    let read = try Envelope(parsing: text.bytes)
    #expect(read.signers(among: keys) == [one.verifyingKey, two.verifyingKey])
  }

  @Test func `a type is signed as much as a payload, and neither runs into the other`() throws {
    let key = try SigningKey()
    var envelope = Envelope(payloadType: "ab", payload: "c".bytes)
    envelope.sign(with: key)
    let signature = envelope.signatures[0].bytes
    for (type, payload) in [("a", "bc"), ("abc", ""), ("ab", "d"), ("ab 1 c", "")] {
      let other = Envelope(payloadType: type, payload: payload.bytes)
      #expect(!key.verifyingKey.isSignature(signature, of: other.signedBytes))
    }
  }

  @Test func `are read in either alphabet, and refused where they lack a part`() throws {
    var envelope = Envelope(payloadType: "t", payload: [0xFB, 0xFF, 0xBF])
    envelope.sign(with: try SigningKey())
    let text = String(decoding: envelope.bytes, as: UTF8.self)
    #expect(try Envelope(parsing: text.bytes) == envelope)
    let safe = text.replacing("+", with: "-").replacing("/", with: "_")
    #expect(try Envelope(parsing: safe.bytes) == envelope)
    for broken in [
      "", "{}", "[]", text.replacing("payloadType", with: "type"),
      text.replacing("\"sig\"", with: "\"signature\""), text.replacing("\"t\"", with: "\"\""),
      text.replacing(/"signatures":\[.*\]/, with: "\"signatures\":[]"),
      text.replacing("\"+/+/\"", with: "\"+/+_\""), text.replacing("\"+/+/\"", with: "\"+/+/=\""),
    ] {
      #expect(throws: LedgerError.malformed(.attestation), "\(broken)") {
        try Envelope(parsing: broken.bytes)
      }
    }
  }
}

@Suite("Decisions") struct DecisionTests {
  private let key: SigningKey
  private let matter: RunMatter
  private let decision: DecisionStatement<RunMatter>
  private let now: LedgerTime

  init() throws {
    key = try signingKey(try Fixture.shared.get().notes.seed)
    matter = Self.matter()
    decision = DecisionStatement(
      word: .approve, matter: matter, guardian: "g-07", expiry: try moment("2025-06-21T16:00:00Z"))
    now = try moment("2025-05-21T16:00:00Z")
  }

  private static func matter(
    site: String = "northmoor", project: String = "P-014",
    run: String = "0b9c4e7a-6a39-4c1e-8a44-3f2f9f1f7a10", study: String = "study",
    snapshot: String = "snapshot", policy: String = "policy", round: Int = 1,
    outputs: String = "outputs"
  ) -> RunMatter {
    RunMatter(
      site: site, project: project, run: run, study: sample(study), snapshot: sample(snapshot),
      policy: sample(policy), round: round, outputs: sample(outputs))
  }

  private var roster: [Guardian] { [Guardian(name: "g-07", keys: [key.verifyingKey])] }

  @Test func `are signed as another implementation signs them`() throws {
    let fixture = try Fixture.shared.get().attestations
    let envelope = decision.signed(with: key)
    #expect(String(decoding: envelope.payload, as: UTF8.self) == fixture.decisionPayload)
    let theirs = try Envelope(parsing: Array(try JSONEncoder().encode(fixture.decision)))
    #expect(theirs == envelope)
    #expect(try DecisionStatement<RunMatter>(in: theirs) == decision)
    #expect(
      try DecisionStatement.verified(theirs, about: matter, roster: roster, at: now) == decision)
  }

  /// F2: every part altered alone.
  @Test func `about anything else do not count, whichever part differs`() throws {
    let envelope = decision.signed(with: key)
    let others = [
      Self.matter(site: "southmoor"), Self.matter(project: "P-015"), Self.matter(run: "other"),
      Self.matter(study: "x"), Self.matter(snapshot: "x"), Self.matter(policy: "x"),
      Self.matter(round: 2), Self.matter(outputs: "x"),
    ]
    for other in others {
      #expect(throws: DecisionFault.otherMatter) {
        try DecisionStatement.verified(envelope, about: other, roster: roster, at: now)
      }
    }
    #expect(throws: DecisionFault.expired) {
      try DecisionStatement.verified(envelope, about: matter, roster: roster, at: decision.expiry)
    }
  }

  @Test func `changed in one member after signing carry no signature`() throws {
    let signed = decision.signed(with: key)
    let text = try Fixture.shared.get().attestations.decisionPayload
    let (approve, other) = (sample("outputs").hexadecimal, sample("x").hexadecimal)
    let changes = [
      ("\"approve\"", "\"reject\""), ("\"approve\"", "\"return\""), ("northmoor", "southmoor"),
      ("P-014", "P-015"), ("0b9c", "0b9d"), (sample("study").hexadecimal, other),
      (sample("snapshot").hexadecimal, other), (sample("policy").hexadecimal, other),
      ("\"round\":1", "\"round\":2"), ("g-07", "g-08"), ("2025-06", "2026-06"), (approve, other),
      ("decision:v1", "decision:v2"), ("Statement/v1", "Statement/v2"),
      ("\"outputs\"", "\"output\""),
    ]
    let roster = roster + [Guardian(name: "g-08", keys: [key.verifyingKey])]
    for (part, other) in changes {
      let changed = text.replacing(part, with: other)
      #expect(changed != text)
      var envelope = Envelope(payloadType: signed.payloadType, payload: changed.bytes)
      let json = String(decoding: signed.bytes, as: UTF8.self).replacing(
        Base64.text(of: signed.payload), with: Base64.text(of: changed.bytes))
      envelope = try Envelope(parsing: json.bytes)
      #expect(envelope.signers(among: [key.verifyingKey]).isEmpty)
      #expect(throws: DecisionFault.self, "\(part)") {
        try DecisionStatement.verified(envelope, about: matter, roster: roster, at: now)
      }
    }
  }

  @Test func `every byte of the payload and the signature counts`() throws {
    let signed = decision.signed(with: key)
    let bytes = signed.bytes
    for index in bytes.indices.dropLast() {
      var changed = bytes
      changed[index] ^= 1
      guard let envelope = try? Envelope(parsing: changed), envelope != signed else { continue }
      let isHint =
        envelope.payload == signed.payload
        && envelope.signatures.map(\.bytes) == signed.signatures.map(\.bytes)
        && envelope.payloadType == signed.payloadType
      let decision = try? DecisionStatement.verified(
        envelope, about: matter, roster: roster, at: now)
      #expect((decision != nil) == isHint, "byte \(index)")
    }
  }

  @Test func `written in another way are refused even where they are signed so`() throws {
    let text = try Fixture.shared.get().attestations.decisionPayload
    for changed in [
      text.replacing(":", with: ": "), text + "\n",
      text.replacing("{\"word\"", with: "{\"x\":1,\"word\""),
      text.replacing("\"round\":1", with: "\"round\":1,\"rounds\":1"),
      text.replacing("\"round\":1", with: "\"round\":\"1\""),
      text.replacing("\"word\":\"approve\"", with: "\"word\":\"Approve\""),
    ] where changed != text {
      var envelope = Envelope(payloadType: InTotoStatement.payloadType, payload: changed.bytes)
      envelope.sign(with: key)
      #expect(throws: DecisionFault.malformed) {
        try DecisionStatement.verified(envelope, about: matter, roster: roster, at: now)
      }
    }
    var other = Envelope(payloadType: "application/json", payload: text.bytes)
    other.sign(with: key)
    #expect(throws: DecisionFault.malformed) {
      try DecisionStatement.verified(other, about: matter, roster: roster, at: now)
    }
  }

  @Test func `count people, not keys, and only those on the roster now`() throws {
    let (a1, a2, b, c) = (try SigningKey(), try SigningKey(), try SigningKey(), try SigningKey())
    let roster = [
      Guardian(name: "b", keys: [b.verifyingKey]),
      Guardian(name: "a", keys: [a1.verifyingKey, a2.verifyingKey]),
    ]
    func signed(_ name: String, _ key: SigningKey, _ word: SignedWord = .approve)
      -> Envelope
    {
      DecisionStatement(word: word, matter: matter, guardian: name, expiry: decision.expiry)
        .signed(with: key)
    }
    func approvers(_ envelopes: [Envelope]) -> [String] {
      DecisionStatement.approvers(in: envelopes, of: matter, roster: roster, at: now)
    }
    #expect(approvers([signed("a", a1), signed("a", a2), signed("a", a1)]) == ["a"])
    #expect(approvers([signed("b", b), signed("a", a1)]) == ["a", "b"])
    // Nobody signs for another, nobody off the roster signs, a rejection is no approval.
    #expect(approvers([signed("b", a1), signed("c", c)]).isEmpty)
    #expect(approvers([signed("b", b, .reject), signed("a", a1, .return)]).isEmpty)
    // Whoever says both has not approved.
    #expect(approvers([signed("a", a1), signed("a", a2, .reject), signed("b", b)]) == ["b"])
  }
}

@Suite("Receipts") struct ReceiptTests {
  private func receipt() throws -> RunReceipt {
    RunReceipt(
      run: "0b9c4e7a-6a39-4c1e-8a44-3f2f9f1f7a10", site: "northmoor", project: "P-014",
      files: [
        .init(name: "outputs/reviews.csv", digest: sample("csv")),
        .init(name: "report.html", digest: sample("html")),
      ],
      inputs: [.init(name: "study/asthma.carrel", digest: sample("study"))],
      parameters: [.init(name: "index_date", value: "2024-03-31")], snapshot: sample("snapshot"),
      releaseLedgerHead: sample("head"), version: "0.1",
      started: try moment("2025-05-21T15:12:44Z"), finished: try moment("2025-05-21T16:03:09Z"))
  }

  @Test func `are signed as another implementation signs them, with whole hours`() throws {
    let fixture = try Fixture.shared.get()
    var envelope = try receipt().statement.envelope
    envelope.sign(with: try signingKey(fixture.notes.witnessSeed))
    let theirs = try Envelope(
      parsing: Array(try JSONEncoder().encode(fixture.attestations.receipt)))
    #expect(theirs == envelope)
    #expect(try RunReceipt(in: theirs) == receipt())
  }

  @Test func `with a member changed, missing or added are other receipts or none`() throws {
    let text = String(decoding: try receipt().statement.bytes, as: UTF8.self)
    for (part, other) in [
      ("\"version\":{\"carrel\":\"0.1\"}", "\"version\":{}"), ("urn:x-carrel:run:v1", "x"),
      ("\"site\":\"northmoor\",", ""), ("urn:uuid:", "uuid:"), ("16:00:00Z", "16:03:09Z"),
      ("slsa.dev/provenance/v1", "slsa.dev/provenance/v2"),
      ("\"value\":\"2024-03-31\"", "\"value\":7"),
      ("\"name\":\"report.html\"", "\"name\":\"outputs/reviews.csv\""),
    ] {
      let changed = text.replacing(part, with: other)
      #expect(changed != text)
      #expect(throws: LedgerError.malformed(.attestation), "\(part)") {
        try RunReceipt(
          in: Envelope(payloadType: InTotoStatement.payloadType, payload: changed.bytes))
      }
    }
  }
}
