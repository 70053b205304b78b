import CarrelCrypto
import Testing

/// A key whose bytes a published vector states.
func key(_ bytes: [UInt8]) -> SecretKey {
  var bytes = bytes
  return SecretKey(absorbing: &bytes)
}

/// Bytes written in hexadecimal, as the published vectors do.
func hexadecimal(_ text: String) throws -> [UInt8] {
  try #require(Hexadecimal.bytes(of: text))
}

@Suite("Digests") struct DigestTests {
  @Test(
    "agree with the examples of FIPS 180 and RFC 1321",
    arguments: [
      (
        HashFunction.sha256, "",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
      ),
      (.sha256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        .sha256, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        .sha512, "abc",
        """
        ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
        2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f
        """
      ),
      (.sha1, "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
      (.md5, "abc", "900150983cd24fb0d6963f7d28e17f72"),
    ])
  func published(function: HashFunction, message: String, expected: String) {
    #expect(Hexadecimal.text(of: function.digest(of: message)) == expected)
    #expect(expected.utf8.count == function.digestByteCount * 2)
  }

  @Test func `a hash of pieces is the hash of the whole, a million letters long`() throws {
    // FIPS 180: one million repetitions of "a".
    var hash = StreamingHash(.sha256)
    let piece = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000)
    for _ in 0..<1_000 { hash.update(piece.span.bytes) }
    #expect(
      Hexadecimal.text(of: hash.finished())
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }
}

@Suite("Message authentication") struct MessageAuthenticatorTests {
  @Test(
    "agrees with RFC 4231",
    arguments: [
      (
        [UInt8](repeating: 0x0b, count: 20), Array("Hi There".utf8),
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
      ),
      (
        Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
      ),
      (
        [UInt8](repeating: 0xaa, count: 20), [UInt8](repeating: 0xdd, count: 50),
        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
      ),
      (
        [UInt8](repeating: 0xaa, count: 131),
        Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
      ),
    ])
  func published(keyBytes: [UInt8], message: [UInt8], expected: String) throws {
    var authenticator = MessageAuthenticator(key: key(keyBytes))
    #expect(Hexadecimal.text(of: authenticator.tag(of: message)) == expected)
    // The context is used again: a second message must not remember the first.
    _ = authenticator.tag(of: Array("between".utf8))
    let again = authenticator.isTag(try hexadecimal(expected), of: message)
    #expect(again)
  }

  @Test func `a tag changed in one bit is no tag, and neither is part of one`() {
    var authenticator = MessageAuthenticator(key: key([1, 2, 3]))
    var tag = authenticator.tag(of: [4, 5])
    let shorter = authenticator.isTag(Array(tag.dropLast()), of: [4, 5])
    tag[31] ^= 1
    let changed = authenticator.isTag(tag, of: [4, 5])
    #expect(!shorter)
    #expect(!changed)
  }
}

@Suite("Keys") struct SecretKeyTests {
  @Test(
    "derive as RFC 5869 says",
    arguments: [
      (
        String(repeating: "0b", count: 22), "000102030405060708090a0b0c", "f0f1f2f3f4f5f6f7f8f9",
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
      ),
      (
        String(repeating: "0b", count: 22), "", "",
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
      ),
    ])
  func derivation(secret: String, salt: String, info: String, expected: String) throws {
    let derived = key(try hexadecimal(secret)).derived(
      for: try hexadecimal(info), salt: try hexadecimal(salt), byteCount: 42)
    #expect(derived.withUnsafeBytes { Hexadecimal.text(of: $0) } == expected)
  }

  @Test func `the array that held a key is overwritten`() {
    var bytes: [UInt8] = [1, 2, 3, 4]
    let key = SecretKey(absorbing: &bytes)
    #expect(bytes == [0, 0, 0, 0])
    #expect(key.withUnsafeBytes { Array($0) } == [1, 2, 3, 4])
  }

  @Test func `random keys have the length asked for and differ`() throws {
    let keys = try (0..<4).map { _ in
      try SecretKey(randomByteCount: 32).withUnsafeBytes { Array($0) }
    }
    #expect(keys.allSatisfy { $0.count == 32 })
    #expect(Set(keys).count == 4)
  }
}

@Suite("Hexadecimal") struct HexadecimalTests {
  @Test func `is written in lower case and read in either`() throws {
    #expect(Hexadecimal.text(of: [0x00, 0x7f, 0xff]) == "007fff")
    #expect(Hexadecimal.bytes(of: "007fFF") == [0x00, 0x7f, 0xff])
  }

  @Test("other text is refused", arguments: ["0", "0g", " 00", "0x00", "é0"])
  func refused(text: String) {
    #expect(Hexadecimal.bytes(of: text) == nil)
  }
}
