import CarrelCrypto
import CarrelLedger
import Testing

@Suite("Entries") struct EntryTests {
  @Test func `entries of another implementation are read and written again, one of each kind`()
    throws
  {
    let fixture = try Fixture.shared.get()
    var kinds: [LedgerEvent.Kind] = []
    for written in fixture.entries {
      let entry = try #require(LedgerEntry(parsing: written.text.bytes), "\(written.text)")
      #expect(entry.bytes == written.text.bytes)
      #expect(entry.leaf.hexadecimal == written.leaf)
      #expect(entry.time == (try moment("2025-05-21T16:00:00Z")))
      kinds.append(entry.event.kind)
    }
    #expect(kinds == LedgerEvent.Kind.allCases)
  }

  @Test func `an entry changed in any byte is another entry or none`() throws {
    for written in try Fixture.shared.get().entries {
      let bytes = written.text.bytes
      for index in bytes.indices {
        var changed = bytes
        changed[index] ^= 1
        guard let read = LedgerEntry(parsing: changed) else { continue }
        #expect(read.bytes == changed)
        #expect(read.leaf.hexadecimal != written.leaf)
      }
    }
  }

  @Test(
    "an entry has one text",
    arguments: [
      ("a space", ":\"close\"", ": \"close\""), ("another order", "\"carrel\":1,", ""),
      ("another format", "\"carrel\":1", "\"carrel\":2"), ("a decimal", ":1,", ":1.0,"),
      ("another member", "{", "{\"actor\":null,"),
      ("a member that means nothing", "}", ",\"x\":\"\"}"),
      ("an unknown kind", "close", "refuse"),
      ("no nonce", "\"nonce\":\"000102030405060708090a0b0c0d0e0f\",", ""),
      ("a short nonce", "0c0d0e0f", ""), ("capitals in the nonce", "0a0b", "0A0B"),
      ("a time without its zone", "00Z", "00"), ("a day that is none", "05-21", "02-30"),
      ("a leap second", "16:00:00", "16:00:60"), ("an hour that is none", "T16", "T24"),
      ("no run", ",\"run\":\"0b9c4e7a-6a39-4c1e-8a44-3f2f9f1f7a10\"", ""),
      ("a number for a text", "\"0b9c4e7a-6a39-4c1e-8a44-3f2f9f1f7a10\"", "7"),
      ("text after it", "}", "}\n"),
    ])
  func oneText(name: String, part: String, other: String) throws {
    let text = try #require(
      try Fixture.shared.get().entries.first { $0.text.contains("\"close\"") }
    )
    .text
    let changed = text.replacing(part, with: other)
    #expect(changed != text)
    #expect(LedgerEntry(parsing: changed.bytes) == nil, "\(name)")
  }

  @Test func `times are written as they are read`() throws {
    for (seconds, text) in [
      (0, "1970-01-01T00:00:00Z"), (1_747_843_200, "2025-05-21T16:00:00Z"),
      (951_782_399, "2000-02-28T23:59:59Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
    ] {
      let time = try #require(LedgerTime(secondsSince1970: seconds))
      #expect(time.description == text)
      #expect(LedgerTime(text) == time)
    }
    #expect(LedgerTime(secondsSince1970: -1) == nil)
    #expect(LedgerTime(secondsSince1970: 253_402_300_800) == nil)
    #expect(LedgerTime("1969-12-31T23:59:59Z") == nil)
    #expect(try moment("2025-05-21T16:59:59Z").startOfHour == moment("2025-05-21T16:00:00Z"))
  }
}

@Suite("Commitments") struct CommitmentTests {
  @Test func `open as another implementation makes them`() throws {
    let entries = try Fixture.shared.get().entries.compactMap {
      LedgerEntry(parsing: $0.text.bytes)
    }
    let opening = Commitment.Opening(random: sample("random"), digest: sample("study"))
    let promised = entries.compactMap { entry -> Commitment? in
      if case .runCommitted(_, _, _, let commitment) = entry.event { commitment } else { nil }
    }
    #expect(promised == [opening.commitment(to: .submission)])
    let released = entries.compactMap { entry -> Commitment.Opening? in
      if case .runReleased(_, let opening, _, _) = entry.event { opening } else { nil }
    }
    #expect(released == [opening])
  }

  @Test func `two promises of one digest look unrelated, and open as what they promised alone`()
    throws
  {
    let openings = try (0..<50).map { _ in
      try Commitment.promising(sample("draft"), subject: .submission)
    }
    #expect(Set(openings.map { $0.commitment(to: .submission) }).count == 50)
    let opening = openings[0]
    #expect(opening.commitment(to: .submission) != opening.commitment(to: .project))
    let other = Commitment.Opening(random: opening.random, digest: sample("other"))
    #expect(other.commitment(to: .submission) != opening.commitment(to: .submission))
  }

  @Test func `E1: a draft of two hidden cells cannot be guessed from its promise`() throws {
    // A guesser who knows the form of the draft tries every pair of counts, as attack E1 does
    // against bare digests.
    func draft(_ first: Int, _ second: Int) -> Digest {
      sample("fifth,count\n1,\(first)\n2,\(second)\n")
    }
    let secret = draft(3, 5)
    let shown = try Commitment.promising(secret, subject: .submission).commitment(to: .submission)
    let tag = "carrel/commitment/v1/submission\0".bytes
    for first in 0...7 {
      for second in 0...7 {
        let guess = draft(first, second)
        #expect(guess != shown.digest && Digest(of: tag + guess.bytes) != shown.digest)
        let zeros = try #require(Digest(bytes: [UInt8](repeating: 0, count: 32)))
        let opened = Commitment.Opening(random: zeros, digest: guess)
        #expect(opened.commitment(to: .submission) != shown)
      }
    }
  }
}
