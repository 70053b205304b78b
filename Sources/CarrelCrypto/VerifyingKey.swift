internal import COpenSSL

/// An Ed25519 public key: what a signature is checked with.
///
/// Source: RFC 8032; the PEM and the fingerprint are over the SubjectPublicKeyInfo of RFC 8410.
public struct VerifyingKey: Hashable, Sendable {
  /// The key, 32 bytes.
  public let bytes: [UInt8]

  /// How many bytes a key has.
  public static let byteCount = 32
  /// How many bytes a signature has.
  public static let signatureByteCount = 64

  /// What stands before the 32 bytes in DER: a sequence of the algorithm's name and a bit string.
  private static let prefix: [UInt8] = [
    0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00,
  ]
  private static let label = ("-----BEGIN PUBLIC KEY-----", "-----END PUBLIC KEY-----")

  /// A key of these 32 bytes; `nil` for another length, and where libcrypto takes them for no key.
  public init?(bytes: [UInt8]) {
    guard bytes.count == Self.byteCount, let key = Self.imported(bytes) else { return nil }
    EVP_PKEY_free(key)
    self.bytes = bytes
  }

  /// Reads a public key in PEM; `nil` for anything else.
  public init?(pem: String) {
    let lines = pem.split(whereSeparator: \.isNewline).map(String.init)
    guard lines.count == 3, lines[0] == Self.label.0, lines[2] == Self.label.1,
      let der = Base64.bytes(of: lines[1]), der.starts(with: Self.prefix)
    else { return nil }
    self.init(bytes: Array(der.dropFirst(Self.prefix.count)))
  }

  /// The key in PEM, with a line feed at its end.
  public var pem: String {
    "\(Self.label.0)\n\(Base64.text(of: Self.prefix + bytes))\n\(Self.label.1)\n"
  }

  /// SHA-256 of the key in DER, in hexadecimal, as
  /// `openssl pkey -pubin -outform DER | sha256sum` computes it.
  public var fingerprint: String {
    Hexadecimal.text(of: HashFunction.sha256.digest(of: Self.prefix + bytes))
  }

  /// Whether these 64 bytes are a signature of the message under this key.
  public func isSignature(_ signature: [UInt8], of message: [UInt8]) -> Bool {
    guard signature.count == Self.signatureByteCount, let key = Self.imported(bytes) else {
      return false
    }
    defer { EVP_PKEY_free(key) }
    let context = EVP_MD_CTX_new()
    defer { EVP_MD_CTX_free(context) }
    guard EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1 else { return false }
    return EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
  }

  private static func imported(_ bytes: [UInt8]) -> OpaquePointer? {
    EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count)
  }
}
