import CarrelCrypto
import CarrelFiles
import CarrelLedger
import Foundation
import TestSupport
import Testing

/// A log of its own in a temporary folder.
struct Log {
  let folder: TemporaryFolder
  let path: String
  let signer: NoteSigner
  static let start = "2025-05-02T09:00:00Z"

  init(name: String = "northmoor") throws {
    folder = try TemporaryFolder()
    path = folder["ledger"]
    signer = try #require(NoteSigner(name: name, use: .log, key: try SigningKey()))
    try NewLedger(
      siteNamed: "Northmoor", kind: "synthetic", signer: signer, clock: try moment(Self.start)
    ).write(to: path)
  }

  /// Adds so many entries at once.
  func add(_ count: Int, at time: String = "2025-05-03T09:00:00Z") throws {
    var writer = try LedgerWriter(at: path, signer: signer)
    try writer.append(
      (0..<count).map { .runClosed(run: "run \($0)") }, clock: try moment(time))
  }

  func opened(known: Checkpoint? = nil) throws -> Ledger {
    try Ledger(at: path, key: signer.key, known: known)
  }

  /// Every file, by its path in the log.
  func files() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
      guard Files.kind(of: "\(path)/\(name)") == .file else { continue }
      files[name] = try Files.read("\(path)/\(name)")
    }
    return files
  }
}

