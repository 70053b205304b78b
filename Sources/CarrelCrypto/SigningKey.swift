internal import COpenSSL

/// An Ed25519 private key: what a person, a site or a witness signs with.
///
/// The key lives in libcrypto's memory, which overwrites it when it is let go. It never changes
/// after creation, which is what makes sharing it between tasks safe. Source: RFC 8032.
public final class SigningKey: @unchecked Sendable {
  private let key: OpaquePointer
  /// The public half.
  public let verifyingKey: VerifyingKey

  /// How many bytes a seed has.
  public static let seedByteCount = 32

  /// A new key from the kernel's random bytes.
  ///
  /// - Throws: ``CryptoError/noRandomBytes``.
  public convenience init() throws(CryptoError) {
    let seed = try SecretKey(randomByteCount: Self.seedByteCount)
    guard let key = Self.imported(seed) else { throw .notASigningKey }
    try self.init(owning: key)
  }

  /// The key of a seed, the 32 secret bytes of RFC 8032.
  ///
  /// - Throws: ``CryptoError/notASigningKey`` for another length.
  public convenience init(seed: SecretKey) throws(CryptoError) {
    guard seed.byteCount == Self.seedByteCount, let key = Self.imported(seed) else {
      throw .notASigningKey
    }
    try self.init(owning: key)
  }

  /// Reads a private key in PKCS #8 PEM, encrypted or not.
  ///
  /// - Parameters:
  ///   - pem: The text of the file.
  ///   - passphrase: What opens it; not used where the key is not encrypted.
  /// - Throws: ``CryptoError/notASigningKey``, also for a key of another kind;
  ///   ``CryptoError/passphraseNeeded`` or ``CryptoError/wrongPassphrase`` for an encrypted one.
  public convenience init(pem: [UInt8], passphrase: [UInt8]? = nil) throws(CryptoError) {
    guard pem.count <= Self.pemLimitBytes, let input = BIO_new_mem_buf(pem, CInt(pem.count)) else {
      throw .notASigningKey
    }
    defer { BIO_free(input) }
    let isEncrypted = String(decoding: pem, as: UTF8.self).contains("BEGIN ENCRYPTED PRIVATE KEY")
    if isEncrypted, passphrase == nil { throw .passphraseNeeded }
    // With a callback of its own libcrypto never asks at the terminal.
    var answer = passphrase ?? []
    let key = answer.withUnsafeMutableBytes { buffer in
      withUnsafePointer(to: UnsafeRawBufferPointer(buffer)) { passphrase in
        PEM_read_bio_PrivateKey(
          input, nil, answerPassphrase, UnsafeMutableRawPointer(mutating: passphrase))
      }
    }
    guard let key else {
      ERR_clear_error()
      throw isEncrypted ? .wrongPassphrase : .notASigningKey
    }
    try self.init(owning: key)
  }

  /// Takes over a key of libcrypto's, which is freed also where it is of another kind.
  private init(owning key: OpaquePointer) throws(CryptoError) {
    self.key = key
    guard EVP_PKEY_is_a(key, "ED25519") == 1, let bytes = Self.publicBytes(of: key),
      let verifyingKey = VerifyingKey(bytes: bytes)
    else {
      EVP_PKEY_free(key)
      throw .notASigningKey
    }
    self.verifyingKey = verifyingKey
  }

  deinit { EVP_PKEY_free(key) }

  /// The signature of a message, 64 bytes; the same message always gives the same.
  public func signature(of message: [UInt8]) -> [UInt8] {
    let context = EVP_MD_CTX_new()
    defer { EVP_MD_CTX_free(context) }
    let started = EVP_DigestSignInit(context, nil, nil, nil, key)
    precondition(started == 1, "libcrypto signs with Ed25519")
    return [UInt8](unsafeUninitializedCapacity: VerifyingKey.signatureByteCount) { buffer, count in
      count = buffer.count
      let signed = EVP_DigestSign(context, buffer.baseAddress, &count, message, message.count)
      precondition(
        signed == 1 && count == VerifyingKey.signatureByteCount,
        "an Ed25519 signature has 64 bytes")
    }
  }
}

// MARK: libcrypto's keys

extension SigningKey {
  private static let pemLimitBytes = 1 << 14

  private static func imported(_ seed: SecretKey) -> OpaquePointer? {
    seed.withUnsafeBytes { bytes in
      EVP_PKEY_new_raw_private_key(
        EVP_PKEY_ED25519, nil, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
    }
  }

  private static func publicBytes(of key: OpaquePointer) -> [UInt8]? {
    var count = VerifyingKey.byteCount
    var bytes = [UInt8](repeating: 0, count: count)
    guard EVP_PKEY_get_raw_public_key(key, &bytes, &count) == 1 else { return nil }
    return bytes
  }

  /// The key in PKCS #8 PEM, encrypted where there is a passphrase.
  ///
  /// Encryption is PBES2 (RFC 8018) with AES-256 and scrypt (RFC 7914: N = 2¹⁴, r = 8, p = 5), which
  /// `openssl pkey` opens.
  ///
  /// - Throws: ``CryptoError/noRandomBytes`` where there is no salt to be had.
  public func pem(passphrase: [UInt8]? = nil) throws(CryptoError) -> [UInt8] {
    let plain = EVP_PKEY2PKCS8(key)
    defer { PKCS8_PRIV_KEY_INFO_free(plain) }
    let output = BIO_new(BIO_s_secmem())
    defer { BIO_free(output) }
    if let passphrase {
      let sealed = try Self.sealed(plain, passphrase)
      defer { X509_SIG_free(sealed) }
      precondition(PEM_write_bio_PKCS8(output, sealed) == 1, "memory takes a key")
    } else {
      precondition(PEM_write_bio_PKCS8_PRIV_KEY_INFO(output, plain) == 1, "memory takes a key")
    }
    return [UInt8](unsafeUninitializedCapacity: Self.pemLimitBytes) { buffer, count in
      count = Int(max(0, BIO_read(output, buffer.baseAddress, CInt(buffer.count))))
    }
  }

  private static func sealed(
    _ plain: OpaquePointer?, _ passphrase: [UInt8]
  ) throws(CryptoError) -> OpaquePointer? {
    var salt = try randomBytes(count: 16)
    var start = try randomBytes(count: 16)
    let scheme = PKCS5_pbe2_set_scrypt(
      EVP_aes_256_cbc(), &salt, CInt(salt.count), &start, 1 << 14, 8, 5)
    let sealed = passphrase.withUnsafeBytes { bytes in
      PKCS8_set0_pbe(
        bytes.baseAddress?.assumingMemoryBound(to: CChar.self), CInt(bytes.count), plain, scheme)
    }
    precondition(sealed != nil, "libcrypto offers PBES2 with scrypt and AES-256")
    return sealed
  }
}

/// Hands libcrypto the passphrase that its caller put behind the pointer.
private func answerPassphrase(
  _ target: UnsafeMutablePointer<CChar>?, _ capacity: CInt, _ isForWriting: CInt,
  _ passphrase: UnsafeMutableRawPointer?
) -> CInt {
  guard let target,
    let bytes = passphrase?.assumingMemoryBound(to: UnsafeRawBufferPointer.self).pointee,
    bytes.count <= Int(capacity)
  else { return -1 }
  UnsafeMutableRawBufferPointer(start: target, count: bytes.count).copyMemory(from: bytes)
  return CInt(bytes.count)
}
