import CarrelCrypto
import CarrelFiles
import CarrelLedger
import Foundation
import TestSupport
import Testing

@Suite("A log whose key was exchanged") struct KeyHandoverTests {
  private let log: Log
  private let next: NoteSigner

  init() throws {
    log = try Log()
    try log.add(2)
    next = try Self.signer()
  }

  private static func signer(_ name: String = "northmoor") throws -> NoteSigner {
    try #require(NoteSigner(name: name, use: .log, key: try SigningKey()))
  }

  private func exchange() throws {
    var writer = try LedgerWriter(at: log.path, signer: log.signer)
    #expect(try writer.handOver(to: next, clock: try moment("2025-05-04T09:00:00Z")) == 3)
    try writer.append([.runClosed(run: "after")], clock: try moment("2025-05-04T10:00:00Z"))
  }

  private func write(_ bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(filePath: "\(log.path)/checkpoint"))
  }

  @Test func `is followed by whoever knows the old key, and says so in an entry`() throws {
    try exchange()
    for key in [log.signer.key, next.key] {
      let ledger = try Ledger(at: log.path, key: key)
      #expect(ledger.key == next.key && ledger.firstKey == log.signer.key)
      let events = try ledger.verify().map(\.event)
      #expect(
        events[3]
          == .keyChanged(
            holder: "ledger", old: log.signer.key.key.fingerprint, new: next.key.key.fingerprint))
      #expect(events.count == 5)
      try ledger.proof(of: 1).verify(try ledger.entry(at: 1).bytes, by: key)
    }
    #expect(try Ledger.selfSigned(at: log.path).key == next.key)
  }

  @Test func `is exchanged again and again`() throws {
    try exchange()
    let third = try Self.signer()
    var writer = try LedgerWriter(at: log.path, signer: next)
    try writer.handOver(to: third, clock: try moment("2025-05-05T09:00:00Z"))
    let ledger = try log.opened()
    #expect(ledger.key == third.key && ledger.handovers.map(\.place) == [3, 5])
    #expect(try ledger.head.successor(of: next.key) == third.key)
    try ledger.verify()
    // As often as there is room for beside the witnesses' lines.
    for _ in 0..<30 {
      try writer.handOver(to: try Self.signer(), clock: try moment("2025-05-05T09:00:00Z"))
    }
    #expect(throws: LedgerError.tooManyHandovers(limit: 32)) {
      try writer.handOver(to: try Self.signer(), clock: try moment("2025-05-05T09:00:00Z"))
    }
    #expect(try log.opened().verify().count == 36)
  }

  @Test func `is not added to with the old key any more`() throws {
    try exchange()
    #expect(throws: LedgerError.unsigned) {
      _ = try LedgerWriter(at: log.path, signer: log.signer)
    }
  }

  @Test func `that another key claims to have taken over is refused`() throws {
    // Somebody with a key of their own, and then the old one that was stolen.
    let thief = try Self.signer()
    let head = try log.opened().head.checkpoint
    try write(SignedCheckpoint(head, signedBy: thief).bytes)
    #expect(throws: LedgerError.unsigned) { try log.opened() }
    try write(SignedCheckpoint(head, signedBy: log.signer).bytes)
    try exchange()
    let later = try log.opened().head
    try write(SignedCheckpoint(later.checkpoint, signedBy: log.signer).bytes)
    // Whoever saw the exchange does not believe the old key; the log itself tells of it too.
    #expect(throws: LedgerError.unsigned) { try Ledger(at: log.path, key: next.key) }
    #expect(throws: LedgerError.brokenHistory(index: 3, .notTheHandover)) {
      try log.opened().verify()
    }
  }

  @Test func `without an entry that tells of it is refused`() throws {
    // A log of the same name in which other things happened at that place.
    try exchange()
    let lines = String(decoding: try log.opened().head.bytes, as: UTF8.self)
      .components(separatedBy: "\n\n")[1]
    let other = try Log()
    try other.add(4)
    let head = try other.opened().head.checkpoint
    let own = String(decoding: SignedCheckpoint(head, signedBy: next).bytes, as: UTF8.self)
    let handover = try #require(lines.components(separatedBy: "\n").dropFirst().first)
    try Data((own + handover + "\n").utf8).write(to: URL(filePath: "\(other.path)/checkpoint"))
    #expect(throws: LedgerError.brokenHistory(index: 3, .notTheHandover)) {
      try Ledger(at: other.path, key: log.signer.key)
    }
  }

  @Test func `is found out where a byte of its checkpoint is another`() throws {
    try exchange()
    let bytes = try log.opened().head.bytes
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 1
      try write(changed)
      for key in [log.signer.key, next.key] {
        #expect(throws: LedgerError.self, "byte \(index)") {
          try Ledger(at: log.path, key: key).verify()
        }
      }
    }
  }

  @Test func `is signed by one key or the other, wherever the exchange was stopped`() throws {
    let before = try log.files()
    try exchange()
    let after = try log.files()
    let signed = try #require(after["checkpoint"])
    let tiles = after.keys.filter { $0.hasPrefix("tile/") && before[$0] == nil }.sorted()
    for written in 0...tiles.count + 2 {
      let path = log.folder["stopped-\(written)"]
      var files = before
      for name in tiles.prefix(written) { files[name] = after[name] }
      if written > tiles.count { files["checkpoint.next"] = signed }
      if written > tiles.count + 1 { files["checkpoint"] = signed }
      for (name, bytes) in files {
        try Files.write(bytes, to: "stopped-\(written)/\(name)", inside: log.folder.url.path)
      }
      var writer = try LedgerWriter(at: path, signer: log.signer, next: next)
      #expect(writer.ledger.key == (written > tiles.count ? next.key : log.signer.key))
      try writer.append([.runClosed(run: "x")], clock: try moment("2025-05-05T09:00:00Z"))
      try writer.ledger.verify()
    }
  }

  @Test func `is followed by a witness, who then no longer hears the old key`() throws {
    let signer = try #require(NoteSigner(name: "w", use: .witness, key: try SigningKey()))
    let witness = Witness(signer: signer)
    let time = try moment("2025-05-05T09:00:00Z")
    let seen = try log.opened().head
    try exchange()
    let request = try WitnessRequest(
      parsing: try log.opened().witnessRequest(since: seen.checkpoint.size).bytes)
    let line = try witness.cosignature(
      for: request, of: log.signer.key, known: seen.checkpoint, at: time)
    let cosigned = try request.checkpoint.adding(cosignatureLine: line, of: signer.key)
    #expect(try cosigned.cosignatures(of: [signer.key]).count == 1)
    #expect(try cosigned.successor(of: log.signer.key) == next.key)
    // The old key signs what would have grown from it; the witness holds it to the new one.
    let forged = WitnessRequest(
      consistency: request.consistency,
      checkpoint: SignedCheckpoint(request.checkpoint.checkpoint, signedBy: log.signer))
    #expect(throws: LedgerError.unsigned) {
      try witness.cosignature(
        for: forged, of: try cosigned.successor(of: log.signer.key),
        known: cosigned.checkpoint, at: time)
    }
  }
}
