internal import CarrelCrypto
public import CarrelLedger

/// A file of a bundle, under a plain relative path.
public struct BundleFile: Hashable, Sendable {
  /// The path, such as `outputs/reviews.csv`; never before the first or after the last name a `/`.
  public let path: String
  /// The contents.
  public let bytes: [UInt8]

  /// A file with its path.
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

extension BundleFile {
  /// The file by its path and SHA-256, as receipts name it.
  public var subject: InTotoStatement.Subject { .init(name: path, digest: Digest(of: bytes)) }

  /// Whether it went into the run: the study, its code lists, the policy.
  public var isInput: Bool { RunReceipt.isInput(path) }

  /// The name after the last `/`.
  var lastName: Substring {
    path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...]
  }
}

extension [BundleFile] {
  /// The digest that guardians sign and the public log names.
  ///
  /// It is SHA-256 of a line for each file, in byte order of the paths, as `sha256sum` writes them:
  /// so anybody can work it out again with two tools of their system.
  public var releaseDigest: Digest {
    let lines = inOrder.map { "\($0.subject.digest.hexadecimal)  \($0.path)\n" }
    return Digest(of: [UInt8](lines.joined().utf8))
  }

  /// The files in byte order of their paths.
  var inOrder: [BundleFile] {
    sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }
}
