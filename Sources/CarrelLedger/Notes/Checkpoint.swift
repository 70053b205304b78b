/// What a log says of itself at one moment: its name, its size and the root of its tree.
///
/// Source: C2SP tlog-checkpoint, without extension lines.
public struct Checkpoint: Hashable, Sendable {
  /// The name of the log.
  public let origin: String
  /// How many entries it has.
  public let size: Int
  /// The root of the tree over them.
  public let root: Digest

  /// A checkpoint of these parts; the origin must be a name that notes allow.
  public init(origin: String, size: Int, root: Digest) {
    precondition(NoteKey.isName(origin) && size >= 0, "a log has a name and a size")
    self.origin = origin
    self.size = size
    self.root = root
  }

  /// Reads the text of a note as a checkpoint; `nil` for anything that is not exactly one.
  init?(text: String) {
    let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map {
      String($0)
    }
    guard lines.count == 4, let origin = lines[0], let size = lines[1].flatMap(Decimal.number),
      let root = lines[2].flatMap({ Digest(base64: $0) }), lines[3] == "",
      NoteKey.isName(origin)
    else { return nil }
    self.init(origin: origin, size: size, root: root)
  }

  /// The three lines that are signed.
  var text: String { "\(origin)\n\(size)\n\(root.base64)\n" }
}

/// Numbers as notes and proofs write them: decimal digits without a sign or leading zeros.
enum Decimal {
  static func number(_ text: some StringProtocol) -> Int? {
    guard let number = Int(text), number >= 0, String(number) == text else { return nil }
    return number
  }
}
