internal import CarrelCrypto

/// A file that shows, offline, that an entry is in a log: C2SP tlog-proof, `.tlog-proof`.
public struct LogProof: Hashable, Sendable {
  /// Where the entry stands, and the hashes beside its way to the root.
  public let inclusion: InclusionProof
  /// The root that they lead to, signed by the log and cosigned by its witnesses.
  public let checkpoint: SignedCheckpoint
  /// Bytes that travel along and prove nothing.
  public let extra: [UInt8]?

  static let firstLine = "c2sp.org/tlog-proof@v1"
  /// The most bytes of a proof that is read.
  public static let limitBytes = SignedNote.limitBytes * 2

  /// A proof of these parts, true or not.
  public init(inclusion: InclusionProof, checkpoint: SignedCheckpoint, extra: [UInt8]? = nil) {
    self.inclusion = inclusion
    self.checkpoint = checkpoint
    self.extra = extra
  }

  /// Reads a proof without believing it.
  ///
  /// - Throws: ``LedgerError/malformed(_:)``.
  public init(parsing bytes: [UInt8]) throws(LedgerError) {
    guard bytes.count <= Self.limitBytes, var lines = ProofLines(bytes),
      lines.next() == Self.firstLine
    else { throw .malformed(.proof) }
    var line = lines.next()
    var extra: [UInt8]?
    if let text = line?.value(after: "extra ") {
      guard let bytes = Base64.bytes(of: text) else { throw .malformed(.proof) }
      extra = bytes
      line = lines.next()
    }
    guard let index = line?.value(after: "index ").flatMap(Decimal.number),
      let path = lines.hashes()
    else { throw .malformed(.proof) }
    self.init(
      inclusion: InclusionProof(index: index, path: path),
      checkpoint: try SignedCheckpoint(parsing: lines.rest), extra: extra)
  }

  /// The bytes of the file.
  public var bytes: [UInt8] {
    var lines = [Self.firstLine]
    if let extra { lines.append("extra \(Base64.text(of: extra))") }
    lines.append("index \(inclusion.index)")
    lines += inclusion.path.map(\.base64)
    return Array((lines.joined(separator: "\n") + "\n\n").utf8) + checkpoint.bytes
  }

  /// Believes that the entry with these bytes is in the log, or says why not.
  ///
  /// - Parameters:
  ///   - entry: The entry's bytes.
  ///   - key: The log's key.
  ///   - needed: How many witnesses must have cosigned.
  ///   - witnesses: Those that count.
  /// - Returns: The cosignatures found.
  /// - Throws: ``LedgerError``; ``LedgerError/notTheTree(size:)`` where the path does not lead from
  ///   this entry to the signed root.
  @discardableResult
  public func verify(
    _ entry: [UInt8], by key: NoteKey, cosignedBy needed: Int = 0, of witnesses: [NoteKey] = []
  ) throws(LedgerError) -> [Cosignature] {
    try checkpoint.verify(by: key)
    let cosignatures = try checkpoint.verify(cosignedBy: needed, of: witnesses)
    let head = checkpoint.checkpoint
    guard inclusion.proves(.leaf(entry), inTreeOf: head.size, root: head.root) else {
      throw .notTheTree(size: head.size)
    }
    return cosignatures
  }
}

/// The lines of a proof, up to the checkpoint that follows them.
struct ProofLines {
  private(set) var rest: [UInt8]

  /// The most hashes of a proof: a tree has no more levels.
  private static let hashLimit = 63

  /// Lines of UTF-8 text; `nil` for anything else.
  init?(_ bytes: [UInt8]) {
    guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
    rest = bytes
  }

  mutating func next() -> String? {
    guard let end = rest.firstIndex(of: 0x0A) else { return nil }
    defer { rest.removeFirst(end + 1) }
    return String(decoding: rest[..<end], as: UTF8.self)
  }

  /// Hashes, one a line, up to the empty line after them.
  mutating func hashes() -> [Digest]? {
    var hashes: [Digest] = []
    while let line = next() {
      if line.isEmpty { return hashes }
      guard let hash = Digest(base64: line), hashes.count < Self.hashLimit else { return nil }
      hashes.append(hash)
    }
    return nil
  }
}

extension String {
  /// What follows a beginning of the text, compared by bytes.
  func value(after beginning: String) -> Substring? {
    utf8.starts(with: beginning.utf8) ? Substring(utf8.dropFirst(beginning.utf8.count)) : nil
  }
}
