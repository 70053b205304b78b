import CarrelCrypto
import Foundation
import TestSupport
import Testing

private func signingKey(_ seed: String) throws -> SigningKey {
  try SigningKey(seed: key(try hexadecimal(seed)))
}

@Suite("Ed25519 keys") struct SigningKeyTests {
  /// RFC 8032, section 7.1: tests 1 to 3 and SHA(abc).
  static let vectors: [(seed: String, public: String, message: String, signature: String)] = [
    (
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
      """
      e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155\
      5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b
      """
    ),
    (
      "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
      """
      92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da\
      085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00
      """
    ),
    (
      "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
      "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
      """
      6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac\
      18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a
      """
    ),
  ]

  @Test("sign as RFC 8032 says", arguments: vectors)
  func published(seed: String, publicKey: String, message: String, signature: String) throws {
    let key = try signingKey(seed)
    #expect(Hexadecimal.text(of: key.verifyingKey.bytes) == publicKey)
    let message = try hexadecimal(message)
    #expect(Hexadecimal.text(of: key.signature(of: message)) == signature)
    #expect(key.verifyingKey.isSignature(try hexadecimal(signature), of: message))
  }

  @Test func `every bit of a signature counts, and so does every byte of its length`() throws {
    let key = try SigningKey()
    let signature = key.signature(of: [1, 2, 3])
    for bit in 0..<signature.count * 8 {
      var changed = signature
      changed[bit / 8] ^= 1 << (bit % 8)
      #expect(!key.verifyingKey.isSignature(changed, of: [1, 2, 3]))
    }
    #expect(!key.verifyingKey.isSignature(signature + [0], of: [1, 2, 3]))
    #expect(!key.verifyingKey.isSignature(Array(signature.dropLast()), of: [1, 2, 3]))
    #expect(!key.verifyingKey.isSignature([], of: [1, 2, 3]))
    #expect(!key.verifyingKey.isSignature(signature, of: [1, 2]))
    #expect(!(try SigningKey()).verifyingKey.isSignature(signature, of: [1, 2, 3]))
  }

  @Test func `the same signature with the group order added is refused`() throws {
    // RFC 8032, section 5.1.7: S must be below L, or one signature has two texts.
    let key = try SigningKey()
    var signature = key.signature(of: [7])
    let order = try hexadecimal("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")
    var carry = 0
    for index in 0..<32 {
      let sum = Int(signature[32 + index]) + Int(order[index]) + carry
      signature[32 + index] = UInt8(sum & 0xFF)
      carry = sum >> 8
    }
    #expect(!key.verifyingKey.isSignature(signature, of: [7]))
  }

