internal import CarrelCrypto

/// Makes digests of keys under a key that is forgotten with the load.
final class KeyHasher {
  /// How many bytes a digest has.
  static let byteCount = 16

  private var authenticator: MessageAuthenticator

  init() throws(CryptoError) {
    authenticator = MessageAuthenticator(key: try SecretKey(randomByteCount: 32))
  }

  /// A digest of the values, equal for equal values; `nil` where one is missing.
  func digest(of parts: [ArraySlice<UInt8>?]) -> ArraySlice<UInt8>? {
    var message: [UInt8] = []
    for part in parts {
      guard let bytes = part else { return nil }
      withUnsafeBytes(of: bytes.count.littleEndian) { message.append(contentsOf: $0) }
      message += bytes
    }
    return authenticator.tag(of: message).prefix(Self.byteCount)
  }
}
