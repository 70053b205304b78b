public import CarrelJSON

extension LedgerEvent {
  /// The event by itself, without the time, nonce and actor that an entry gives it.
  public var json: JSON {
    .object(
      [.init("kind", .string(kind.rawValue))] + members.map { .init($0.name, .string($0.text)) })
  }

  /// Reads an event that ``json`` wrote; `nil` for anything else.
  public init?(json: JSON) {
    guard let kind = json["kind"]?.string.flatMap({ Kind(rawValue: $0) }),
      let event = LedgerEvent(kind: kind, members: EntryMembers(object: json)), event.json == json
    else { return nil }
    self = event
  }
}

extension LedgerEvent {
  /// The members of an entry that are the event's own, besides its kind.
  var members: [(name: String, text: String)] {
    switch self {
    case .siteMade(let name, let siteKind, let logKey):
      [("name", name), ("site_kind", siteKind), ("log_key", logKey)]
    case .projectProposed(let project, let commitment):
      [("project", project), ("commitment", commitment.digest.hexadecimal)]
    case .projectApproved(let project, let text, let policy, let policyDigest):
      [
        ("project", project), ("text", text.hexadecimal), ("policy", policy),
        ("policy_digest", policyDigest.hexadecimal),
      ]
    case .snapshotMade(let snapshot, let keyedDigest):
      [("snapshot", snapshot), ("keyed_digest", keyedDigest.hexadecimal)]
    case .optOutsApplied(let snapshot): [("snapshot", snapshot)]
    case .runCommitted(let run, let project, let policyDigest, let commitment):
      [
        ("run", run), ("project", project), ("policy_digest", policyDigest.hexadecimal),
        ("commitment", commitment.digest.hexadecimal),
      ]
    case .runReleased(let run, let opening, let outputs, let releaseLedgerHead):
      [
        ("run", run), ("submission", opening.digest.hexadecimal),
        ("random", opening.random.hexadecimal), ("outputs", outputs.hexadecimal),
        ("release_ledger_head", releaseLedgerHead.hexadecimal),
      ]
    case .runClosed(let run): [("run", run)]
    case .policyChanged(let policy, let policyDigest):
      [("policy", policy), ("policy_digest", policyDigest.hexadecimal)]
    case .keyChanged(let holder, let old, let new):
      [("holder", holder)] + (old.map { [("old", $0)] } ?? [])
        + (new.map { [("new", $0)] } ?? [])
    }
  }

  /// The event that these members tell; `nil` where one is missing or has another form.
  init?(kind: Kind, members: EntryMembers) {
    switch kind {
    case .site:
      guard let name = members["name"], let siteKind = members["site_kind"],
        let logKey = members["log_key"]
      else { return nil }
      self = .siteMade(name: name, siteKind: siteKind, logKey: logKey)
    case .propose, .approve: self.init(project: kind, members)
    case .snapshot:
      guard let snapshot = members["snapshot"], let digest = members.digest("keyed_digest") else {
        return nil
      }
      self = .snapshotMade(snapshot: snapshot, keyedDigest: digest)
    case .optOuts:
      guard let snapshot = members["snapshot"] else { return nil }
      self = .optOutsApplied(snapshot: snapshot)
    case .run, .release, .close: self.init(run: kind, members)
    case .policy:
      guard let policy = members["policy"], let digest = members.digest("policy_digest") else {
        return nil
      }
      self = .policyChanged(policy: policy, policyDigest: digest)
    case .key:
      guard let holder = members["holder"] else { return nil }
      self = .keyChanged(holder: holder, old: members["old"], new: members["new"])
    }
  }

  private init?(project kind: Kind, _ members: EntryMembers) {
    guard let project = members["project"] else { return nil }
    if kind == .propose {
      guard let commitment = members.digest("commitment") else { return nil }
      self = .projectProposed(project: project, commitment: Commitment(digest: commitment))
    } else {
      guard let text = members.digest("text"), let policy = members["policy"],
        let policyDigest = members.digest("policy_digest")
      else { return nil }
      self = .projectApproved(
        project: project, text: text, policy: policy, policyDigest: policyDigest)
    }
  }

  private init?(run kind: Kind, _ members: EntryMembers) {
    guard let run = members["run"] else { return nil }
    if kind == .close {
      self = .runClosed(run: run)
    } else if kind == .run {
      guard let project = members["project"], let policy = members.digest("policy_digest"),
        let commitment = members.digest("commitment")
      else { return nil }
      self = .runCommitted(
        run: run, project: project, policyDigest: policy,
        commitment: Commitment(digest: commitment))
    } else {
      guard let submission = members.digest("submission"), let random = members.digest("random"),
        let outputs = members.digest("outputs"), let head = members.digest("release_ledger_head")
      else { return nil }
      self = .runReleased(
        run: run, opening: .init(random: random, digest: submission), outputs: outputs,
        releaseLedgerHead: head)
    }
  }
}

/// The members of an entry as it is read: texts, and digests in hexadecimal.
struct EntryMembers {
  let object: JSON

  subscript(name: String) -> String? { object[name]?.string }

  func digest(_ name: String) -> Digest? { self[name].flatMap { Digest(hexadecimal: $0) } }
}
