public import CarrelLedger

/// A guardian's signed word on one round of a run, or on a project.
public struct Decision: Hashable, Sendable {
  /// The id of the person who signed.
  public let guardian: String
  /// What was decided.
  public let word: SignedWord
  /// When it was signed, in seconds since 1970.
  public let decidedAt: Int
  /// When the decision stops counting, in seconds since 1970.
  public let expiresAt: Int
  /// Why, for those inside the site.
  public let reason: String
  /// What the researcher is to be told, if anything.
  public let message: String?
  /// The signed envelope that says all of this.
  public let envelope: [UInt8]

  /// A decision with its envelope.
  public init(
    guardian: String, word: SignedWord, decidedAt: Int, expiresAt: Int, reason: String,
    message: String?, envelope: [UInt8]
  ) {
    self.guardian = guardian
    self.word = word
    self.decidedAt = decidedAt
    self.expiresAt = expiresAt
    self.reason = reason
    self.message = message
    self.envelope = envelope
  }
}
