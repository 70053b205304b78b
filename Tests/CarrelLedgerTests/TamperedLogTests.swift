import CarrelCrypto
import CarrelFiles
import CarrelLedger
import Foundation
import TestSupport
import Testing

@Suite("A log that was tampered with") struct TamperedLogTests {
  private func write(_ bytes: [UInt8], _ name: String, of log: Log) throws {
    try Data(bytes).write(to: URL(filePath: "\(log.path)/\(name)"))
  }

  @Test func `a change of a byte of any file is found`() throws {
    let log = try Log()
    try log.add(4)
    // Files of sizes that are over do not count.
    for (name, bytes) in try log.files() where name == "checkpoint" || name.hasSuffix("/5") {
      let step = name == "checkpoint" ? 1 : 5
      for index in stride(from: 0, to: bytes.count, by: step) {
        var changed = bytes
        changed[index] ^= 1
        try write(changed, name, of: log)
        #expect(throws: LedgerError.self, "\(name) byte \(index)") {
          try log.opened().verify()
        }
      }
      try write(bytes, name, of: log)
    }
    #expect(try log.opened().verify().count == 5)
  }

  @Test func `a file that is missing, empty or cut short is found, and named`() throws {
    let log = try Log()
    try log.add(4)
    for name in ["tile/0/000.p/5", "tile/entries/000.p/5"] {
      let bytes = try Files.read("\(log.path)/\(name)")
      for kept in [0, 1, bytes.count / 2, bytes.count - 32, bytes.count - 1] {
        try write(Array(bytes.prefix(kept)), name, of: log)
        #expect(throws: LedgerError.self) { try log.opened().verify() }
      }
      try FileManager.default.removeItem(atPath: "\(log.path)/\(name)")
      let error = #expect(throws: LedgerError.self) { try log.opened().verify() }
      guard case .truncated(let path) = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(path.hasPrefix(log.path))
      try write(bytes, name, of: log)
    }
    try FileManager.default.removeItem(atPath: "\(log.path)/checkpoint")
    #expect(throws: LedgerError.notALog(path: log.path)) { try log.opened() }
  }

  @Test func `another site's log is refused, and so is its checkpoint over these files`() throws {
    let (log, other) = (try Log(), try Log(name: "southmoor"))
    #expect(throws: LedgerError.otherLog(expected: "northmoor", found: "southmoor")) {
      try Ledger(at: other.path, key: log.signer.key)
    }
    // The same name under another key is another log as well.
    let namesake = try Log()
    #expect(throws: LedgerError.unsigned) { try Ledger(at: namesake.path, key: log.signer.key) }
    try write(try namesake.files()["checkpoint"] ?? [], "checkpoint", of: log)
    #expect(throws: LedgerError.self) { try log.opened() }
    #expect(throws: LedgerError.notTheTree(size: 1)) {
      try Ledger(at: log.path, key: namesake.signer.key)
    }
  }

  @Test func `a restored backup and a rewritten history are refused by whoever saw more`() throws {
    let log = try Log()
    try log.add(3)
    let backup = log.folder["backup"]
    try FileManager.default.copyItem(atPath: log.path, toPath: backup)
    try log.add(2)
    let seen = try log.opened().head.checkpoint
    #expect(throws: LedgerError.rolledBack(knownSize: 6, size: 4)) {
      try Ledger(at: backup, key: log.signer.key, known: seen)
    }
    #expect(throws: LedgerError.rolledBack(knownSize: 6, size: 4)) {
      _ = try LedgerWriter(at: backup, signer: log.signer, known: seen)
    }
    // The backup lives on under the same key: two logs of one name.
    var fork = try LedgerWriter(at: backup, signer: log.signer)
    try fork.append(
      (0..<4).map { .runClosed(run: "fork \($0)") }, clock: try moment("2025-05-04T09:00:00Z"))
    #expect(throws: LedgerError.forked(knownSize: 6)) {
      try Ledger(at: backup, key: log.signer.key, known: seen)
    }
    let signer = try #require(NoteSigner(name: "w", use: .witness, key: try SigningKey()))
    #expect(throws: LedgerError.forked(knownSize: 6)) {
      try Witness(signer: signer).cosignature(
        for: try fork.ledger.witnessRequest(since: 6), of: log.signer.key, known: seen,
        at: try moment("2025-05-05T09:00:00Z"))
    }
    #expect(throws: LedgerError.forked(knownSize: 6)) {
      try fork.ledger.proof(of: 0, under: try log.opened().head)
    }
  }

  @Test func `a history that a key holder forged is refused as a whole`() throws {
    // The key signs anything; what the entries say must still make a history.
    func forged(_ texts: [String]) throws -> LedgerError? {
      let log = try Log()
      let leaves = texts.map { Digest.leaf($0.bytes) }
      let tree = MerkleTree(size: leaves.count) { (height, index) throws(LedgerError) in
        var row = Array(leaves[index << height..<(index + 1) << height])
        while row.count > 1 {
          row = stride(from: 0, to: row.count, by: 2).map { .node(row[$0], row[$0 + 1]) }
        }
        return row[0]
      }
      let head = Checkpoint(
        origin: "northmoor", size: leaves.count, root: try tree.root(ofFirst: leaves.count))
      let bundle = texts.flatMap {
        [UInt8($0.utf8.count >> 8), UInt8($0.utf8.count & 255)] + $0.bytes
      }
      try write(leaves.flatMap(\.bytes), "tile/0/000.p/\(leaves.count)", of: log)
      try write(bundle, "tile/entries/000.p/\(leaves.count)", of: log)
      try write(
        SignedCheckpoint(head, signedBy: log.signer).bytes, "checkpoint", of: log)
      return #expect(throws: LedgerError.self) { try log.opened().verify() }
    }
    let fixture = try Fixture.shared.get().entries.map(\.text)
    let (site, close) = (fixture[0], fixture[7])
    func changed(_ text: String, nonce: String = "ff", year: String = "2025") -> String {
      text.replacing("0e0f", with: "0e" + nonce).replacing("2025-", with: year + "-")
    }
    #expect(try forged([close, changed(site)]) == .brokenHistory(index: 0, .notTheBeginning))
    #expect(try forged([site, changed(site)]) == .brokenHistory(index: 1, .notTheBeginning))
    #expect(try forged([site, close]) == .brokenHistory(index: 1, .repeatedNonce))
    #expect(
      try forged([site, changed(close, year: "2024")]) == .brokenHistory(index: 1, .timeGoesBack))
    #expect(try forged([site, "{}"]) == .malformed(.entry(index: 1)))
  }

  @Test func `a symbolic link in the log is not followed`() throws {
    let log = try Log()
    let file = "\(log.path)/tile/0/000.p/1"
    try FileManager.default.moveItem(atPath: file, toPath: log.folder["elsewhere"])
    try FileManager.default.createSymbolicLink(
      atPath: file, withDestinationPath: log.folder["elsewhere"])
    #expect(throws: LedgerError.self) { try log.opened() }
  }
}

