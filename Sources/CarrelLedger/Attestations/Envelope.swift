public import CarrelCrypto
internal import CarrelJSON

/// Bytes, what they are, and signatures over both: a DSSE envelope.
///
/// Exactly these bytes are signed, so nobody has to write them again to check them. Source: DSSE
/// protocol and envelope, 1.0.2.
public struct Envelope: Hashable, Sendable {
  /// What the payload is.
  public let payloadType: String
  /// The bytes that are signed.
  public let payload: [UInt8]
  /// The signatures, in the order they were added.
  public private(set) var signatures: [Signature]

  /// One signature, and a hint at its key, which proves nothing.
  public struct Signature: Hashable, Sendable {
    /// The fingerprint of the key, as ``VerifyingKey/fingerprint`` gives it; empty where unknown.
    public let keyID: String
    /// The signature.
    public let bytes: [UInt8]
  }

  /// The most bytes of an envelope that is read.
  public static let limitBytes = 4 << 20
  /// The most signatures of an envelope that is read.
  public static let signatureLimit = 64

  /// An envelope that nobody has signed.
  public init(payloadType: String, payload: [UInt8]) {
    self.payloadType = payloadType
    self.payload = payload
    signatures = []
  }

  /// What a signature is over: `DSSEv1`, then the type and the payload, each after its length.
  public var signedBytes: [UInt8] {
    let type = Array(payloadType.utf8)
    return Array("DSSEv1 \(type.count) ".utf8) + type + Array(" \(payload.count) ".utf8) + payload
  }

  /// Adds a signature.
  public mutating func sign(with key: SigningKey) {
    signatures.append(
      Signature(
        keyID: key.verifyingKey.fingerprint, bytes: key.signature(of: signedBytes)))
  }

  /// Adds the signatures of another envelope over the same bytes.
  ///
  /// - Throws: ``LedgerError/malformed(_:)`` where it is over others.
  public mutating func add(signaturesOf other: Envelope) throws(LedgerError) {
    guard other.signedBytes == signedBytes,
      signatures.count + other.signatures.count <= Self.signatureLimit
    else { throw .malformed(.attestation) }
    for signature in other.signatures where !signatures.contains(signature) {
      signatures.append(signature)
    }
  }

  /// Those of the keys that signed, each once, in their order; hints are not looked at.
  public func signers(among keys: [VerifyingKey]) -> [VerifyingKey] {
    let bytes = signedBytes
    var signers: [VerifyingKey] = []
    for key in keys where !signers.contains(key) {
      if signatures.contains(where: { key.isSignature($0.bytes, of: bytes) }) {
        signers.append(key)
      }
    }
    return signers
  }
}

// MARK: JSON

extension Envelope {
  /// Reads an envelope without believing it; base 64 may be in either alphabet, as DSSE asks.
  ///
  /// - Throws: ``LedgerError/malformed(_:)``.
  public init(parsing bytes: [UInt8]) throws(LedgerError) {
    guard bytes.count <= Self.limitBytes, let object = try? JSON(parsing: bytes),
      let type = object["payloadType"]?.string, !type.isEmpty,
      let payload = object["payload"]?.string.flatMap({ Base64.bytes(ofEitherAlphabet: $0) }),
      let signatures = object["signatures"]?.array, !signatures.isEmpty,
      signatures.count <= Self.signatureLimit
    else { throw .malformed(.attestation) }
    self.init(payloadType: type, payload: payload)
    for signature in signatures {
      guard
        let bytes = signature["sig"]?.string.flatMap({ Base64.bytes(ofEitherAlphabet: $0) })
      else { throw .malformed(.attestation) }
      self.signatures.append(
        Signature(keyID: signature["keyid"]?.string ?? "", bytes: bytes))
    }
  }

  /// The envelope as JSON, one line with a line feed at its end.
  public var bytes: [UInt8] {
    let signatures = signatures.map { signature in
      JSON.object([
        .init("keyid", .string(signature.keyID)),
        .init("sig", .string(Base64.text(of: signature.bytes))),
      ])
    }
    return JSON.object([
      .init("payload", .string(Base64.text(of: payload))),
      .init("payloadType", .string(payloadType)), .init("signatures", .array(signatures)),
    ]).bytes() + [0x0A]
  }
}
