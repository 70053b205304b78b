public import CarrelJSON

/// Something said about files that are named by their digests: an in-toto statement, version 1.
public struct InTotoStatement: Hashable, Sendable {
  /// The files, at least one; each name once.
  public let subjects: [Subject]
  /// What kind of thing is said.
  public let predicateType: String
  /// What is said, in canonical bytes.
  private let predicateBytes: [UInt8]

  /// A file by its name and digest.
  public struct Subject: Hashable, Sendable {
    /// The name of the file, as the bundle has it.
    public let name: String
    /// SHA-256 of its bytes.
    public let digest: Digest

    /// A file by its name and digest.
    public init(name: String, digest: Digest) {
      self.name = name
      self.digest = digest
    }
  }

  /// What envelopes call a statement.
  public static let payloadType = "application/vnd.in-toto+json"
  private static let type = "https://in-toto.io/Statement/v1"

  /// A statement; the predicate is an object without decimals.
  public init(subjects: [Subject], predicateType: String, predicate: JSON) {
    guard let bytes = predicate.canonicalBytes(), predicate.members != nil else {
      preconditionFailure("a predicate is an object of texts, whole numbers and lists")
    }
    precondition(
      !subjects.isEmpty && Set(subjects.map(\.name)).count == subjects.count,
      "a statement is about files, each named once")
    self.subjects = subjects
    self.predicateType = predicateType
    predicateBytes = bytes
  }

  /// What is said.
  public var predicate: JSON { (try? JSON(parsing: predicateBytes)) ?? .object([]) }

  /// The bytes to sign: canonical JSON.
  public var bytes: [UInt8] {
    let subjects = subjects.map { subject in
      JSON.object([
        .init("name", .string(subject.name)),
        .init("digest", .object([.init("sha256", .string(subject.digest.hexadecimal))])),
      ])
    }
    let statement = JSON.object([
      .init("_type", .string(Self.type)), .init("subject", .array(subjects)),
      .init("predicateType", .string(predicateType)), .init("predicate", predicate),
    ])
    guard let bytes = statement.canonicalBytes() else {
      preconditionFailure("a statement has canonical bytes")
    }
    return bytes
  }

  /// An envelope around the statement that nobody has signed.
  public var envelope: Envelope { Envelope(payloadType: Self.payloadType, payload: bytes) }

  /// Reads what an envelope holds; whose signatures it carries is checked apart.
  ///
  /// - Throws: ``LedgerError/malformed(_:)`` for bytes that are not exactly one statement as it is
  ///   written here.
  public init(in envelope: Envelope) throws(LedgerError) {
    guard envelope.payloadType == Self.payloadType,
      let object = JSON(canonical: envelope.payload), object["_type"]?.string == Self.type,
      let type = object["predicateType"]?.string, let predicate = object["predicate"],
      predicate.members != nil, let listed = object["subject"]?.array
    else { throw .malformed(.attestation) }
    let subjects = listed.compactMap { subject -> Subject? in
      guard let name = subject["name"]?.string,
        let digest = subject["digest"]?["sha256"]?.string.flatMap({ Digest(hexadecimal: $0) })
      else { return nil }
      return Subject(name: name, digest: digest)
    }
    guard !subjects.isEmpty, Set(subjects.map(\.name)).count == subjects.count else {
      throw .malformed(.attestation)
    }
    self.init(subjects: subjects, predicateType: type, predicate: predicate)
    // A member that was passed over is missing from these bytes.
    guard bytes == envelope.payload else { throw .malformed(.attestation) }
  }
}
