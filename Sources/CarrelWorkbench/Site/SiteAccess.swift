import CarrelCrypto
import CarrelFiles
import CarrelLedger
import CarrelSite
import CarrelValues

/// A site that somebody acts at: its state, and the time for rules.
struct SiteAccess {
  let site: Site
  let database: SiteDatabase
  /// The clock's time, which entries of the log are made with.
  let clock: LedgerTime
  /// The time for rules, which a clock that is set back does not set back.
  let now: LedgerTime

  /// Opens a site and its state.
  init(_ place: StudyPlace, for command: String) throws(Failure) {
    guard case .site(let path) = place else {
      throw Failure(
        "U014", "carrel \(command) needs a site", help: "write `--site DIR`",
        status: .wrongCommandLine)
    }
    clock = .now
    do throws(SiteError) {
      site = try Site.open(at: path)
      database = try SiteDatabase(of: site)
      now = try site.time(by: clock)
    } catch {
      throw Failure(error)
    }
    try look { try database.checkHistory() }
  }

  /// The day for rules.
  var today: CivilDate { CivilDate(dayNumber: now.secondsSince1970 / 86_400) ?? .last }

  /// Does something that changes nothing.
  func look<Result>(_ body: () throws -> Result) throws(Failure) -> Result {
    do { return try body() } catch let failure as Failure { throw failure } catch let error
      as ReviewError
    { throw Failure(error) } catch let error as SiteError { throw Failure(error) } catch let error
      as FileError
    { throw Failure(error) } catch { preconditionFailure("a site fails in ways that are known") }
  }

  /// Does something that the public log may have to tell, and sees that it does.
  ///
  /// - Throws: A ``Failure``; `S042` where it is done, and the log could not be written.
  func act<Result>(_ body: () throws -> Result) throws(Failure) -> Result {
    let result = try look(body)
    do { try look { try database.settle(at: clock) } } catch {
      throw Failure(
        "S042", "this is done, and its ledger entry waits: \(error.message)",
        help: "mend that; the next command enters it", status: error.status)
    }
    return result
  }

  /// The person of a key, with a role; refused where the key's file has seen a later log of this
  /// site than there is now.
  func person(of choice: KeyChoice, as role: Person.Role) throws(Failure) -> Person {
    try signer(of: choice, as: role).person
  }

  /// The same with the key.
  func signer(
    of choice: KeyChoice, as role: Person.Role
  ) throws(Failure) -> (person: Person, key: SigningKey) {
    let key = try choice.signingKey()
    try look {
      let (known, held) = try SeenLogs(besideKey: choice.path).seen(
        of: site.ledgerKey, beside: try site.ledger().head)
      let ledger = try site.ledger(known: known)
      guard try ledger.head.successor(of: held) == ledger.key else {
        throw SiteError.ledger(.unsigned)
      }
    }
    let person = try look {
      try database.person(
        signingWith: key.verifyingKey.bytes, as: role, at: now.secondsSince1970)
    }
    return (person, key)
  }

  /// Notes beside a key how far the log of this site is, so that its owner knows it the next time.
  func remember(besideKey choice: KeyChoice) throws(Failure) {
    let ledger: Ledger
    do throws(SiteError) { ledger = try site.ledger() } catch { throw Failure(error) }
    try SeenLogs(besideKey: choice.path).keep(ledger.head)
  }
}

/// The file of somebody's private key, and of the passphrase that opens it.
public struct KeyChoice: Sendable {
  let path: String
  let passphraseFile: String?

  /// A key's file.
  public init(path: String, passphraseFile: String?) {
    self.path = path
    self.passphraseFile = passphraseFile
  }
}

/// Shows somebody what they are about to sign with its digest, and gives what they typed of it.
public typealias DigestPrompt = (_ about: [String], _ digest: String) throws(Failure) -> String

extension Failure {
  /// Something that cannot be done with a run, a project or a person.
  init(_ error: ReviewError) {
    self.init(error.code, error.description, help: error.help, status: .refused)
  }
}

extension Digest {
  /// The digits in groups of four.
  var inFours: String {
    let digits = Array(hexadecimal)
    return stride(from: 0, to: digits.count, by: 4).map { String(digits[$0..<$0 + 4]) }
      .joined(separator: " ")
  }

  /// Refuses what somebody typed unless it is the beginning of the digest, and long enough.
  func check(typed: String) throws(ReviewError) {
    let digits = typed.lowercased().filter { $0 != " " }
    guard digits.count >= 4, hexadecimal.hasPrefix(digits) else { throw .wrongDigest }
  }
}

extension LedgerTime {
  /// The day.
  var day: CivilDate { CivilDate(dayNumber: secondsSince1970 / 86_400) ?? .last }

  /// The moment so many days later.
  func adding(days: Int) -> LedgerTime {
    LedgerTime(secondsSince1970: secondsSince1970 + days * 86_400) ?? self
  }
}
