internal import CarrelCrypto

/// A random name that people can say aloud, such as `heron-417`.
///
/// An order of runs would say when each was made and how many there were.
public enum RunName {
  /// A new random name.
  ///
  /// - Throws: ``SiteError/crypto(_:)``.
  public static func random() throws(SiteError) -> String {
    let bytes: [UInt8]
    do { bytes = try randomBytes(count: 4) } catch { throw .crypto(error) }
    // Four bytes against a thousand numbers: one name is at most a four-millionth likelier than
    // another.
    let number = bytes.reduce(0) { $0 << 8 | Int($1) }
    return "\(birds[number % birds.count])-\(100 + number / birds.count % 900)"
  }

  /// A random UUID of version 4, as RFC 9562 writes it.
  ///
  /// - Throws: ``SiteError/crypto(_:)``.
  public static func randomUUID() throws(SiteError) -> String {
    var bytes: [UInt8]
    do { bytes = try randomBytes(count: 16) } catch { throw .crypto(error) }
    bytes[6] = bytes[6] & 0x0f | 0x40
    bytes[8] = bytes[8] & 0x3f | 0x80
    let text = Array(Hexadecimal.text(of: bytes).utf8)
    let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
    return parts.map { String(decoding: text[$0], as: UTF8.self) }.joined(separator: "-")
  }

  private static let birds = [
    "auk", "avocet", "bittern", "brambling", "bunting", "buzzard", "chough", "coot", "crake",
    "crane", "crossbill", "curlew", "dipper", "dotterel", "dunlin", "dunnock", "eider", "fieldfare",
    "finch", "fulmar", "gannet", "godwit", "goldeneye", "goshawk", "grebe", "gull", "harrier",
    "heron", "hobby", "jackdaw", "kestrel", "kite", "kittiwake", "knot", "lapwing", "linnet",
    "martin", "merlin", "nightjar", "nuthatch", "osprey", "ouzel", "petrel", "pintail", "pipit",
    "plover", "pochard", "puffin", "rail", "redstart", "robin", "rook", "ruff", "sandpiper",
    "shearwater", "shrike", "siskin", "skua", "snipe", "stonechat", "swift", "teal", "tern", "wren",
  ]
}
