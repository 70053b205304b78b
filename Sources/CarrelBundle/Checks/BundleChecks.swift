internal import CarrelCrypto
internal import CarrelJSON
internal import CarrelLedger
internal import CarrelPolicy

/// The checks of one bundle.
struct BundleChecks {
  let bundle: Bundle
  let release: ReleaseStatement
  let receipt: RunReceipt
  let archive: ZipArchive
  let demands: BundleVerification.Demands

  /// How many outside witnesses must have cosigned where people are real.
  static let witnessesNeeded = 2

  /// The key that the site must have signed with: the known one, or what that handed over to.
  ///
  /// Where a handover does not hold, the check of the ledger says so.
  var key: NoteKey {
    let known = demands.key ?? release.site.key
    return (try? bundle.proof.checkpoint.successor(of: known)) ?? known
  }
  var witnesses: [NoteKey] {
    demands.witnesses.isEmpty ? release.site.witnesses : demands.witnesses
  }

  /// What trust in this bundle rests on that nobody outside has confirmed.
  var notes: [String] {
    var notes: [String] = []
    if demands.key == nil {
      notes.append("the key is the one that the bundle names; --key KEY holds it to a known one")
    } else if key != demands.key {
      notes.append("the ledger's key was exchanged since the one that was given; it signed the new")
    }
    if demands.witnesses.isEmpty && release.site.isProtected {
      let names = witnesses.map(\.name).joined(separator: ", ")
      notes += [
        "the witnesses believed are those that the site names: \(names)",
        "a second ledger is seen by witnesses of one's own choice; --witness KEY names one",
      ]
    }
    return notes
  }

  /// What a check found.
  ///
  /// - Throws: A ``BundleFault`` with what is wrong.
  func sentence(for check: BundleVerification.Check) throws(BundleFault) -> String {
    switch check {
    case .signatures: try signatures()
    case .contents: try contents()
    case .ledger: try ledger()
    case .disclosure: try disclosure()
    case .figures: try figures()
    }
  }

  // MARK: Signatures

  private func signatures() throws(BundleFault) -> String {
    try expectSigned(bundle.receipt, by: [key.key], what: "the receipt")
    try expectSigned(bundle.release, by: [key.key], what: "the release")
    guard release.site.key == key, receipt.site == key.name, receipt.run == release.run,
      receipt.project == release.project.id
    else { throw BundleFault(sentence: "the receipt and the release are about different runs") }
    let needed = max(release.approvalsNeeded, release.site.isProtected ? 2 : 1)
    let approvers = try approvers()
    guard approvers.count >= needed else {
      throw BundleFault(
        sentence: "approved by \(approvers.count) of \(needed) guardians that are needed")
    }
    return "site \(key.name), \(approvers.count) guardians of \(needed) needed"
  }

  /// The people who approve exactly these files; every decision in the bundle must count.
  private func approvers() throws(BundleFault) -> [String] {
    guard let first = bundle.decisions.first,
      let round = try? DecisionStatement<RunMatter>(in: first).matter.round,
      let policy = bundle.files.first(where: { $0.path.hasPrefix("policy/") }),
      case .runReleased(_, let opening, _, _) = try entry().event
    else { throw BundleFault(sentence: "no guardian's decision is in the bundle") }
    let keys = release.guardians.flatMap(\.keys)
    guard Set(keys).count == keys.count,
      Set(release.guardians.map(\.name)).count == release.guardians.count
    else { throw BundleFault(sentence: "two guardians have one name or one key") }
    let matter = RunMatter(
      site: key.name, project: receipt.project, run: receipt.run, study: opening.digest,
      snapshot: receipt.snapshot, policy: Digest(of: policy.bytes), round: round,
      outputs: bundle.files.releaseDigest)
    for envelope in bundle.decisions {
      let decision: DecisionStatement<RunMatter>
      do throws(DecisionFault) {
        decision = try DecisionStatement.verified(
          envelope, about: matter, roster: release.guardians, at: release.released)
      } catch { throw BundleFault(sentence: error.sentence) }
      let own = release.guardians.first { $0.name == decision.guardian }
      try expectSigned(envelope, by: own?.keys ?? [], what: "a decision")
      guard decision.word == .approve else {
        throw BundleFault(sentence: "a guardian decided against the release")
      }
    }
    let approvers = DecisionStatement.approvers(
      in: bundle.decisions, of: matter, roster: release.guardians, at: release.released)
    guard approvers.count == bundle.decisions.count else {
      throw BundleFault(sentence: "a guardian decided twice")
    }
    guard !approvers.contains(release.project.author) else {
      throw BundleFault(sentence: "a guardian approved a study of their own")
    }
    return approvers
  }

  /// Exactly one signature, which holds, with the right hint at its key.
  private func expectSigned(
    _ envelope: Envelope, by keys: [VerifyingKey], what: String
  ) throws(BundleFault) {
    guard envelope.signatures.count == 1, let signer = envelope.signers(among: keys).first,
      envelope.signatures[0].keyID == signer.fingerprint
    else { throw BundleFault(sentence: "\(what) is not signed by the key that it should be") }
  }

  // MARK: Contents

