import CarrelFiles
public import CarrelJSON
import CarrelLedger

/// What a verifier of a log already knows and asks for.
public struct LedgerDemands: Sendable {
  /// The text of the log's key; where it is `nil`, the log's first entry tells it.
  public let key: String?
  /// The path of a checkpoint that was kept before.
  public let kept: String?
  /// The texts of the keys of witnesses that count.
  public let witnesses: [String]
  /// How many of them must have cosigned.
  public let witnessesNeeded: Int

  /// Demands on a log.
  public init(key: String?, kept: String?, witnesses: [String], witnessesNeeded: Int) {
    self.key = key
    self.kept = kept
    self.witnesses = witnesses
    self.witnessesNeeded = witnessesNeeded
  }

  static func noteKey(
    _ text: String, _ option: String, use: NoteKey.Use
  ) throws(Failure) -> NoteKey {
    if let key = NoteKey(text: text), key.use == use { return key }
    throw Failure(
      "U017", "`--\(option)` is not the text of the key of a \(use == .log ? "ledger" : "witness")",
      help: use == .log
        ? "write it as `name+id+key`, as carrel ledger show --json prints it"
        : "write it as `name+id+key`, as the witness gave it",
      status: .wrongCommandLine)
  }
}

/// What was found right with a log, or with a proof from one.
public struct LedgerVerification {
  private let lines: [String]

  /// A line for each thing that holds.
  public var text: String { Columns(lines.map { ["ok", $0] }).text }

  /// The same for programs.
  public var json: JSON {
    .object([
      .init("carrel", 1), .init("command", "ledger verify"), .init("ok", true),
      .init("found", .array(lines.map { .string($0) })),
    ])
  }

  /// Checks a log in a folder or a site, or a `.tlog-proof` file, offline.
  ///
  /// - Throws: A ``Failure``; `V001` with the first thing that does not hold.
  public init(of path: String, _ demands: LedgerDemands) throws(Failure) {
    let witnesses = try demands.witnesses.map { text throws(Failure) in
      try LedgerDemands.noteKey(text, "witness", use: .witness)
    }
    lines =
      Files.kind(of: path) == .file
      ? try Self.checkedProof(path, demands, witnesses)
      : try Self.checkedLog(LedgerPlace.folder(path), demands, witnesses)
  }

  private static func checkedLog(
    _ path: String, _ demands: LedgerDemands, _ witnesses: [NoteKey]
  ) throws(Failure) -> [String] {
    let key = try demands.key.map { text throws(Failure) in
      try LedgerDemands.noteKey(text, "key", use: .log)
    }
    do {
      let known = try demands.kept.map { file throws(LedgerError) in
        try checkpoint(in: file)
      }
      let selfSigned = key == nil ? try Ledger.selfSigned(at: path).key : nil
      guard let trusted = key ?? selfSigned else { preconditionFailure("one of the two is there") }
      let ledger = try Ledger(at: path, key: trusted, known: known?.checkpoint)
      try known?.verify(by: ledger.firstKey)
      let entries = try ledger.verify()
      let cosignatures = try ledger.head.verify(
        cosignedBy: demands.witnessesNeeded, of: witnesses)
      var lines = [
        "\(entries.count.grouped) \(entries.count == 1 ? "entry" : "entries"), every one in the tree",
        "signed by the key that \(words(for: ledger, known: key))",
      ]
      if !witnesses.isEmpty { lines.append(words(for: cosignatures.count, of: witnesses.count)) }
      if let known {
        lines.append(
          "grows from the copy kept at \(known.checkpoint.size.grouped): nothing was changed or removed"
        )
      }
      return lines
    } catch { throw Failure(error) }
  }

  /// What the key that signed is to the one that was known.
  private static func words(for ledger: Ledger, known: NoteKey?) -> String {
    let named = known == nil ? "its first entry names" : "was given"
    guard ledger.key != known ?? ledger.firstKey, let last = ledger.handovers.last else {
      return named
    }
    return "took over from the one that \(named), at entry \(last.place)"
  }

