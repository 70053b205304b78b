internal import COpenSSL

extension SecretKey {
  /// A key for one purpose, made from this one by HKDF with SHA-256.
  ///
  /// - Parameters:
  ///   - purpose: What the key is for; different purposes give unrelated keys.
  ///   - salt: Bytes that need not be secret; empty where there are none.
  ///   - byteCount: Length of the key, at most 8,160.
  /// - Returns: A key of that length, the same for the same purpose and salt.
  ///
  /// Source: RFC 5869, both steps.
  public func derived(
    for purpose: [UInt8], salt: [UInt8] = [], byteCount: Int = 32
  ) -> SecretKey {
    let context = EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, nil)
    defer { EVP_PKEY_CTX_free(context) }
    let configured = withUnsafeBytes { key in
      EVP_PKEY_derive_init(context) == 1
        && EVP_PKEY_CTX_set_hkdf_md(context, EVP_sha256()) == 1
        && EVP_PKEY_CTX_set1_hkdf_salt(context, salt, CInt(salt.count)) == 1
        && EVP_PKEY_CTX_set1_hkdf_key(
          context, key.baseAddress?.assumingMemoryBound(to: UInt8.self), CInt(key.count)) == 1
        && EVP_PKEY_CTX_add1_hkdf_info(context, purpose, CInt(purpose.count)) == 1
    }
    precondition(configured, "libcrypto offers HKDF with SHA-256")
    var bytes = [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
      count = buffer.count
      let derived = EVP_PKEY_derive(context, buffer.baseAddress, &count)
      precondition(derived == 1 && count == byteCount, "HKDF gives as many bytes as were asked")
    }
    return SecretKey(absorbing: &bytes)
  }

  /// A key for one purpose, named in words, made from this one by HKDF with SHA-256.
  public func derived(for purpose: String) -> SecretKey {
    derived(for: Array(purpose.utf8))
  }
}