  private func contents() throws(BundleFault) -> String {
    let digest = bundle.files.releaseDigest
    guard release.outputs == digest, receipt.files == bundle.files.map(\.subject),
      receipt.inputs == bundle.files.filter(\.isInput).map(\.subject)
    else {
      let signed = Dictionary(
        receipt.files.map { ($0.name, $0.digest) }, uniquingKeysWith: { first, _ in first })
      let wrong = bundle.files.first { signed[$0.path] != $0.subject.digest }?.path
      throw BundleFault(
        sentence: wrong.map { "`\($0)` is not what was signed" } ?? "the files are not those signed"
      )
    }
    try expectSubmission()
    // Whatever no signature covers follows from what one does, to the byte.
    let expected: ZipArchive
    do { expected = try bundle.archive() } catch { throw BundleFault(sentence: error.description) }
    if expected != archive {
      let found = Set(archive.files)
      let wrong = expected.files.first { !found.contains($0) }?.path ?? archive.files.first?.path
      throw BundleFault(sentence: "`\(wrong ?? "")` is not what the signed files give")
    }
    return "\(bundle.files.count) files match the signed digest"
  }

  /// The study, its code lists and the values of its parameters, as the guardians' words and the
  /// public log name them.
  private func expectSubmission() throws(BundleFault) {
    let settings = BundleFile(
      path: RunReceipt.Parameter.sealedPath,
      bytes: RunReceipt.Parameter.sealed(receipt.parameters))
    let submitted = bundle.files.filter { $0.path.hasPrefix(Crate.study) } + [settings]
    guard case .runReleased(_, let opening, _, _) = try entry().event,
      opening.digest == submitted.releaseDigest
    else { throw BundleFault(sentence: "the study or a parameter is not what was submitted") }
  }

  // MARK: Ledger

  private func entry() throws(BundleFault) -> LedgerEntry {
    guard let bytes = bundle.proof.extra, let entry = LedgerEntry(parsing: bytes) else {
      throw BundleFault(sentence: "the proof does not bring the entry of the release")
    }
    return entry
  }

  private func ledger() throws(BundleFault) -> String {
    let entry = try entry()
    let cosignatures: [Cosignature]
    do throws(LedgerError) {
      cosignatures = try bundle.proof.verify(
        entry.bytes, by: key, cosignedBy: release.site.isProtected ? Self.witnessesNeeded : 0,
        of: outside)
      guard
        try bundle.proof.checkpoint.handovers(to: key).map(\.old) == release.site.formerKeys
      else { throw LedgerError.unsigned }
    } catch { throw BundleFault(sentence: error.description) }
    guard
      case .runReleased(receipt.run, _, bundle.files.releaseDigest, receipt.releaseLedgerHead) =
        entry.event, entry.time.startOfHour == release.released
    else { throw BundleFault(sentence: "the entry in the log is not that of this release") }
    let head = bundle.proof.checkpoint.checkpoint
    let seen =
      cosignatures.isEmpty
      ? ""
      : ", cosigned by \(cosignatures.count) \(cosignatures.count == 1 ? "witness" : "witnesses")"
        + (demands.witnesses.isEmpty ? "" : " of the \(demands.witnesses.count) that were given")
    return "entry \(bundle.proof.inclusion.index) is in the log of \(head.size)\(seen)"
  }

  /// A site does not witness itself, nor do its guardians.
  private var outside: [NoteKey] {
    let inside = [key.key] + release.site.formerKeys.map(\.key) + release.guardians.flatMap(\.keys)
    return witnesses.filter { !inside.contains($0.key) }
  }

  // MARK: Disclosure and figures

  private func disclosure() throws(BundleFault) -> String {
    let metadata = archive.files.first {
      $0.path.hasSuffix("/\(Bag.payloadFolder)\(Crate.fileName)")
    }
    guard let json = metadata.flatMap({ try? JSON(parsing: $0.bytes) }) else {
      throw BundleFault(sentence: CrateFault.notACrate.description)
    }
    let files: [BundleFile]
    do { files = try bundle.crate().files } catch { throw BundleFault(sentence: error.description) }
    do { try CrateChecker.check(json, files: files) } catch {
      throw BundleFault(sentence: error.description)
    }
    let policy = try checkedFigures().policy
    return "the check took place, policy \(policy.name) \(policy.version)"
  }

  private func figures() throws(BundleFault) -> String {
    let count = try checkedFigures().figures
    return "\(count) \(count == 1 ? "figure agrees" : "figures agree") with that policy"
  }

  private func checkedFigures() throws(BundleFault) -> (figures: Int, policy: Policy) {
    do throws(FigureCheck.Fault) {
      let found = try FigureCheck.check(bundle.files)
      guard !release.site.isProtected || !found.policy.isForSyntheticSitesOnly else {
        throw FigureCheck.Fault(path: "policy/", sentence: "the policy is for invented people only")
      }
      return found
    } catch { throw BundleFault(sentence: "`\(error.path)`: \(error.sentence)") }
  }
}

extension DecisionFault {
  fileprivate var sentence: String {
    switch self {
    case .malformed: "a decision is malformed"
    case .unknownGuardian: "a decision is by somebody who is no guardian of the site"
    case .notSigned: "a decision is not signed by the guardian whom it names"
    case .otherMatter: "a decision is about something else than these files"
    case .expired: "a decision had lapsed when the files were released"
    }
  }
}
