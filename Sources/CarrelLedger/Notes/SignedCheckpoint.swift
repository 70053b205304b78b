internal import CarrelCrypto

/// A checkpoint with the signatures below it: its log's, and its witnesses'.
public struct SignedCheckpoint: Hashable, Sendable {
  /// What is signed, none of it to be believed before ``verify(by:)``.
  public let checkpoint: Checkpoint
  private(set) var note: SignedNote

  /// The most bytes of a checkpoint with its signatures.
  public static let limitBytes = SignedNote.limitBytes

  /// Reads a checkpoint without believing it.
  ///
  /// - Throws: ``LedgerError/malformed(_:)``.
  public init(parsing bytes: [UInt8]) throws(LedgerError) {
    guard let note = SignedNote(bytes), let checkpoint = Checkpoint(text: note.text) else {
      throw .malformed(.checkpoint)
    }
    self.note = note
    self.checkpoint = checkpoint
  }

  /// A checkpoint signed by its log, with the handovers that led to the key.
  package init(
    _ checkpoint: Checkpoint, signedBy signer: NoteSigner, after handovers: [KeyHandover] = []
  ) {
    precondition(signer.key.use == .log, "a log's key signs a log's checkpoints")
    self.checkpoint = checkpoint
    let signature = signer.signature(of: Array(checkpoint.text.utf8))
    note = SignedNote(
      text: checkpoint.text,
      signatures: [.init(name: signer.key.name, id: signer.key.id, bytes: signature)]
        + handovers.map(\.line))
  }

  /// The bytes of the file `checkpoint`.
  public var bytes: [UInt8] { note.bytes }

  /// Believes the checkpoint, or says why not: it must be the key's log and carry its signature, or
  /// that of the key that it handed over to.
  ///
  /// Signatures of other keys are passed over, as the format asks.
  ///
  /// - Returns: The key that signed.
  /// - Throws: ``LedgerError/otherLog(expected:found:)``, ``LedgerError/unsigned`` or
  ///   ``LedgerError/brokenSignature(key:)``.
  @discardableResult
  public func verify(by known: NoteKey) throws(LedgerError) -> NoteKey {
    guard checkpoint.origin.utf8.elementsEqual(known.name.utf8) else {
      throw .otherLog(expected: known.name, found: checkpoint.origin)
    }
    let key = try successor(of: known)
    guard key.use == .log, let signature = note.signatures.first(where: { $0.isBy(key) }) else {
      throw .unsigned
    }
    guard key.key.isSignature(signature.bytes, of: Array(note.text.utf8)) else {
      throw .brokenSignature(key: key.name)
    }
    return key
  }
}

/// What a witness says of a log: at this time, this was the largest tree it knew of it, and it grew
/// from every one before.
public struct Cosignature: Hashable, Sendable {
  /// The witness.
  public let witness: NoteKey
  /// When it said so.
  public let time: LedgerTime
}

extension SignedCheckpoint {
  /// The cosignatures of these witnesses, one each, in the order of the witnesses.
  ///
  /// Those of others are passed over. Whoever stands in the list twice, under one name or one key,
  /// counts once.
  ///
  /// - Throws: ``LedgerError/brokenSignature(key:)`` where one of theirs does not hold.
  public func cosignatures(of witnesses: [NoteKey]) throws(LedgerError) -> [Cosignature] {
    var found: [Cosignature] = []
    for witness in witnesses where witness.use == .witness {
      guard let signature = note.signatures.first(where: { $0.isBy(witness) }) else { continue }
      guard let time = CosignedMessage.time(of: signature.bytes) else {
        throw .brokenSignature(key: witness.name)
      }
      let message = CosignedMessage.bytes(time: time, text: note.text)
      guard
        witness.key.isSignature(
          Array(signature.bytes.dropFirst(CosignedMessage.timeByteCount)), of: message)
      else { throw .brokenSignature(key: witness.name) }
      let isCounted = found.contains {
        $0.witness.name == witness.name || $0.witness.key == witness.key
      }
      if !isCounted { found.append(Cosignature(witness: witness, time: time)) }
    }
    return found
  }

  /// Requires the cosignatures of so many of these witnesses.
  ///
  /// - Throws: ``LedgerError/tooFewWitnesses(found:needed:)``, or as ``cosignatures(of:)``.
  @discardableResult
  public func verify(
    cosignedBy needed: Int, of witnesses: [NoteKey]
  ) throws(LedgerError) -> [Cosignature] {
    let found = try cosignatures(of: witnesses)
    guard found.count >= needed else {
      throw .tooFewWitnesses(found: found.count, needed: needed)
    }
    return found
  }

  /// A witness's signature line for this checkpoint; whoever asks has checked that it may be signed.
  func cosignatureLine(by witness: NoteSigner, at time: LedgerTime) -> [UInt8] {
    let signature = witness.signature(of: CosignedMessage.bytes(time: time, text: note.text))
    let line = SignedNote.Signature(
      name: witness.key.name, id: witness.key.id,
      bytes: CosignedMessage.bytes(of: time) + signature
    ).line
    return Array(line.utf8)
  }

  /// The checkpoint with a witness's line added, in place of an earlier one of the same witness.
  ///
  /// - Throws: ``LedgerError/malformed(_:)``; ``LedgerError/unsigned`` where the line is not the
  ///   witness's; ``LedgerError/brokenSignature(key:)`` where it is for another checkpoint.
  public func adding(
    cosignatureLine line: [UInt8], of witness: NoteKey
  ) throws(LedgerError) -> SignedCheckpoint {
    guard let read = SignedNote(Array(note.text.utf8) + [0x0A] + line),
      read.signatures.count == 1, let signature = read.signatures.first
    else { throw .malformed(.checkpoint) }
    guard signature.isBy(witness), witness.use == .witness else { throw .unsigned }
    var cosigned = self
    cosigned.note.signatures.removeAll { $0.isBy(witness) }
    guard cosigned.note.signatures.count < SignedNote.signatureLimit else {
      throw .malformed(.checkpoint)
    }
    cosigned.note.signatures.append(signature)
    _ = try cosigned.cosignatures(of: [witness])
    return cosigned
  }
}

/// What a witness signs (C2SP tlog-cosignature, the message for Ed25519).
enum CosignedMessage {
  static let timeByteCount = 8

  static func bytes(time: LedgerTime, text: String) -> [UInt8] {
    Array("cosignature/v1\ntime \(time.secondsSince1970)\n\(text)".utf8)
  }

  static func bytes(of time: LedgerTime) -> [UInt8] {
    (0..<timeByteCount).reversed().map { UInt8(time.secondsSince1970 >> (8 * $0) & 0xFF) }
  }

  /// The time that stands before a signature; `nil` where the two are not of the right length.
  static func time(of bytes: [UInt8]) -> LedgerTime? {
    guard bytes.count == timeByteCount + VerifyingKey.signatureByteCount, bytes[0] < 0x80 else {
      return nil
    }
    return LedgerTime(
      secondsSince1970: bytes.prefix(timeByteCount).reduce(0) { $0 << 8 | Int($1) })
  }
}
