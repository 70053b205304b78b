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

  /// The last checkpoint of a log that was seen, if any was.
  ///
  /// - Throws: A ``Failure``; `S039` where the file is damaged, or not signed by the log.
  func checkpoint(of log: NoteKey) throws(Failure) -> Checkpoint? {
    guard let found = try all().first(where: { $0.checkpoint.origin == log.name }) else {
      return nil
    }
    do { try found.verify(by: log) } catch { throw damaged }
    return found.checkpoint
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
