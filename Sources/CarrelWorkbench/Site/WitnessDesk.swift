import CarrelCrypto
import CarrelDiagnostics
import CarrelFiles
public import CarrelJSON
import CarrelLedger
import CarrelSite

/// The witnesses of a site's public log, and what goes to them and comes back, as files.
public struct WitnessDesk {
  private let access: SiteAccess

  /// The witnesses of a site.
  public init(of place: StudyPlace, for command: String) throws(Failure) {
    access = try SiteAccess(place, for: command)
  }

  /// Puts somebody outside on the list.
  ///
  /// - Parameters:
  ///   - name: The name that they cosign under, without spaces.
  ///   - keyPath: The file of their public key.
  /// - Returns: A line that says so.
  /// - Throws: A ``Failure``.
  public func add(_ name: String, keyPath: String) throws(Failure) -> String {
    let key = try Self.noteKey(name, try KeyFile.read(keyPath, passphraseFile: nil).publicKey)
    try access.act { try access.database.add(witness: key, at: access.now) }
    return "\(name)   witness of \(access.site.ledgerKey.name)\n\(key.text)"
  }

  /// Takes somebody off the list.
  ///
  /// - Returns: A line that says so.
  /// - Throws: A ``Failure``.
  public func remove(_ name: String) throws(Failure) -> String {
    try access.act { try access.database.lapse(witness: name, at: access.now) }
    return "\(name)   no witness any more"
  }

  /// Everybody who is or was on the list, in lines.
  public func text() throws(Failure) -> String {
    let rows = try witnesses().map { witness in
      [witness.key.name, witness.lapsedAt == nil ? "" : "no more", witness.key.text]
    }
    return rows.isEmpty ? "no witnesses" : Columns([["name", "", "key"]] + rows).text
  }

  /// The same for programs.
  public func json() throws(Failure) -> JSON {
    let listed = try witnesses().map { witness in
      JSON.object([
        .init("name", .string(witness.key.name)), .init("key", .string(witness.key.text)),
        .init("is_witness", .boolean(witness.lapsedAt == nil)),
      ])
    }
    return .object([
      .init("carrel", 1), .init("command", "witness list"), .init("ok", true),
      .init("needed", .integer(access.site.witnessesNeeded)),
      .init("log", .string(try access.look { try access.site.ledger().key.text })),
      .init("witnesses", .array(listed)),
    ])
  }

  private func witnesses() throws(Failure) -> [OutsideWitness] {
    try access.look { try access.database.witnesses() }
  }

  /// What a witness is to cosign: the log as it is, and its growth since they last did.
  ///
  /// - Parameters:
  ///   - name: The witness.
  ///   - since: The size that the witness says they know; what the site knows of them if left out.
  /// - Returns: The bytes of the file to hand over, and the log's key to hold it against.
  /// - Throws: A ``Failure``.
  public func request(
    to name: String, since: Int? = nil
  ) throws(Failure) -> (bytes: [UInt8], log: String) {
    let request = try access.look { try access.database.request(to: name, since: since) }
    return (request.bytes, try access.look { try access.site.ledger().key.text })
  }

  /// Takes in what a witness handed back.
  ///
  /// - Parameter path: The file of one or more cosignatures, one a line.
  /// - Returns: A line for each.
  /// - Throws: A ``Failure``; the lines before the first that is refused have been taken.
  public func add(cosignaturesIn path: String) throws(Failure) -> String {
    let bytes: [UInt8]
    do { bytes = try Files.read(path, limitBytes: SignedCheckpoint.limitBytes) } catch {
      throw Failure(error)
    }
    let lines = bytes.split(separator: 0x0A).map { Array($0) + [0x0A] }
    guard !lines.isEmpty else { throw Failure(ReviewError.badCosignature) }
    return try lines.map { line throws(Failure) in
      let added = try access.look { try access.database.add(cosignature: line) }
      return "\(added.witness)   cosigned \(added.size.grouped) entries"
    }.joined(separator: "\n")
  }

  static func noteKey(_ name: String, _ key: VerifyingKey) throws(Failure) -> NoteKey {
    if let key = NoteKey(name: name, use: .witness, key: key) { return key }
    throw Failure(
      "U024", "`\(DisplayedText(name).text)` cannot be a witness's name",
      help: "write it without spaces and `+`, such as `college.example/witness`",
      status: .wrongCommandLine)
  }
}

/// Somebody outside who cosigns what sites hand them.
public struct WitnessSeat {
  private let name: String
  private let choice: KeyChoice

  /// A witness by their name and key.
  public init(name: String, key: KeyChoice) {
    self.name = name
    choice = key
  }

  /// Cosigns a log that only grew since this witness last saw it.
  ///
  /// What was seen is noted beside the key before anything is handed back, so that nothing
  /// contradicting it is ever cosigned.
  ///
  /// - Parameters:
  ///   - path: The file that the site handed over.
  ///   - logKey: The text of the log's key, as the site publishes it.
  ///   - file: The file to hand back, which does not exist yet.
  /// - Returns: What was cosigned, in words.
  /// - Throws: A ``Failure``; `V001` where the log did not grow from what was seen.
  public func cosignature(
    for path: String, log logKey: String, to file: String
  ) throws(Failure) -> String {
    try Failure.refuseExisting(file)
    let key = try choice.signingKey()
    let noteKey = try WitnessDesk.noteKey(name, key.verifyingKey)
    guard let signer = NoteSigner(name: name, use: .witness, key: key) else {
      preconditionFailure("\(noteKey.name) is a name")
    }
    let log = try LedgerDemands.noteKey(logKey, "log", use: .log)
    let bytes: [UInt8]
    do { bytes = try Files.read(path, limitBytes: LogProof.limitBytes) } catch {
      throw Failure(error)
    }
    let seen = SeenLogs(besideKey: choice.path)
    do {
      let request = try WitnessRequest(parsing: bytes)
      let (known, present) = try seen.seen(of: log, beside: request.checkpoint)
      let line = try Witness(signer: signer).cosignature(
        for: request, of: present, known: known, at: .now)
      try seen.keep(request.checkpoint)
      try LedgerProofs.write(line, to: file)
      return "cosigned \(request.checkpoint.checkpoint.size.grouped) entries of \(log.name)"
    } catch let error as LedgerError {
      throw Failure(error)
    } catch let failure as Failure {
      throw failure
    } catch { preconditionFailure("a request fails in ways that are known") }
  }
}
