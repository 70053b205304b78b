import CarrelCrypto
import CarrelLedger
import Foundation
import Testing

/// What another implementation says: `Fixtures/make.py`, with hashlib and the package `cryptography`.
struct Fixture: Decodable {
  var inclusion: [Inclusion]
  var consistency: [Consistency]
  /// Roots over `entry 0`, `entry 1`, …, by how many there are.
  var roots: [String]
  var largeRoots: [String: String]
  var notes: Notes
  var entries: [Entry]
  var attestations: Attestations
  var keys: Keys

  struct Inclusion: Decodable, CustomTestStringConvertible {
    var name: String
    var index, size: Int
    var path: [String]
    var root, leaf: String
    var holds: Bool
    var testDescription: String { name }
  }
  struct Consistency: Decodable, CustomTestStringConvertible {
    var name: String
    var old, size: Int
    var path: [String]
    var oldRoot, root: String
    var holds: Bool
    var testDescription: String { name }
  }
  struct Notes: Decodable {
    var seed, witnessSeed, origin, witness, logKey, witnessKey: String
    var time: Int
    var checkpoint, bareCheckpoint, cosignatureLine, proof, proofWithExtra, request: String
    var oldRoot, root, entry: String
  }
  struct Entry: Decodable {
    var text, leaf: String
  }
  struct Attestations: Decodable {
    var decision, receipt: SignedPayload
    var decisionPayload: String
  }
  struct SignedPayload: Codable {
    struct Signature: Codable {
      var keyid, sig: String
    }
    var payload, payloadType: String
    var signatures: [Signature]
  }
  struct Keys: Decodable {
    var publicPEM, privatePEM, encryptedPEM, fingerprint: String
    var `public`: String
  }

  static let shared = Result {
    try JSONDecoder().decode(
      Fixture.self,
      from: try Data(
        contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
          .appending(path: "Fixtures/vectors.json")))
  }
}

func digest(_ text: String) throws -> Digest { try #require(Digest(hexadecimal: text)) }

func signingKey(_ seed: String) throws -> SigningKey {
  var bytes = try #require(Hexadecimal.bytes(of: seed))
  return try SigningKey(seed: SecretKey(absorbing: &bytes))
}

func moment(_ text: String) throws -> LedgerTime { try #require(LedgerTime(text)) }

/// Digests that stand for anything.
func sample(_ text: String) -> Digest { Digest(of: Array(text.utf8)) }

extension String {
  var bytes: [UInt8] { Array(utf8) }
}
