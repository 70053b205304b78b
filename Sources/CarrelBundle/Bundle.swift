internal import CarrelJSON
public import CarrelLedger

/// What leaves a site, packed so that anybody can check it with nothing else at hand.
///
/// It is one bag in one archive. Everything in it is either signed or follows from what is signed, so
/// equal releases give equal bytes, and a bundle that is not exactly the one its contents give is
/// refused.
public struct Bundle: Hashable, Sendable {
  /// What the guardians signed: outputs, report, study, code lists and policy.
  public let files: [BundleFile]
  /// A ``RunReceipt`` that the site signed.
  public let receipt: Envelope
  /// A ``ReleaseStatement`` that the site signed.
  public let release: Envelope
  /// A ``DecisionStatement`` of each guardian who approved.
  public let decisions: [Envelope]
  /// That the release is in the site's public log, with the entry in it.
  public let proof: LogProof

  static let receiptName = "receipt.dsse.json"
  static let proofName = "ledger.tlog-proof"
  static let approvalsName = "approvals.intoto.jsonl"
  /// Files of the output directory that no guardian signs: they are made at release.
  static let made = [receiptName, proofName, Crate.fileName, WorkflowCrate.path]

  /// A bundle of these parts; whether they hold together is for ``BundleVerification`` to say.
  public init(
    files: [BundleFile], receipt: Envelope, release: Envelope, decisions: [Envelope],
    proof: LogProof
  ) {
    self.files = files.inOrder
    self.receipt = receipt
    self.release = release
    self.decisions = decisions
    self.proof = proof
  }
}

// MARK: Packing

extension Bundle {
  /// The metadata, with the files that it describes: all but itself.
  ///
  /// - Throws: ``BundleError`` where a statement is malformed, or the study is not there.
  func crate() throws(BundleError) -> Crate {
    let (release, receipt) = (try releaseStatement(), try runReceipt())
    let study = try WorkflowCrate(
      release: release, inputs: CrateInputs(of: receipt, among: files), among: files)
    let made = [
      BundleFile(path: Self.receiptName, bytes: self.receipt.bytes),
      BundleFile(path: Self.proofName, bytes: proof.bytes), study.file,
    ]
    return Crate(release: release, receipt: receipt, files: (files + made).inOrder)
  }

  /// The output directory: the files, the receipt, the proof and the metadata of the bundle and of its
  /// study.
  ///
  /// - Throws: ``BundleError`` where the statements are not what they should be.
  public func folder() throws(BundleError) -> [BundleFile] {
    try Self.expect(paths: files.map(\.path))
    let crate = try crate()
    do { try CrateChecker.check(crate.json, files: crate.files) } catch { throw .crate(error) }
    return (crate.files + [BundleFile(path: Crate.fileName, bytes: crate.bytes)]).inOrder
  }

  /// The archive, `NAME.zip`.
  ///
  /// - Throws: ``BundleError`` where a name or the size cannot be packed, or as ``folder()``.
  public func archive() throws(BundleError) -> ZipArchive {
    let release = try releaseStatement()
    let approvals = ([self.release] + decisions).flatMap(\.bytes)
    let bag = Bag(
      payload: try folder(), tags: [BundleFile(path: Self.approvalsName, bytes: approvals)],
      run: release.run, time: release.released)
    do {
      return try ZipArchive(
        bag.files.map { BundleFile(path: "\(release.name)/\($0.path)", bytes: $0.bytes) },
        at: release.released)
    } catch { throw .archive(error) }
  }

  /// What the site says of the release, not yet believed.
  ///
  /// - Throws: ``BundleError/malformed(path:)``.
  public func releaseStatement() throws(BundleError) -> ReleaseStatement {
    do {
      let statement = try ReleaseStatement(in: release)
      guard !statement.name.contains("/") else { throw LedgerError.malformed(.attestation) }
      return statement
    } catch { throw .malformed(path: Self.approvalsName) }
  }

  /// What the site says of the run, not yet believed.
  ///
  /// - Throws: ``BundleError/malformed(path:)``.
  public func runReceipt() throws(BundleError) -> RunReceipt {
    do { return try RunReceipt(in: receipt) } catch { throw .malformed(path: Self.receiptName) }
  }
}

