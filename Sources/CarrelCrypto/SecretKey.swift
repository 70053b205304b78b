internal import COpenSSL

/// Secret bytes, kept in memory of their own that is overwritten when the key is let go.
///
/// The bytes never change after creation, which is what makes sharing a key between tasks safe.
public final class SecretKey: @unchecked Sendable {
  private let storage: UnsafeMutableRawBufferPointer

  /// How many bytes the key has.
  public var byteCount: Int { storage.count }

  /// A key with a copy of these bytes; the array that held them is overwritten with zeros.
  public init(absorbing bytes: inout [UInt8]) {
    storage = .allocate(byteCount: bytes.count, alignment: 16)
    bytes.withUnsafeMutableBytes { buffer in
      storage.copyMemory(from: UnsafeRawBufferPointer(buffer))
      OPENSSL_cleanse(buffer.baseAddress, buffer.count)
    }
  }

  /// A new key of random bytes from the operating system's generator.
  ///
  /// - Throws: ``CryptoError/noRandomBytes`` where the generator gives none.
  public convenience init(randomByteCount: Int) throws(CryptoError) {
    var bytes = try randomBytes(count: randomByteCount)
    self.init(absorbing: &bytes)
  }

  deinit {
    OPENSSL_cleanse(storage.baseAddress, storage.count)
    storage.deallocate()
  }

  /// Lends the key's bytes for the length of one call.
  public func withUnsafeBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeRawBufferPointer(storage))
  }
}
