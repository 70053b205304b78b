internal import CarrelCrypto

/// A promise of a digest that tells nothing of it until it is opened.
///
/// A bare digest of a draft confirms guesses, two microseconds each; so the log holds
/// SHA-256(tag ‖ 256 random bits ‖ digest), and the random bits come out only on release.
public struct Commitment: Hashable, Sendable {
  /// What the log shows.
  public let digest: Digest

  /// What a promise is about, so that one cannot be opened as another.
  public enum Subject: String, Hashable, Sendable, CaseIterable {
    /// What a researcher submitted: study, code lists, parameters.
    case submission
    /// A project as it was proposed.
    case project
  }

  /// What opens a promise; secret until then.
  public struct Opening: Hashable, Sendable {
    /// 256 random bits.
    public let random: Digest
    /// The digest that was promised.
    public let digest: Digest

    /// An opening of these parts.
    public init(random: Digest, digest: Digest) {
      self.random = random
      self.digest = digest
    }

    /// The promise that this opens.
    public func commitment(to subject: Subject) -> Commitment {
      let tag = Array("carrel/commitment/v1/\(subject.rawValue)\0".utf8)
      return Commitment(digest: Digest(of: tag + random.bytes + digest.bytes))
    }
  }

  /// A promise as it was read from a log.
  public init(digest: Digest) { self.digest = digest }

  /// Promises a digest.
  ///
  /// - Returns: The opening, to be kept inside; its commitment goes to the log.
  /// - Throws: ``LedgerError/crypto(_:)`` where the kernel gives no random bytes.
  public static func promising(
    _ digest: Digest, subject: Subject
  ) throws(LedgerError) -> Opening {
    let message = Array("\(subject.rawValue)\0".utf8) + digest.bytes
    do {
      let random = try nonce(byteCount: Digest.byteCount, mixedWith: message)
      guard let random = Digest(bytes: random) else { preconditionFailure("a nonce of 32 bytes") }
      return Opening(random: random, digest: digest)
    } catch { throw .crypto(error) }
  }
}
