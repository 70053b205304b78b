public import CarrelCrypto
public import CarrelFiles

/// Why a log, or something that it signed, cannot be read, trusted or added to.
public enum LedgerError: Error, Hashable, Sendable {
  /// There is no log in the folder.
  case notALog(path: String)
  /// A file of the log is missing or shorter than the log's size asks for.
  case truncated(path: String)
  /// A file does not have the form that its kind has.
  case malformed(Part)
  /// The checkpoint or the proof is another log's.
  case otherLog(expected: String, found: String)
  /// No signature of a known key stands under the checkpoint.
  case unsigned
  /// A signature of a known key does not hold.
  case brokenSignature(key: String)
  /// An entry is not what the tree was made over, or the tree is not what the checkpoint signs.
  case notTheTree(size: Int)
  /// Someone saw this log at a larger size: entries were taken away.
  case rolledBack(knownSize: Int, size: Int)
  /// Someone saw this log with other entries: its history was rewritten.
  case forked(knownSize: Int)
  /// A request begins at another size than the witness saw last.
  case otherBeginning(asked: Int, known: Int)
  /// Fewer witnesses than needed have cosigned the checkpoint.
  case tooFewWitnesses(found: Int, needed: Int)
  /// Entries are not what a log may hold one after the other.
  case brokenHistory(index: Int, HistoryFault)
  /// Another process is adding to the log.
  case busy(path: String)
  /// The log's key was exchanged as often as it can be.
  case tooManyHandovers(limit: Int)
  /// An entry would have more bytes than a log can hold.
  case entryTooLarge(byteCount: Int)
  /// The file system failed.
  case file(FileError)
  /// A nonce could not be drawn.
  case crypto(CryptoError)

  /// What can lack its form.
  public enum Part: Hashable, Sendable {
    case checkpoint, proof, request, key
    /// A file of hashes or entries.
    case tile(path: String)
    /// An entry, by its place.
    case entry(index: Int)
    /// A signed statement.
    case attestation
  }

  /// How entries can contradict each other.
  public enum HistoryFault: String, Hashable, Sendable {
    /// The first entry does not make a site, or a later one does.
    case notTheBeginning
    /// An entry is older than the one before it.
    case timeGoesBack
    /// A nonce occurs twice.
    case repeatedNonce
    /// An entry tells of another key of the log than the keys under its checkpoint do.
    case notTheHandover
  }
}

extension LedgerError: CustomStringConvertible {
  /// What is so, in words.
  public var description: String {
    switch self {
    case .notALog(let path): "there is no ledger in `\(path)`"
    case .truncated(let path): "`\(path)` is missing or too short"
    case .malformed(let part): "\(part.description) is malformed"
    case .otherLog(let expected, let found): "this is the log `\(found)`, not `\(expected)`"
    case .unsigned: "the checkpoint is not signed by the log's key"
    case .brokenSignature(let key): "the signature of `\(key)` does not hold"
    case .notTheTree(let size): "the entries are not those that the checkpoint at \(size) signs"
    case .rolledBack(let known, let size):
      "the log is at \(size) and was at \(known): entries were taken away"
    case .forked(let known): "the first \(known) entries are not those seen before"
    case .otherBeginning(let asked, let known):
      "the request shows the growth since \(asked), and this witness saw \(known)"
    case .tooFewWitnesses(let found, let needed):
      "cosigned by \(found) of the witnesses that count; \(needed) needed"
    case .brokenHistory(let index, let fault): "entry \(index) \(fault.description)"
    case .busy(let path): "another process is adding to the ledger in `\(path)`"
    case .tooManyHandovers(let limit):
      "the ledger's key was exchanged \(limit) times, which is as often as it can be"
    case .entryTooLarge(let count):
      "an entry of \(count) bytes is larger than a ledger can hold"
    case .file(let error): error.description
    case .crypto(let error): error.description
    }
  }
}

extension LedgerError.Part: CustomStringConvertible {
  /// The part with its article.
  public var description: String {
    switch self {
    case .checkpoint: "the checkpoint"
    case .proof: "the proof"
    case .request: "the request to a witness"
    case .key: "the key"
    case .tile(let path): "`\(path)`"
    case .entry(let index): "entry \(index)"
    case .attestation: "the signed statement"
    }
  }
}

extension LedgerError.HistoryFault: CustomStringConvertible {
  /// What the entry does, after its name.
  public var description: String {
    switch self {
    case .notTheBeginning: "does not stand where the making of a site does"
    case .timeGoesBack: "is older than the entry before it"
    case .repeatedNonce: "repeats a nonce"
    case .notTheHandover: "does not tell of the keys as the checkpoint does"
    }
  }
}
