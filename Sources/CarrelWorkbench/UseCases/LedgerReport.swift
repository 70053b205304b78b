import CarrelFiles
public import CarrelJSON
import CarrelLedger

/// What a public log holds, for people and programs.
public struct LedgerReport {
  private let entries: [LedgerEntry]
  /// The keys that signed it, the present one last.
  private let keys: [NoteKey]

  /// Reads the log in a folder, or the one of the site in the folder, every entry checked.
  ///
  /// - Throws: A ``Failure``; `V001` where the log is not what it was signed to be.
  public init(of path: String) throws(Failure) {
    do {
      let (ledger, key) = try Ledger.selfSigned(at: LedgerPlace.folder(path))
      entries = try ledger.verify()
      keys = ledger.handovers.map(\.old) + [key]
    } catch { throw Failure(error) }
  }

  /// A line for each entry: its number, its day and what happened.
  public var text: String {
    let rows = entries.enumerated().map { index, entry in
      [String(index), String(entry.time.description.prefix(10)), entry.event.sentence]
    }
    return Columns([["entry", "day", "what happened"]] + rows, rightAligned: [0]).text
  }

  /// The entries as they stand in the log, the log's key, and those that handed over to it.
  public var json: JSON {
    let listed = entries.map { entry in
      (try? JSON(parsing: entry.bytes)) ?? .null
    }
    return .object([
      .init("carrel", 1), .init("command", "ledger show"), .init("ok", true),
      .init("log_key", .string(keys[keys.count - 1].text)),
      .init("former_log_keys", .array(keys.dropLast().map { .string($0.text) })),
      .init("entries", .array(listed)),
    ])
  }
}

/// Where a log is, as people name it.
enum LedgerPlace {
  /// The folder of the log: the one named, or `ledger` inside where that is a site.
  static func folder(_ path: String) -> String {
    let inside = Path.join(path, "ledger")
    return Files.exists(Path.join(inside, Ledger.checkpointFile)) ? inside : path
  }
}

extension LedgerEvent {
  /// What happened, in words.
  var sentence: String {
    switch self {
    case .siteMade(let name, let kind, _): "site \(name) made, \(kind)"
    case .projectProposed(let project, _): "project \(project) proposed"
    case .projectApproved(let project, _, let policy, _):
      "project \(project) approved under policy \(policy)"
    case .snapshotMade(let snapshot, _): "records loaded: snapshot \(snapshot)"
    case .optOutsApplied(let snapshot): "opt-outs applied to snapshot \(snapshot)"
    case .runCommitted(let run, let project, _, _): "run \(run) submitted for project \(project)"
    case .runReleased(let run, _, _, _): "run \(run) released"
    case .runClosed(let run): "run \(run) not released"
    case .policyChanged(let policy, _): "policy changed to \(policy)"
    case .keyChanged(let holder, let old, let new):
      "key of \(holder) \(new == nil ? "withdrawn" : old == nil ? "added" : "changed")"
    }
  }
}

extension Failure {
  /// A log that cannot be read or is not what it was signed to be.
  init(_ error: LedgerError) {
    switch error {
    case .file(let error): self.init(error)
    case .notALog:
      self.init(
        "V002", error.description, help: "name the folder that holds `checkpoint`, or its site",
        status: .worldFailed)
    case .busy:
      self.init(
        "S008", error.description, help: "wait until the other process has ended",
        status: .worldFailed)
    default:
      self.init("V001", error.description, status: .foundSomethingWrong)
    }
  }
}
