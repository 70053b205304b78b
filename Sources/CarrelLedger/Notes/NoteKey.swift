public import CarrelCrypto

/// A public key under a name, as notes know it: `example.org/log+598ab661+AddamAG…`.
///
/// Source: C2SP signed-note.
public struct NoteKey: Hashable, Sendable {
  /// The name: not empty, without spaces, `+` or control characters.
  public let name: String
  /// What the key signs.
  public let use: Use
  /// The key.
  public let key: VerifyingKey

  /// What a key signs, by the byte that stands for it in the key's text and id.
  public enum Use: UInt8, Hashable, Sendable, CaseIterable {
    /// Checkpoints of a log.
    case log = 0x01
    /// Checkpoints of logs of others, as their witness (C2SP tlog-cosignature).
    case witness = 0x04
  }

  /// A key under a name; `nil` where notes do not allow the name.
  public init?(name: String, use: Use, key: VerifyingKey) {
    guard Self.isName(name) else { return nil }
    self.name = name
    self.use = use
    self.key = key
  }

  /// Reads a key's text; `nil` for any other text, and where the id is not the key's.
  public init?(text: String) {
    let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let bytes = Base64.bytes(of: parts[2]), let first = bytes.first,
      let use = Use(rawValue: first), let key = VerifyingKey(bytes: Array(bytes.dropFirst()))
    else { return nil }
    self.init(name: String(parts[0]), use: use, key: key)
    guard Hexadecimal.text(of: id) == parts[1] else { return nil }
  }

  /// The key's text.
  public var text: String {
    "\(name)+\(Hexadecimal.text(of: id))+\(Base64.text(of: [use.rawValue] + key.bytes))"
  }

  /// What tells keys of one name apart in a signature line, 4 bytes; no proof of anything.
  public var id: [UInt8] {
    let text = Array(name.utf8) + [0x0A, use.rawValue] + key.bytes
    return Array(Digest(of: text).bytes.prefix(Self.idByteCount))
  }

  static let idByteCount = 4

  /// Whether notes allow a name: printable, without any space or `+`.
  static func isName(_ name: some StringProtocol) -> Bool {
    !name.isEmpty
      && name.unicodeScalars.allSatisfy { scalar in
        !scalar.properties.isWhitespace && scalar != "+"
          && scalar.properties.generalCategory != .control
      }
  }
}

/// A private key under a name.
public struct NoteSigner: Sendable {
  /// The public half, under its name.
  public let key: NoteKey
  private let signingKey: SigningKey

  /// A signer; `nil` where notes do not allow the name.
  public init?(name: String, use: NoteKey.Use, key: SigningKey) {
    guard let noteKey = NoteKey(name: name, use: use, key: key.verifyingKey) else { return nil }
    self.key = noteKey
    signingKey = key
  }

  func signature(of message: [UInt8]) -> [UInt8] { signingKey.signature(of: message) }

  /// The statement in an envelope that this key has signed, such as what a site says of a release.
  public func envelope(of statement: InTotoStatement) -> Envelope {
    var envelope = statement.envelope
    envelope.sign(with: signingKey)
    return envelope
  }
}
