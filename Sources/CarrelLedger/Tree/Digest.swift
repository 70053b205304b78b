internal import CarrelCrypto

/// A SHA-256 digest, 32 bytes.
public struct Digest: Hashable, Sendable {
  /// The 32 bytes.
  public let bytes: [UInt8]

  /// How many bytes a digest has.
  public static let byteCount = 32

  /// A digest of these bytes; `nil` for any number but 32.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    self.bytes = Array(bytes)
  }

  /// A digest written as 64 hexadecimal digits in lower case; `nil` for any other text.
  public init?(hexadecimal text: String) {
    guard let bytes = Hexadecimal.bytes(of: text), Hexadecimal.text(of: bytes) == text else {
      return nil
    }
    self.init(bytes: bytes)
  }

  /// A digest written in base 64; `nil` for any other text.
  public init?(base64 text: some StringProtocol) {
    guard let bytes = Base64.bytes(of: text) else { return nil }
    self.init(bytes: bytes)
  }

  /// The digest of these bytes.
  public init(of bytes: [UInt8]) {
    self.bytes = HashFunction.sha256.digest(of: bytes)
  }

  /// 64 hexadecimal digits in lower case.
  public var hexadecimal: String { Hexadecimal.text(of: bytes) }

  /// 44 characters of base 64.
  public var base64: String { Base64.text(of: bytes) }
}