@Suite("A log") struct LedgerTests {
  @Test func `begins with the making of its site, and is read back`() throws {
    let log = try Log()
    let ledger = try log.opened()
    let entries = try ledger.verify()
    #expect(
      entries.map(\.event) == [
        .siteMade(name: "Northmoor", siteKind: "synthetic", logKey: log.signer.key.text)
      ])
    #expect(try ledger.entry(at: 0) == entries[0])
    #expect(
      try log.files().keys.sorted() == ["checkpoint", "tile/0/000.p/1", "tile/entries/000.p/1"])
    #expect(try Ledger.selfSigned(at: log.path).key == log.signer.key)
  }

  @Test func `keeps what is added, in order, with a proof for each entry`() throws {
    let log = try Log()
    var writer = try LedgerWriter(at: log.path, signer: log.signer)
    let known = writer.ledger.head.checkpoint
    var checkpoints = [writer.ledger.head]
    for number in 1...20 {
      let added = try writer.append(
        [.runClosed(run: "\(number)")], by: "g-07", clock: try moment("2025-05-03T09:00:00Z"))
      #expect(added.first == number)
      checkpoints.append(writer.ledger.head)
    }
    let ledger = try log.opened(known: known)
    let entries = try ledger.verify()
    #expect(entries.count == 21)
    for (index, entry) in entries.enumerated() {
      try LogProof(parsing: try ledger.proof(of: index).bytes).verify(
        entry.bytes, by: log.signer.key)
      #expect(try ledger.entry(at: index) == entry)
      // Under the checkpoint at which it was added, too, and not under the one before.
      try ledger.proof(of: index, under: checkpoints[index]).verify(
        entry.bytes, by: log.signer.key)
      if index > 0 {
        #expect(throws: LedgerError.notTheTree(size: index)) {
          try ledger.proof(of: index, under: checkpoints[index - 1])
        }
      }
    }
    #expect(entries.dropFirst().map(\.event) == (1...20).map { .runClosed(run: "\($0)") })
  }

  @Test(
    "has the tiles that C2SP names",
    arguments: [(255, 255), (256, 0), (257, 1), (511, 255), (512, 0)])
  func tiles(size: Int, partial: Int) throws {
    let log = try Log()
    try log.add(size - 1)
    let ledger = try log.opened()
    #expect(ledger.count == size)
    try ledger.verify()
    let names = Set(try log.files().keys)
    var expected: Set<String> = ["checkpoint"]
    for level in ["0", "entries"] {
      for full in 0..<size / 256 { expected.insert("tile/\(level)/00\(full)") }
      if partial > 0 { expected.insert("tile/\(level)/00\(size / 256).p/\(partial)") }
    }
    if size >= 256 { expected.insert("tile/1/000.p/\(size / 256)") }
    if size < 256 { expected.formUnion(["tile/0/000.p/1", "tile/entries/000.p/1"]) }
    #expect(names == expected)
  }

  @Test func `grows over the edges of its tiles one entry at a time`() throws {
    let log = try Log()
    try log.add(253)
    let before = try log.opened()
    var writer = try LedgerWriter(at: log.path, signer: log.signer)
    for _ in 0..<5 {
      try writer.append([.runClosed(run: "x")], clock: try moment("2025-05-03T09:00:00Z"))
    }
    let after = try log.opened(known: before.head.checkpoint)
    #expect(after.count == 259)
    #expect(try after.verify().count == 259)
    // Whoever opened the log before reads on: partial files have become whole ones.
    #expect(try before.verify().count == 254)
    for old in [0, 1, 2, 254, 255, 256, 257, 258, 259] {
      let request = try after.witnessRequest(since: old)
      #expect(try WitnessRequest(parsing: request.bytes) == request)
    }
  }

  @Test func `E6: takes the time of its last entry where the clock goes back a year`() throws {
    let log = try Log()
    var writer = try LedgerWriter(at: log.path, signer: log.signer)
    try writer.append([.runClosed(run: "1")], clock: try moment("2025-05-03T09:00:00Z"))
    try writer.append([.runClosed(run: "2")], clock: try moment("2024-05-03T09:00:00Z"))
    let last = try writer.ledger.entry(at: 2)
    #expect(last.time == (try moment("2025-05-03T09:00:00Z")))
    #expect(writer.time(by: try moment("2024-05-03T09:00:00Z")) == last.time)
    #expect(
      writer.time(by: try moment("2026-01-01T00:00:00Z")) == (try moment("2026-01-01T00:00:00Z")))
    try writer.ledger.verify()
  }

  @Test func `E2: two copies of one state say the same at the same time with other nonces`() throws
  {
    let log = try Log()
    try log.add(2)
    let copy = log.folder["copy"]
    try FileManager.default.copyItem(atPath: log.path, toPath: copy)
    let event = LedgerEvent.optOutsApplied(snapshot: "2025-05-02")
    var nonces: [[UInt8]] = []
    for path in [log.path, copy] {
      var writer = try LedgerWriter(at: path, signer: log.signer)
      let added = try writer.append([event, event], clock: try moment("2025-05-04T09:00:00Z"))
      nonces += added.entries.map(\.nonce)
    }
    #expect(Set(nonces).count == 4)
  }

  @Test func `gives every entry a nonce of its own`() throws {
    let log = try Log()
    try log.add(300)
    let nonces = try log.opened().verify().map(\.nonce)
    #expect(Set(nonces).count == 301 && nonces.allSatisfy { $0.count == 16 })
  }

  @Test func `an entry that is too large is refused, and the log is as it was`() throws {
    let log = try Log()
    let before = try log.files()
    var writer = try LedgerWriter(at: log.path, signer: log.signer)
    let error = #expect(throws: LedgerError.self) {
      try writer.append(
        [.runClosed(run: String(repeating: "x", count: 70_000))], clock: try moment(Log.start))
    }
    guard case .entryTooLarge = error else { Issue.record("\(String(describing: error))"); return }
    #expect(try log.files() == before)
  }

  @Test func `has one writer at a time`() throws {
    let log = try Log()
    let writer = try LedgerWriter(at: log.path, signer: log.signer)
    #expect(throws: LedgerError.busy(path: log.path)) {
      _ = try LedgerWriter(at: log.path, signer: log.signer)
    }
    _ = consume writer
    _ = try LedgerWriter(at: log.path, signer: log.signer)
  }

  @Test func `is cosigned by exchange of files, and its proofs then carry the witness`() throws {
    let log = try Log()
    try log.add(9)
    let signer = try #require(
      NoteSigner(name: "witness.example/w1", use: .witness, key: try SigningKey()))
    let witness = Witness(signer: signer)
    let time = try moment("2025-05-04T09:00:00Z")
    let request = try WitnessRequest(parsing: try log.opened().witnessRequest(since: 0).bytes)
    let line = try witness.cosignature(for: request, of: log.signer.key, known: nil, at: time)
    var writer = try LedgerWriter(at: log.path, signer: log.signer)
    try writer.add(cosignatureLine: line, of: signer.key)
    let cosigned = try log.opened()
    #expect(try cosigned.head.cosignatures(of: [signer.key]).map(\.time) == [time])
    try cosigned.proof(of: 3).verify(
      try cosigned.entry(at: 3).bytes, by: log.signer.key, cosignedBy: 1, of: [signer.key])
    // After growth the line is the old checkpoint's; proofs under that one still carry it.
    try writer.append([.runClosed(run: "x")], clock: time)
    #expect(try log.opened().head.cosignatures(of: [signer.key]).isEmpty)
    #expect(throws: LedgerError.brokenSignature(key: "witness.example/w1")) {
      try writer.add(cosignatureLine: line, of: signer.key)
    }
    try log.opened().proof(of: 3, under: cosigned.head).verify(
      try cosigned.entry(at: 3).bytes, by: log.signer.key, cosignedBy: 1, of: [signer.key])
    // The witness sees growth from what it knows.
    _ = try witness.cosignature(
      for: try log.opened().witnessRequest(since: request.checkpoint.checkpoint.size),
      of: log.signer.key, known: request.checkpoint.checkpoint, at: time)
  }
}
