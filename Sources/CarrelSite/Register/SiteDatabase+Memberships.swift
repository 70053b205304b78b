public import CarrelLedger
internal import CarrelStore

/// What a round of a run says of people, for comparison with what is asked for later.
///
/// It never leaves the site, and spans its projects, policies and snapshots.
public struct MembershipRecord: Hashable, Sendable {
  /// The random UUID of the run.
  public let run: String
  /// The run's project.
  public let project: String
  /// The digest of the policy that it was made under.
  public let policy: Digest
  /// The keyed digest of the snapshot that was read.
  public let snapshot: Digest
  /// The digest of the study with its code lists and settings.
  public let submission: Digest
  /// The tables: their groups, counts, and what is published of each.
  public let tables: [UInt8]
  /// For each table how many facts released so far divide its people; empty until something has been
  /// released beside it.
  public let factCounts: [Int]
  /// The file that says who is in which group.
  public let file: KeptMembership
}

extension SiteDatabase {
  /// Writes, in the transaction that holds a round, what it says of people.
  func keep(_ memberships: NewMemberships, of siteRun: SiteRun) throws {
    try run(
      "INSERT INTO memberships VALUES (?, ?, ?, ?, ?, '')",
      [
        .text(siteRun.id), .integer(siteRun.round), .text(memberships.file.file),
        .text(memberships.file.tag), .blob(memberships.tables),
      ])
  }

  /// What the present round of a run says of people; `nil` where it failed.
  ///
  /// - Throws: ``SiteError``.
  public func memberships(of siteRun: SiteRun) throws -> MembershipRecord? {
    try membershipRecords("runs.id = ?", [.text(siteRun.id)]).first
  }

  /// What everything that was released says of people, in the order of release.
  ///
  /// - Throws: ``SiteError/damagedState`` where a release has no record: nothing can be compared
  ///   with it, so nothing more may leave.
  public func releasedMemberships() throws -> [MembershipRecord] {
    let records = try membershipRecords(
      "runs.id IN (SELECT run FROM releases)", [])
    let count = try rows("SELECT count(*) FROM releases") { $0.integer(at: 0) }
    guard count == [records.count] else { throw SiteError.damagedState }
    return records
  }

  private func membershipRecords(
    _ condition: String, _ values: [StoreValue]
  ) throws -> [MembershipRecord] {
    try rows(
      """
      SELECT runs.id, runs.project, policy, snapshot, submission, tables, file, tag,
        fact_counts
      FROM runs JOIN rounds ON rounds.run = runs.id AND rounds.round = runs.round
      JOIN memberships ON memberships.run = runs.id AND memberships.round = runs.round
      LEFT JOIN releases ON releases.run = runs.id
      WHERE \(condition) ORDER BY releases.entry, runs.id
      """, values
    ) { row in
      let digests = (2..<5).map { Digest(hexadecimal: row.text(at: $0)) }
      guard let policy = digests[0], let snapshot = digests[1], let submission = digests[2] else {
        throw SiteError.damagedState
      }
      return MembershipRecord(
        run: row.text(at: 0), project: row.text(at: 1), policy: policy, snapshot: snapshot,
        submission: submission, tables: row.bytes(at: 5),
        factCounts: row.text(at: 8).split(separator: " ").compactMap { Int($0) },
        file: KeptMembership(file: row.text(at: 6), tag: row.text(at: 7)))
    }
  }

  /// Writes how many facts divide the people of each table of some runs, in the transaction that
  /// releases what adds to them.
  func keepFactCounts(_ counts: [String: [Int]]) throws {
    for (run, counts) in counts.sorted(by: { $0.key < $1.key }) {
      try self.run(
        """
        UPDATE memberships SET fact_counts = ?
        WHERE run = ? AND round = (SELECT round FROM runs WHERE id = run)
        """, [.text(counts.map(String.init).joined(separator: " ")), .text(run)])
    }
  }

  /// Removes files of memberships that no round names: what was cut off left them.
  ///
  /// Only for whoever has the right to compute, since another would be writing one.
  ///
  /// - Throws: ``SiteError``.
  public func removeLeftMemberships() throws {
    try site.removeMemberships(
      except: Set(try rows("SELECT file FROM memberships") { $0.text(at: 0) }))
  }
}

/// What the guard says of a run when it is to be released.
public struct SecondOpinion: Hashable, Sendable {
  /// What guardians read of why they are to look again; `nil` where the run may be released as they
  /// saw it.
  let note: [UInt8]?
  /// For each run, this one and those released before, how many facts will divide the people of each
  /// of its tables.
  let factCounts: [String: [Int]]

  /// That a run may be released, and what that adds up to.
  public static func safe(factCounts: [String: [Int]]) -> SecondOpinion {
    SecondOpinion(note: nil, factCounts: factCounts)
  }

  /// That guardians are to look at it again, with what they read of why.
  public static func changed(note: [UInt8]) -> SecondOpinion {
    SecondOpinion(note: note, factCounts: [:])
  }
}

/// What a round that is being held says of people.
public struct NewMemberships: Sendable {
  let tables: [UInt8]
  let file: KeptMembership

  /// Tables, and the file that says who is in which of their groups.
  public init(tables: [UInt8], file: KeptMembership) {
    self.tables = tables
    self.file = file
  }
}