/// A name that no bundle can hold.
public struct UnpackableName: Error, Hashable, Sendable {
  /// The name.
  public let name: String
}

extension Bundle {
  /// The most bytes of the path of a file that is sure to fit beside the folders of a bundle.
  private static let pathLimitBytes = 120

  /// Refuses paths that could not stand in a bundle: too long, not plain, that of a file made at
  /// release, or two that some file system takes for one.
  public static func checkNames(_ paths: [String]) throws(UnpackableName) {
    var taken = Set(made)
    for path in paths {
      guard path.utf8.count <= pathLimitBytes, ZipArchive.isPlain(path),
        taken.insert(path.lowercased()).inserted
      else { throw UnpackableName(name: path) }
    }
  }
}

// MARK: Reading

extension Bundle {
  /// Reads a bundle in memory without believing any of it.
  ///
  /// - Throws: ``BundleError``.
  public init(reading archive: ZipArchive) throws(BundleError) {
    let inside = try Self.insideTopFolder(archive.files)
    func bytes(_ path: String) throws(BundleError) -> [UInt8] {
      guard let file = inside.first(where: { $0.path == path }) else {
        throw .missingFile(path: path)
      }
      return file.bytes
    }
    let payload = inside.compactMap { file -> BundleFile? in
      guard file.path.hasPrefix(Bag.payloadFolder) else { return nil }
      let path = String(file.path.dropFirst(Bag.payloadFolder.count))
      return Self.made.contains(path) ? nil : BundleFile(path: path, bytes: file.bytes)
    }
    try Self.expect(paths: payload.map(\.path))
    let envelopes = try Self.envelopes(try bytes(Self.approvalsName))
    let receiptBytes = try bytes(Bag.payloadFolder + Self.receiptName)
    let proofBytes = try bytes(Bag.payloadFolder + Self.proofName)
    guard let receipt = try? Envelope(parsing: receiptBytes) else {
      throw .malformed(path: Self.receiptName)
    }
    guard let proof = try? LogProof(parsing: proofBytes) else {
      throw .malformed(path: Self.proofName)
    }
    self.init(
      files: payload, receipt: receipt, release: envelopes[0],
      decisions: Array(envelopes.dropFirst()), proof: proof)
  }

  private static func insideTopFolder(_ files: [BundleFile]) throws(BundleError) -> [BundleFile] {
    guard let top = files.first?.path.split(separator: "/").first.map({ "\($0)/" }) else {
      throw .missingFile(path: "bagit.txt")
    }
    for file in files where !file.path.hasPrefix(top) { throw .unexpectedFile(path: file.path) }
    return files.map { BundleFile(path: String($0.path.dropFirst(top.count)), bytes: $0.bytes) }
  }

  private static func envelopes(_ bytes: [UInt8]) throws(BundleError) -> [Envelope] {
    let lines = bytes.split(separator: 0x0A)
    let envelopes = lines.compactMap { try? Envelope(parsing: Array($0)) }
    guard envelopes.count == lines.count, !envelopes.isEmpty else {
      throw .malformed(path: approvalsName)
    }
    return envelopes
  }

  /// Holds the paths to those that an output directory has.
  private static func expect(paths: [String]) throws(BundleError) {
    for path in paths {
      let isExpected =
        path == "report.html" || path.hasPrefix("study/")
        || path.hasPrefix("outputs/") && (path.hasSuffix(".csv") || path.hasSuffix(".json"))
        || path.hasPrefix("policy/") && path.hasSuffix(".policy")
      guard isExpected else { throw .unexpectedFile(path: path) }
    }
    for folder in ["study/", "outputs/", "policy/"] {
      guard paths.contains(where: { $0.hasPrefix(folder) }) else {
        throw .missingFile(path: folder)
      }
    }
    let policies = paths.filter { $0.hasPrefix("policy/") }
    if policies.count > 1 { throw .unexpectedFile(path: policies[1]) }
  }
}
