internal import COpenSSL

/// A hash function that files and records are identified by.
///
/// Only SHA-256 and SHA-512 identify anything of Carrel's own; SHA-1 and MD5 exist because the
/// descriptor of a data package may state the hash of a file in them, where they find damage and
/// promise nothing against an attacker.
public enum HashFunction: String, Hashable, Sendable, CaseIterable {
  case sha256, sha512, sha1, md5

  /// How many bytes a digest has.
  public var digestByteCount: Int {
    switch self {
    case .sha256: 32
    case .sha512: 64
    case .sha1: 20
    case .md5: 16
    }
  }

  /// The digest of all the bytes.
  public func digest(of bytes: RawSpan) -> [UInt8] {
    var hash = StreamingHash(self)
    hash.update(bytes)
    return hash.finished()
  }

  /// The digest of all the bytes.
  public func digest(of bytes: [UInt8]) -> [UInt8] {
    digest(of: bytes.span.bytes)
  }

  /// The digest of the text's UTF-8 bytes.
  public func digest(of text: String) -> [UInt8] {
    digest(of: Array(text.utf8))
  }

  var implementation: OpaquePointer? {
    switch self {
    case .sha256: EVP_sha256()
    case .sha512: EVP_sha512()
    case .sha1: EVP_sha1()
    case .md5: EVP_md5()
    }
  }
}

/// A hash of bytes that arrive in pieces.
public struct StreamingHash: ~Copyable {
  /// The function that is computed.
  public let function: HashFunction
  private let context: OpaquePointer

  /// A hash that has seen no bytes.
  public init(_ function: HashFunction) {
    guard let context = EVP_MD_CTX_new() else { preconditionFailure("no memory for a hash") }
    self.function = function
    self.context = context
    let started = EVP_DigestInit_ex(context, function.implementation, nil)
    precondition(started == 1, "libcrypto offers \(function.rawValue)")
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Adds the next bytes.
  public mutating func update(_ bytes: RawSpan) {
    let updated = bytes.withUnsafeBytes { EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
    precondition(updated == 1, "a started hash takes bytes")
  }

  /// The digest of all the bytes so far; the hash takes no more.
  public consuming func finished() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: function.digestByteCount) { buffer, count in
      let finished = EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
      precondition(finished == 1, "a started hash finishes once")
      count = function.digestByteCount
    }
  }
}
