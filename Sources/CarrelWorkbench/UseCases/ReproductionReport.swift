import CarrelBundle
import CarrelDiagnostics
import CarrelFiles
public import CarrelJSON
import CarrelLedger
import CarrelSite

/// A bundle's study run again on the records of a site, and held to the bundle byte for byte.
///
/// At a site with records of people only a bundle that the site itself released is run again, and only
/// on the snapshot that it was made from: anything else would be a run that nobody approved.
public struct ReproductionReport {
  private let outcome: Outcome
  private let bundle: Bundle

  private enum Outcome {
    case run(Reproduction)
    /// The records are not those of the bundle, so nothing was read.
    case otherRecords
  }

  /// Verifies a bundle, runs its study again and compares.
  ///
  /// - Parameters:
  ///   - path: The archive.
  ///   - place: The site.
  ///   - limits: What the run may take.
  /// - Throws: A ``Failure``; `V004` where the bundle does not verify, `S040` where it is another
  ///   site's.
  public init(
    of path: String, at place: StudyPlace, within limits: WorkerLimits
  ) throws(Failure) {
    let access = try SiteAccess(place, for: "reproduce")
    let (bundle, release) = try Self.verified(path)
    let isOwn = try access.look { try access.site.ledgerKeys().contains(release.site.key) }
    guard isOwn || !release.site.isProtected && access.site.kind == .synthetic else {
      throw Failure(
        "S040", "the bundle is not one that this site released", help: "name the site that did",
        status: .refused)
    }
    self.bundle = bundle
    do {
      let receipt = try bundle.runReceipt()
      let now = try Self.inputs(at: access, knowing: receipt)
      guard access.site.kind == .synthetic || now.snapshot == receipt.snapshot else {
        outcome = .otherRecords
        return
      }
      try access.checkOptOuts()
      let again = Rerun(bundle: bundle, release: release, receipt: receipt)
      let files = try again.files(at: place, access.site, within: limits)
      outcome = .run(
        try Reproduction(
          of: bundle,
          by: .init(
            files: files, snapshot: now.snapshot, releaseLedgerHead: now.releaseLedgerHead,
            version: CarrelVersion.current)))
    } catch let error as BundleError {
      throw Failure(unverified: error.description)
    } catch let failure as Failure {
      throw failure
    } catch { preconditionFailure("a run fails in ways that are known") }
  }

  private static func verified(
    _ path: String
  ) throws(Failure) -> (bundle: Bundle, release: ReleaseStatement) {
    let bytes: [UInt8]
    do { bytes = try Files.read(path, limitBytes: ZipArchive.limitBytes) } catch {
      throw Failure(error, help: "name the `.zip` that carrel fetch wrote")
    }
    // Looked at first by a process that can do nothing else.
    let inspected = try BundleInspector.inspected(bytes, key: nil, witnesses: [])
    if let fault = inspected.findings.first(where: { !$0.isRight }) {
      throw Failure(unverified: fault.sentence)
    }
    let verification = BundleVerification(of: bytes)
    let wrong = verification.findings.first { !$0.isRight }
    guard wrong == nil, let release = verification.release,
      let archive = try? ZipArchive(reading: bytes), let bundle = try? Bundle(reading: archive)
    else { throw Failure(unverified: wrong?.sentence ?? "it cannot be read") }
    return (bundle, release)
  }

  /// What a run would be made from here, now.
  private static func inputs(
    at access: SiteAccess, knowing receipt: RunReceipt
  ) throws(Failure) -> (snapshot: Digest, releaseLedgerHead: Digest) {
    try access.look {
      let (site, head) = (access.site, receipt.releaseLedgerHead)
      return (
        site.publicDigest(
          ofSnapshot: try site.snapshot().card.digest, forProject: receipt.project),
        try access.database.hasHad(releaseLedgerHead: head)
          ? head : try access.database.releaseLedgerHead()
      )
    }
  }

  /// Whether every file is the same.
  public var isSame: Bool {
    if case .run(let reproduction) = outcome { reproduction.isSame } else { false }
  }

  private var sentences: [(word: String, text: String)] {
    switch outcome {
    case .run(let reproduction): reproduction.sentences
    case .otherRecords:
      [("differs", "the records of this site are not those that the bundle was made from")]
    }
  }

  /// A line for what came of it, and for why.
  public var text: String {
    // Paths come from whoever packed the bundle.
    Columns(sentences.map { [$0.word, DisplayedText($0.text).text] }).text
  }

  /// The same for programs.
  public var json: JSON {
    let (differing, causes): ([String], [String]) =
      switch outcome {
      case .run(let reproduction): (reproduction.differing, reproduction.causes.map(\.rawValue))
      case .otherRecords: ([], [Reproduction.Cause.snapshot.rawValue])
      }
    return .object([
      .init("carrel", 1), .init("command", "reproduce"), .init("ok", .boolean(isSame)),
      .init("files", .integer(bundle.files.count)),
      .init("differing", .array(differing.map { .string($0) })),
      .init("causes", .array(causes.map { .string($0) })),
    ])
  }
}
