internal import COpenSSL

/// HMAC-SHA-256 under one key, for many messages.
///
/// The keyed context is made once and started again for each message, which costs well under a
/// microsecond; making it anew costs several. Source: RFC 2104 and FIPS 198-1.
public struct MessageAuthenticator: ~Copyable {
  /// How many bytes a tag has.
  public static let tagByteCount = 32

  private let context: OpaquePointer

  /// An authenticator under this key, which must not be empty.
  public init(key: SecretKey) {
    precondition(key.byteCount > 0, "a key is not empty")
    let algorithm = EVP_MAC_fetch(nil, "HMAC", nil)
    defer { EVP_MAC_free(algorithm) }
    guard let context = EVP_MAC_CTX_new(algorithm) else {
      preconditionFailure("libcrypto offers HMAC")
    }
    self.context = context
    precondition(Self.start(context, key: key) == 1, "libcrypto offers HMAC with SHA-256")
  }

  deinit { EVP_MAC_CTX_free(context) }

  private static func start(_ context: OpaquePointer, key: SecretKey) -> CInt {
    var digestName = Array("SHA256".utf8CString)
    return digestName.withUnsafeMutableBufferPointer { name in
      let parameters = [
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.baseAddress, 0),
        OSSL_PARAM_construct_end(),
      ]
      return key.withUnsafeBytes { bytes in
        EVP_MAC_init(
          context, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count, parameters)
      }
    }
  }

  /// The tag of one message, 32 bytes.
  public mutating func tag(of message: RawSpan) -> [UInt8] {
    // A nil key keeps the key and starts a new message.
    precondition(EVP_MAC_init(context, nil, 0, nil) == 1, "a keyed context starts again")
    let updated = message.withUnsafeBytes { bytes in
      EVP_MAC_update(
        context, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
    }
    precondition(updated == 1, "a started context takes bytes")
    return [UInt8](unsafeUninitializedCapacity: Self.tagByteCount) { buffer, count in
      let finished = EVP_MAC_final(context, buffer.baseAddress, &count, buffer.count)
      precondition(finished == 1 && count == Self.tagByteCount, "an HMAC-SHA-256 tag has 32 bytes")
    }
  }

  /// The tag of one message, 32 bytes.
  public mutating func tag(of message: [UInt8]) -> [UInt8] {
    tag(of: message.span.bytes)
  }

  /// Whether this is the tag of the message, decided in time that tells nothing of the tag.
  public mutating func isTag(_ candidate: [UInt8], of message: [UInt8]) -> Bool {
    constantTimeEqual(candidate, tag(of: message))
  }
}

/// Whether two byte strings are the same, in time that depends on their lengths alone.
public func constantTimeEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
  left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
}
