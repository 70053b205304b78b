internal import CarrelCrypto

/// A text with signature lines below it.
///
/// Source: C2SP signed-note. A note is read only as it would be written: one text for one note, no
/// two signatures of one key.
struct SignedNote: Hashable, Sendable {
  /// The signed text, with the line feed at its end.
  let text: String
  var signatures: [Signature]

  struct Signature: Hashable, Sendable {
    let name: String
    let id: [UInt8]
    /// What follows the id: for a log's key the signature, for a witness's a time before it.
    let bytes: [UInt8]

    func isBy(_ key: NoteKey) -> Bool {
      name.utf8.elementsEqual(key.name.utf8) && id == key.id
    }

    var line: String { "\u{2014} \(name) \(Base64.text(of: id + bytes))\n" }
  }

  /// The most signatures of a note that is read; C2SP asks for at least 16.
  static let signatureLimit = 64
  static let limitBytes = 1 << 16

  init(text: String, signatures: [Signature]) {
    precondition(text.hasSuffix("\n"), "the text of a note ends its last line")
    self.text = text
    self.signatures = signatures
  }

  /// Reads a note; `nil` for anything that is not exactly one.
  init?(_ bytes: [UInt8]) {
    guard bytes.count <= Self.limitBytes, let whole = String(validating: bytes, as: UTF8.self),
      !whole.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" || $0.value == 0x7F })
    else { return nil }
    // The last empty line ends the text. Characters that combine must not hide a line feed, so the
    // search is among bytes.
    guard let gap = Self.lastGap(in: bytes), bytes.last == 0x0A else { return nil }
    let lines = bytes[(gap + 2)...].split(separator: 0x0A, omittingEmptySubsequences: false)
    guard lines.count >= 2, lines.count - 1 <= Self.signatureLimit else { return nil }
    var signatures: [Signature] = []
    for line in lines.dropLast() {
      guard let signature = Signature(line: line),
        !signatures.contains(where: { $0.name == signature.name && $0.id == signature.id })
      else { return nil }
      signatures.append(signature)
    }
    text = String(decoding: bytes[...gap], as: UTF8.self)
    self.signatures = signatures
  }

  private static func lastGap(in bytes: [UInt8]) -> Int? {
    bytes.indices.dropLast().last { bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A }
  }

  var bytes: [UInt8] {
    Array((text + "\n" + signatures.map(\.line).joined()).utf8)
  }
}

extension SignedNote.Signature {
  /// Reads a line without its line feed.
  fileprivate init?(line: ArraySlice<UInt8>) {
    let parts = line.split(separator: 0x20, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].elementsEqual("\u{2014}".utf8) else { return nil }
    let name = String(decoding: parts[1], as: UTF8.self)
    guard NoteKey.isName(name),
      let decoded = Base64.bytes(of: String(decoding: parts[2], as: UTF8.self)),
      decoded.count > NoteKey.idByteCount
    else { return nil }
    self.init(
      name: name, id: Array(decoded.prefix(NoteKey.idByteCount)),
      bytes: Array(decoded.dropFirst(NoteKey.idByteCount)))
  }
}
