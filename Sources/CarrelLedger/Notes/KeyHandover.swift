internal import CarrelCrypto

/// A log's key handing over to the next, as the log's checkpoints say it from then on.
///
/// Both keys sign the texts of both and the place of the entry that tells of it. It stands among the
/// signatures under a checkpoint, as a line of the old key of a type of its own, which whoever does
/// not know the type passes over. Whoever knows the old key follows to the new one, and does not
/// believe the old one any more. Source of the form: C2SP signed-note, type 0xff.
public struct KeyHandover: Hashable, Sendable {
  /// The key that signed checkpoints of at most ``place`` entries.
  public let old: NoteKey
  /// The key that signs all larger ones.
  public let new: NoteKey
  /// The place of the entry that tells of it, the first that the new key signs.
  public let place: Int
  private let oldSignature: [UInt8]
  private let newSignature: [UInt8]

  /// Whose key an entry says to have changed, where it is the log's own.
  public static let holder = "ledger"
  /// The most exchanges of one log, so that lines of witnesses have room beside theirs.
  static let limit = 32

  private static let lineType = [0xFF] + Array("carrel/handover/v1\n".utf8)
  private static let placeByteCount = 8
  private static let byteCount =
    2 * VerifyingKey.byteCount + placeByteCount + 2 * VerifyingKey.signatureByteCount

  /// A handover that both keys sign.
  init(from old: NoteSigner, to new: NoteSigner, at place: Int) {
    precondition(old.key.name == new.key.name && place > 0, "a log keeps its name and beginning")
    (self.old, self.new, self.place) = (old.key, new.key, place)
    let message = Self.message(old.key, new.key, place)
    oldSignature = old.signature(of: message)
    newSignature = new.signature(of: message)
  }

  /// What the log tells of it.
  public var event: LedgerEvent {
    .keyChanged(holder: Self.holder, old: old.key.fingerprint, new: new.key.fingerprint)
  }

  /// Whether both keys signed it.
  var holds: Bool {
    let message = Self.message(old, new, place)
    return old.key.isSignature(oldSignature, of: message)
      && new.key.isSignature(newSignature, of: message)
  }

  private static func message(_ old: NoteKey, _ new: NoteKey, _ place: Int) -> [UInt8] {
    Array("carrel/ledger/handover/v1\n\(old.name)\n\(place)\n\(old.text)\n\(new.text)\n".utf8)
  }
}

// MARK: As a signature line

extension KeyHandover {
  /// The line, as it stands under a checkpoint.
  var line: SignedNote.Signature {
    let placeBytes = (0..<Self.placeByteCount).reversed().map { UInt8(place >> (8 * $0) & 0xFF) }
    return .init(
      name: old.name, id: Self.lineID(of: old),
      bytes: old.key.bytes + new.key.bytes + placeBytes + oldSignature + newSignature)
  }

  /// Reads a line that says to be a handover, whether it holds or not; `nil` for any other.
  init?(line: SignedNote.Signature) {
    var rest = line.bytes[...]
    func take(_ count: Int) -> [UInt8] {
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    guard line.bytes.count == Self.byteCount,
      let oldKey = VerifyingKey(bytes: take(VerifyingKey.byteCount)),
      let newKey = VerifyingKey(bytes: take(VerifyingKey.byteCount)),
      let old = NoteKey(name: line.name, use: .log, key: oldKey),
      let new = NoteKey(name: line.name, use: .log, key: newKey), line.id == Self.lineID(of: old)
    else { return nil }
    let place = take(Self.placeByteCount)
    guard place[0] < 0x80 else { return nil }
    (self.old, self.new) = (old, new)
    self.place = place.reduce(0) { $0 << 8 | Int($1) }
    oldSignature = take(VerifyingKey.signatureByteCount)
    newSignature = take(VerifyingKey.signatureByteCount)
  }

  private static func lineID(of old: NoteKey) -> [UInt8] {
    let text = Array(old.name.utf8) + [0x0A] + lineType + old.key.bytes
    return Array(Digest(of: text).bytes.prefix(NoteKey.idByteCount))
  }
}

// MARK: Under a checkpoint

extension SignedCheckpoint {
  /// Every handover under the checkpoint that speaks of entries it covers, in order.
  ///
  /// - Throws: ``LedgerError/brokenSignature(key:)`` where one does not hold.
  private func handovers() throws(LedgerError) -> [KeyHandover] {
    let found = note.signatures.compactMap { KeyHandover(line: $0) }
      .filter { $0.old.name.utf8.elementsEqual(checkpoint.origin.utf8) }
    guard found.allSatisfy(\.holds) else { throw .brokenSignature(key: checkpoint.origin) }
    return found.filter { (1..<checkpoint.size).contains($0.place) }.sorted { $0.place < $1.place }
  }

  /// The key that a known key handed over to, at once or by way of others; itself where it did not.
  ///
  /// - Throws: ``LedgerError/brokenSignature(key:)``.
  public func successor(of key: NoteKey) throws(LedgerError) -> NoteKey {
    var key = key
    // Places grow, so that no ring of keys leads round.
    for handover in try handovers() where handover.old == key { key = handover.new }
    return key
  }

  /// The handovers that lead to a key, in order.
  ///
  /// - Throws: ``LedgerError/brokenSignature(key:)``.
  public func handovers(to key: NoteKey) throws(LedgerError) -> [KeyHandover] {
    var chain: [KeyHandover] = []
    for handover in try handovers().reversed() where handover.new == (chain.last?.old ?? key) {
      chain.append(handover)
    }
    return chain.reversed()
  }
}