  /// Checks a proof that brings its entry along.
  private static func checkedProof(
    _ path: String, _ demands: LedgerDemands, _ witnesses: [NoteKey]
  ) throws(Failure) -> [String] {
    guard let text = demands.key else {
      throw Failure(
        "U018", "a proof is checked with the key of its log", help: "write `--key KEY`",
        status: .wrongCommandLine)
    }
    let key = try LedgerDemands.noteKey(text, "key", use: .log)
    do throws(LedgerError) {
      let proof = try LogProof(parsing: try read(path))
      guard let bytes = proof.extra, let entry = LedgerEntry(parsing: bytes) else {
        throw LedgerError.malformed(.proof)
      }
      let cosignatures = try proof.verify(
        bytes, by: key, cosignedBy: demands.witnessesNeeded, of: witnesses)
      let size = proof.checkpoint.checkpoint.size
      var lines = [
        "entry \(proof.inclusion.index) is in the log of \(size.grouped): \(entry.event.sentence)",
        "signed by the key that was given",
      ]
      if !witnesses.isEmpty { lines.append(words(for: cosignatures.count, of: witnesses.count)) }
      return lines
    } catch { throw Failure(error) }
  }

  private static func words(for count: Int, of all: Int) -> String {
    "cosigned by \(count) of \(all) \(all == 1 ? "witness" : "witnesses")"
  }

  private static func checkpoint(in path: String) throws(LedgerError) -> SignedCheckpoint {
    try SignedCheckpoint(parsing: try read(path))
  }

  private static func read(_ path: String) throws(LedgerError) -> [UInt8] {
    do { return try Files.read(path, limitBytes: LogProof.limitBytes) } catch {
      throw .file(error)
    }
  }
}

/// Files that a log gives to others.
public enum LedgerProofs {
  /// The proof that an entry is in a log, with the entry in it, to be checked offline.
  ///
  /// - Throws: A ``Failure``; `V003` where the log has no such entry.
  public static func inclusion(of index: Int, in path: String) throws(Failure) -> [UInt8] {
    do {
      let ledger = try Ledger.selfSigned(at: LedgerPlace.folder(path)).0
      guard index < ledger.count else {
        throw Failure(
          "V003", "the log has no entry \(index): it has \(ledger.count.grouped)",
          help: "carrel ledger show lists them", status: .wrongCommandLine)
      }
      let proof = try ledger.proof(of: index)
      let entry = try ledger.entry(at: index)
      return LogProof(
        inclusion: proof.inclusion, checkpoint: proof.checkpoint, extra: entry.bytes
      ).bytes
    } catch let error as LedgerError {
      throw Failure(error)
    } catch let failure as Failure {
      throw failure
    } catch {
      preconditionFailure("a log fails in ways that are known")
    }
  }

  /// What a witness needs to see that a log only grew since it last saw it.
  ///
  /// - Throws: A ``Failure``.
  public static func growth(since size: Int, of path: String) throws(Failure) -> [UInt8] {
    do {
      let ledger = try Ledger.selfSigned(at: LedgerPlace.folder(path)).0
      return try ledger.witnessRequest(since: size).bytes
    } catch { throw Failure(error) }
  }

  /// Writes a proof to a file that does not exist yet.
  ///
  /// - Throws: A ``Failure``.
  public static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
    try Failure.refuseExisting(path)
    do { try Files.write(bytes, to: path, access: .everyone) } catch { throw Failure(error) }
  }
}

extension Failure {
  /// Keeps a file that is there from being written over.
  static func refuseExisting(_ path: String) throws(Failure) {
    if Files.exists(path) {
      throw Failure(
        FileError(.write, path, .alreadyExists), help: "name a file that does not exist yet")
    }
  }
}
