internal import CarrelCrypto

/// What a site hands a witness, by post or on a stick: the log's growth since the witness last saw it.
///
/// The text is the body of an `add-checkpoint` request (C2SP tlog-witness).
public struct WitnessRequest: Hashable, Sendable {
  /// The growth, from the size that the witness last cosigned.
  public let consistency: ConsistencyProof
  /// The log as it is now.
  public let checkpoint: SignedCheckpoint

  /// A request of these parts.
  public init(consistency: ConsistencyProof, checkpoint: SignedCheckpoint) {
    self.consistency = consistency
    self.checkpoint = checkpoint
  }

  /// Reads a request without believing it.
  ///
  /// - Throws: ``LedgerError/malformed(_:)``.
  public init(parsing bytes: [UInt8]) throws(LedgerError) {
    guard bytes.count <= LogProof.limitBytes, var lines = ProofLines(bytes),
      let old = lines.next()?.value(after: "old ").flatMap(Decimal.number),
      let path = lines.hashes()
    else { throw .malformed(.request) }
    self.init(
      consistency: ConsistencyProof(oldSize: old, path: path),
      checkpoint: try SignedCheckpoint(parsing: lines.rest))
  }

  /// The bytes of the file.
  public var bytes: [UInt8] {
    let lines = ["old \(consistency.oldSize)"] + consistency.path.map(\.base64)
    return Array((lines.joined(separator: "\n") + "\n\n").utf8) + checkpoint.bytes
  }
}

/// Someone outside a site who sees that its log only grows.
public struct Witness: Sendable {
  private let signer: NoteSigner

  /// A witness with its key.
  public init(signer: NoteSigner) {
    precondition(signer.key.use == .witness, "a witness signs as one")
    self.signer = signer
  }

  /// Cosigns a log that grew from what this witness saw last, or says why not.
  ///
  /// - Parameters:
  ///   - request: What the site handed over.
  ///   - log: The key of the log.
  ///   - known: The checkpoint that this witness cosigned last; `nil` the first time.
  ///   - time: The time, which becomes part of the cosignature.
  /// - Returns: The signature line to hand back. The witness keeps the request's checkpoint, durably,
  ///   before handing it back, and knows it the next time.
  /// - Throws: ``LedgerError``; nothing is signed then.
  public func cosignature(
    for request: WitnessRequest, of log: NoteKey, known: Checkpoint?, at time: LedgerTime
  ) throws(LedgerError) -> [UInt8] {
    try request.checkpoint.verify(by: log)
    let head = request.checkpoint.checkpoint
    let known = known ?? Checkpoint(origin: log.name, size: 0, root: .emptyTree)
    guard known.origin == head.origin else {
      throw .otherLog(expected: known.origin, found: head.origin)
    }
    guard known.size <= head.size else {
      throw .rolledBack(knownSize: known.size, size: head.size)
    }
    guard known.size < head.size || known == head else { throw .forked(knownSize: known.size) }
    guard request.consistency.oldSize == known.size else {
      throw .otherBeginning(asked: request.consistency.oldSize, known: known.size)
    }
    guard
      request.consistency.proves(oldRoot: known.root, beginsTreeOf: head.size, root: head.root)
    else { throw .forked(knownSize: known.size) }
    return request.checkpoint.cosignatureLine(by: signer, at: time)
  }
}
