import CarrelFiles
import CarrelJSON
import CarrelLedger

/// What the owner of a key has seen of public logs, in a file beside the key, `KEY.seen`.
///
/// A site that was restored from a backup has an older log than its guardians and witnesses know,
/// and would have forgotten what it released since. Whoever keeps a key away from the site keeps
/// this file with it, which holds the last signed checkpoint of each log and nothing secret.
struct SeenLogs {
  private let path: String
  private static let limitBytes = 1 << 20

  /// The file beside a key.
  init(besideKey keyPath: String) { path = keyPath + ".seen" }

  private func all() throws(Failure) -> [SignedCheckpoint] {
    guard Files.exists(path) else { return [] }
    let bytes: [UInt8]
    do { bytes = try Files.read(path, limitBytes: Self.limitBytes) } catch {
      throw Failure(error)
    }
    guard let texts = (try? JSON(parsing: bytes))?["checkpoints"]?.array else {
      throw damaged
    }
    let found = texts.compactMap { text in
      text.string.flatMap { try? SignedCheckpoint(parsing: Array($0.utf8)) }
    }
    guard found.count == texts.count else { throw damaged }
    return found
  }

  private var damaged: Failure {
    Failure(
      "S039", "`\(path)` does not say what was seen of public ledgers",
      help: "restore it; without it a site that went back could not be told", status: .worldFailed)
  }

  /// The last checkpoint of a log that was seen, if any was, and the key that the log is held to.
  ///
  /// Where the key was exchanged, it is the latest of the one that is known, the one that was seen,
  /// and those that each of them handed over to: a key that handed over is not heard again.
  ///
  /// - Parameters:
  ///   - known: A key of the log.
  ///   - head: The checkpoint at hand, which says what handed over to the key that is known.
  /// - Returns: Both; no checkpoint where none was seen.
  /// - Throws: A ``Failure``; `S039` where the file is damaged, or not signed by the log.
  func seen(
    of known: NoteKey, beside head: SignedCheckpoint
  ) throws(Failure) -> (checkpoint: Checkpoint?, key: NoteKey) {
    guard let found = try all().first(where: { $0.checkpoint.origin == known.name }) else {
      return (nil, known)
    }
    if let key = try? found.verify(by: known) { return (found.checkpoint, key) }
    let former = (try? head.handovers(to: known).map(\.old)) ?? []
    guard former.contains(where: { (try? found.verify(by: $0)) != nil }) else { throw damaged }
    return (found.checkpoint, known)
  }

  /// Keeps a checkpoint in the place of an earlier one of its log.
  func keep(_ seen: SignedCheckpoint) throws(Failure) {
    let others = try all().filter { $0.checkpoint.origin != seen.checkpoint.origin }
    let texts = (others + [seen]).map {
      JSON.string(String(decoding: $0.bytes, as: UTF8.self))
    }
    let file = JSON.object([.init("carrel", 1), .init("checkpoints", .array(texts))])
    do { try Files.write(file.bytes(.indented) + [0x0A], to: path, access: .owner) } catch {
      throw Failure(error, help: "keep the key where what its owner saw can be noted beside it")
    }
  }
}
