/// Bytes written in base 64 with padding (RFC 4648).
///
/// Each byte string has one text: a reader that took others would let a signature or a proof be
/// changed without being broken.
public enum Base64 {
  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let padding = UInt8(ascii: "=")

  /// The text of these bytes, in the standard alphabet (section 4).
  public static func text(of bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        text.append(place <= group.count ? digits[bits >> (18 - 6 * place) & 63] : padding)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes that this text writes, or `nil` where it is not exactly what ``text(of:)`` gives.
  public static func bytes(of text: some StringProtocol) -> [UInt8]? {
    let characters = Array(text.utf8)
    guard characters.count.isMultiple(of: 4) else { return nil }
    let unpadded = characters.prefix { $0 != padding }
    guard characters.count - unpadded.count <= 2 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(unpadded.count * 3 / 4)
    var bits = 0
    for (index, character) in unpadded.enumerated() {
      guard let value = value(of: character) else { return nil }
      bits = (bits << 6 | value) & 0xFFFF
      // Each digit after the first of its group completes a byte.
      guard index % 4 > 0 else { continue }
      bytes.append(UInt8(truncatingIfNeeded: bits >> (6 - 2 * (index % 4))))
    }
    // Unused bits must be zero and the padding complete, as in the one text of these bytes.
    return self.text(of: bytes).utf8.elementsEqual(characters) ? bytes : nil
  }

  /// The bytes of a text in the standard or the URL-safe alphabet (section 5), padded, as a verifier
  /// of DSSE envelopes must accept; `nil` for any other text, and for one that mixes the two.
  public static func bytes(ofEitherAlphabet text: String) -> [UInt8]? {
    let standard = text.replacing(with: ["-": "+", "_": "/"])
    guard let standard else { return bytes(of: text) }
    return text.utf8.contains { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/") }
      ? nil : bytes(of: standard)
  }

  private static func value(of character: UInt8) -> Int? {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(character) - 65
    case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(character) - 71
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(character) + 4
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}

extension String {
  /// The text with some characters in place of others; `nil` where it has none of them.
  fileprivate func replacing(with others: [Character: Character]) -> String? {
    contains { others[$0] != nil } ? String(map { others[$0] ?? $0 }) : nil
  }
}
