internal import CarrelCrypto
internal import CarrelJSON

/// One entry of a log: what happened, when, and who did it.
///
/// Its bytes are canonical JSON, at most 65,535 of them: one entry has one text, and each has a nonce
/// of 128 random bits, because a proof shows the hash of a neighbour, which could be guessed without.
public struct LedgerEntry: Hashable, Sendable {
  /// What happened.
  public let event: LedgerEvent
  /// When; never before the entry that precedes it.
  public let time: LedgerTime
  /// A pseudonym of who did it, where somebody did.
  public let actor: String?
  /// 16 random bytes.
  public let nonce: [UInt8]

  static let format = 1
  static let nonceByteCount = 16

  /// An entry with a nonce of its own.
  ///
  /// - Throws: ``LedgerError/crypto(_:)`` where the kernel gives no random bytes.
  init(_ event: LedgerEvent, at time: LedgerTime, by actor: String?) throws(LedgerError) {
    let bare = Self.bytes(event, time, actor, nonce: [])
    do {
      nonce = try CarrelCrypto.nonce(byteCount: Self.nonceByteCount, mixedWith: bare)
    } catch { throw .crypto(error) }
    self.event = event
    self.time = time
    self.actor = actor
  }

  /// Reads an entry; `nil` for bytes that are not exactly one.
  public init?(parsing bytes: [UInt8]) {
    guard bytes.count <= EntryBundle.entryLimitBytes, let object = JSON(canonical: bytes),
      object["carrel"]?.integer == Self.format
    else { return nil }
    let members = EntryMembers(object: object)
    guard let kind = members["kind"].flatMap({ LedgerEvent.Kind(rawValue: $0) }),
      let event = LedgerEvent(kind: kind, members: members),
      let time = members["time"].flatMap({ LedgerTime($0) }),
      let nonce = members["nonce"].flatMap({ Hexadecimal.bytes(of: $0) }),
      nonce.count == Self.nonceByteCount
    else { return nil }
    self.event = event
    self.time = time
    self.actor = members["actor"]
    self.nonce = nonce
    // A member that means nothing here, or has another form, is missing from these bytes.
    guard self.bytes == bytes else { return nil }
  }

  /// The bytes that the tree is made over.
  public var bytes: [UInt8] { Self.bytes(event, time, actor, nonce: nonce) }

  /// The hash of the entry as a leaf.
  public var leaf: Digest { .leaf(bytes) }

  private static func bytes(
    _ event: LedgerEvent, _ time: LedgerTime, _ actor: String?, nonce: [UInt8]
  ) -> [UInt8] {
    var members: [JSON.Member] = [
      .init("carrel", .integer(format)), .init("kind", .string(event.kind.rawValue)),
      .init("time", .string(time.description)),
      .init("nonce", .string(Hexadecimal.text(of: nonce))),
    ]
    members += event.members.map { .init($0.name, .string($0.text)) }
    if let actor { members.append(.init("actor", .string(actor))) }
    guard let bytes = JSON.object(members).canonicalBytes() else {
      preconditionFailure("an entry has texts under ASCII names")
    }
    return bytes
  }
}
