import CarrelBundle
import CarrelFiles
import CarrelLedger
import CarrelSite

extension Bundle {
  /// A release as the site hands it out.
  init(_ sealed: SealedRelease) {
    self.init(
      files: sealed.files.map { BundleFile(path: $0.path, bytes: $0.bytes) },
      receipt: sealed.receipt, release: sealed.statement, decisions: sealed.decisions,
      proof: sealed.proof)
  }
}

extension RunDesk {
  /// Where what was released is to be written.
  public struct FetchPlace: Sendable {
    var archive, folder: String?

    /// A bundle's file, named after the study and the run if left out, and a folder for the files in
    /// it, if they are wanted.
    public init(archive: String?, folder: String?) {
      self.archive = archive
      self.folder = folder
    }
  }

  /// Writes the bundle of a run of the key's owner, and its files to a folder where that is asked.
  ///
  /// Before anything is written the bundle is verified as anybody else would.
  ///
  /// - Parameters:
  ///   - name: The run.
  ///   - choice: The researcher's key.
  ///   - place: Where to.
  /// - Returns: Lines that say where it is, and the command that checks it.
  /// - Throws: A ``Failure``; `V004` where what was released does not verify, and nothing leaves.
  public func fetch(
    _ name: String, with choice: KeyChoice, to place: FetchPlace
  ) throws(Failure) -> (text: String, next: String) {
    let author = try access.person(of: choice, as: .researcher)
    let sealed = try access.look {
      let run = try access.database.run(named: name)
      guard run.author == author.id else { throw ReviewError.unknownRun(name) }
      return try access.database.sealedRelease(of: run)
    }
    let (files, bytes, title) = try packed(sealed)
    let archive = place.archive ?? "\(title).zip"
    try Failure.refuseExisting(archive)
    if let folder = place.folder { try Self.write(files, to: folder) }
    do { try Files.write(bytes, to: archive, access: .everyone) } catch { throw Failure(error) }
    let day = LedgerTime(secondsSince1970: sealed.record.releasedAt)?.day.inWords ?? ""
    let said = "\(archive)   \(files.count) files, release \(sealed.record.number) of \(day)"
    let extracted = place.folder.map { "\n\($0)/   the same files" } ?? ""
    return (said + extracted, "carrel verify \(archive)")
  }

  private func packed(
    _ sealed: SealedRelease
  ) throws(Failure) -> (files: [BundleFile], bytes: [UInt8], name: String) {
    let bundle = Bundle(sealed)
    do {
      let (files, bytes) = (try bundle.folder(), try bundle.archive().bytes)
      // Sealed under the key of its day, which may have handed over since.
      let claimed = try bundle.releaseStatement().site.key
      let isOwn = try access.look { try access.site.ledgerKeys().contains(claimed) }
      let verification = BundleVerification(
        of: bytes, .init(key: isOwn ? claimed : access.site.ledgerKey))
      if let wrong = verification.findings.first(where: { !$0.isRight }) {
        throw Failure(unverified: wrong.sentence)
      }
      return (files, bytes, try bundle.releaseStatement().name)
    } catch let error as BundleError {
      throw Failure(unverified: error.description)
    } catch let failure as Failure {
      throw failure
    } catch { preconditionFailure("a bundle fails in ways that are known") }
  }

  private static func write(_ files: [BundleFile], to folder: String) throws(Failure) {
    do throws(FileError) {
      var new = try NewFolder(folder)
      for file in files { try new.write(file.bytes, to: file.path) }
      try new.publish()
    } catch { throw Failure(making: folder, error) }
  }
}

extension Failure {
  /// Something that would leave as a bundle, or came as one, and is not to be relied on.
  init(unverified sentence: String) {
    self.init(
      "V004", "the bundle does not verify: \(sentence)",
      help: "carrel verify says all that is wrong",
      status: .foundSomethingWrong)
  }
}