  @Test func `are read and written as PEM, plain and encrypted`() throws {
    let key = try SigningKey()
    let plain = try key.pem()
    #expect(String(decoding: plain, as: UTF8.self).hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
    #expect(try SigningKey(pem: plain).verifyingKey == key.verifyingKey)
    // A passphrase that nothing asks for is not looked at.
    #expect(try SigningKey(pem: plain, passphrase: [1]).verifyingKey == key.verifyingKey)
    let sealed = try key.pem(passphrase: Array("gate é".utf8))
    #expect(
      String(decoding: sealed, as: UTF8.self).hasPrefix("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"))
    let opened = try SigningKey(pem: sealed, passphrase: Array("gate é".utf8))
    #expect(opened.verifyingKey == key.verifyingKey)
    #expect(throws: CryptoError.wrongPassphrase) {
      try SigningKey(pem: sealed, passphrase: Array("gate".utf8))
    }
    #expect(throws: CryptoError.passphraseNeeded) { try SigningKey(pem: sealed) }
    #expect(VerifyingKey(pem: key.verifyingKey.pem) == key.verifyingKey)
  }

  @Test func `are read and written as the program openssl does`() throws {
    let folder = try TemporaryFolder()
    let openssl = "/usr/bin/openssl"
    try #require(FileManager.default.isExecutableFile(atPath: openssl))
    func run(_ arguments: String...) throws -> Int32 {
      let process = Process()
      process.executableURL = URL(filePath: openssl)
      process.arguments = arguments
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      return process.terminationStatus
    }
    #expect(try run("genpkey", "-algorithm", "ed25519", "-out", folder["theirs.pem"]) == 0)
    let theirs = try SigningKey(
      pem: Array(try Data(contentsOf: URL(filePath: folder["theirs.pem"]))))
    let status = try run("pkey", "-in", folder["theirs.pem"], "-pubout", "-out", folder["pub.pem"])
    #expect(status == 0)
    let publicPEM = try String(contentsOfFile: folder["pub.pem"], encoding: .utf8)
    #expect(theirs.verifyingKey.pem == publicPEM)
    let ours = try SigningKey()
    try Data(try ours.pem(passphrase: Array("gate".utf8))).write(
      to: URL(filePath: folder["ours.pem"]))
    #expect(
      try run(
        "pkey", "-in", folder["ours.pem"], "-passin", "pass:gate", "-pubout", "-out",
        folder["ours.pub"]) == 0)
    #expect(
      try String(contentsOfFile: folder["ours.pub"], encoding: .utf8) == ours.verifyingKey.pem)
    #expect(try run("genpkey", "-algorithm", "x25519", "-out", folder["other.pem"]) == 0)
    let other = Array(try Data(contentsOf: URL(filePath: folder["other.pem"])))
    #expect(throws: CryptoError.notASigningKey) { try SigningKey(pem: other) }
  }

  @Test(
    "other texts are no keys",
    arguments: [
      "", "x", "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n",
      "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
      String(repeating: "a", count: 1 << 20),
    ])
  func otherTexts(text: String) {
    #expect(throws: CryptoError.notASigningKey) { try SigningKey(pem: Array(text.utf8)) }
    #expect(VerifyingKey(pem: text) == nil)
  }

  @Test func `a seed and a public key have 32 bytes`() {
    #expect(throws: CryptoError.notASigningKey) {
      try SigningKey(seed: key([UInt8](repeating: 1, count: 31)))
    }
    #expect(VerifyingKey(bytes: [UInt8](repeating: 1, count: 33)) == nil)
  }
}

@Suite("Random bytes") struct RandomBytesTests {
  @Test("come in any number", arguments: [0, 1, 255, 256, 257, 1_000])
  func count(count: Int) throws {
    #expect(try randomBytes(count: count).count == count)
  }

  @Test func `nonces of two copies of a machine differ where their messages do`() {
    let random = [UInt8](repeating: 7, count: 32)
    let nonces = (0..<100).map { mixedNonce(byteCount: 16, random: random, message: [UInt8($0)]) }
    #expect(Set(nonces).count == 100)
    #expect(nonces.allSatisfy { $0.count == 16 })
  }

  @Test func `nonces of one message differ`() throws {
    let nonces = try (0..<100).map { _ in try nonce(byteCount: 16, mixedWith: [1]) }
    #expect(Set(nonces).count == 100)
  }
}

@Suite("Base 64") struct Base64Tests {
  @Test(
    "agrees with RFC 4648, section 10",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
      ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
  func published(bytes: String, text: String) {
    #expect(Base64.text(of: Array(bytes.utf8)) == text)
    #expect(Base64.bytes(of: text) == Array(bytes.utf8))
  }

  @Test func `agrees with Foundation on every byte and length`() {
    var generator = SeededGenerator(seed: 5)
    for count in 0..<130 {
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let text = Data(bytes).base64EncodedString()
      #expect(Base64.text(of: bytes) == text)
      #expect(Base64.bytes(of: text) == bytes)
    }
  }

  @Test(
    "has one text for each byte string",
    arguments: [
      "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm9v\n", " Zm9v", "Zm9v====", "=", "====", "Z===",
      "Zg==Zg==", "Zm9-", "Zm9é", "Zm 9v",
    ])
  func otherTexts(text: String) {
    #expect(Base64.bytes(of: text) == nil)
  }

  @Test func `is read in either alphabet where DSSE asks for that, not in both at once`() {
    #expect(Base64.bytes(ofEitherAlphabet: "-_-_") == [0xFB, 0xFF, 0xBF])
    #expect(Base64.bytes(ofEitherAlphabet: "+/+/") == [0xFB, 0xFF, 0xBF])
    #expect(Base64.bytes(ofEitherAlphabet: "-/+_") == nil)
  }
}
