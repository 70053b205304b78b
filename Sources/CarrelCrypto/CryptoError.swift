/// The failure of a cryptographic operation for a reason outside the program.
public enum CryptoError: Error, Hashable, Sendable {
  /// The system's random number generator gave nothing.
  case noRandomBytes
  /// A text is not a private key of the kind that signs.
  case notASigningKey
  /// A private key is encrypted, and no passphrase was given.
  case passphraseNeeded
  /// A private key does not open with the passphrase.
  case wrongPassphrase
}

extension CryptoError: CustomStringConvertible {
  /// What failed, in words.
  public var description: String {
    switch self {
    case .noRandomBytes: "the system's random number generator gave no bytes"
    case .notASigningKey: "this is not an Ed25519 private key in PEM"
    case .passphraseNeeded: "the key is encrypted, and no passphrase was given"
    case .wrongPassphrase: "the key does not open with this passphrase"
    }
  }
}