@Suite("A log whose writer was stopped") struct InterruptedLogTests {
  /// The states that a stop can leave: files of an append in the order they are written.
  @Test func `is as it was, or has all that was added, at every moment of an append`() throws {
    let log = try Log()
    try log.add(254)
    let before = try log.files()
    let old = try log.opened().head.checkpoint
    try log.add(2)
    let after = try log.files()
    let new = try log.opened().head
    // The order of writing: tiles, the checkpoint beside its place, the checkpoint, then clearing up.
    let tiles = after.keys.filter { $0.hasPrefix("tile/") && before[$0] == nil }.sorted()
    #expect(tiles.count == 5)
    for written in 0...tiles.count + 2 {
      let path = log.folder["stopped-\(written)"]
      var files = before
      for name in tiles.prefix(written) { files[name] = after[name] }
      if written > tiles.count { files["checkpoint.next"] = new.bytes }
      if written > tiles.count + 1 { files["checkpoint"] = new.bytes }
      for (name, bytes) in files {
        try Files.write(bytes, to: "stopped-\(written)/\(name)", inside: log.folder.url.path)
      }
      let isNew = written > tiles.count
      // A reader sees one or the other; the next writer finishes what was signed.
      _ = try Ledger(at: path, key: log.signer.key, known: old).verify()
      var writer = try LedgerWriter(
        at: path, signer: log.signer, known: isNew ? new.checkpoint : old)
      #expect(writer.ledger.count == (isNew ? 257 : 255))
      try writer.append([.runClosed(run: "after")], clock: try moment("2025-05-05T09:00:00Z"))
      #expect(try writer.ledger.verify().count == (isNew ? 258 : 256))
      #expect(!Files.exists("\(path)/checkpoint.next"))
    }
  }

  @Test func `keeps nothing of a checkpoint beside its place that is not its own`() throws {
    let (log, other) = (try Log(), try Log(name: "northmoor"))
    try other.add(3)
    try Files.write(try other.opened().head.bytes, to: "\(log.path)/checkpoint.next")
    #expect(throws: LedgerError.unsigned) { _ = try LedgerWriter(at: log.path, signer: log.signer) }
  }
}
