import CarrelDifferencing
import CarrelEngine
import CarrelLedger
import CarrelSandbox
import CarrelSite

/// Everything that was released at a site, as the guard compares with it.
final class EarlierReleases {
  /// A table of a release.
  struct Table {
    let run: String
    let policy: Digest
    /// Its position among the tables of its run.
    let number: Int
    let kept: LedgerTable
    /// The release as guardians read of it.
    let release: String
  }

  /// Every table, release by release.
  let tables: [Table]
  private let files: [OpenedRecords]
  /// For each table the file that its label vector is in.
  private let fileNumbers: [Int]

  /// Opens what is kept of every release but those of a run.
  ///
  /// - Throws: A ``Failure`` where something is missing or damaged: nothing can be judged then, so
  ///   nothing may leave.
  init(
    at access: SiteAccess, except run: SiteRun, beside head: Digest? = nil
  ) throws(Failure) {
    let records = try access.look {
      let all = try access.database.releasedMemberships()
      let counted = try head.flatMap { try access.database.releasedMemberships(at: $0) } ?? all
      return counted.filter { $0.run != run.id }
    }
    let titles = try Self.titles(at: access)
    var tables: [Table] = []
    var files: [OpenedRecords] = []
    var fileNumbers: [Int] = []
    for record in records {
      files.append(try OpenedRecords(of: record.file, at: access.site))
      for (number, table) in try Self.kept(of: record).tables.enumerated() {
        var kept = table
        if record.factCounts.indices.contains(number) {
          kept.guarded.dividingFactCount = record.factCounts[number]
        }
        tables.append(
          Table(
            run: record.run, policy: record.policy, number: number, kept: kept,
            release: titles[record.run] ?? ""))
        fileNumbers.append(files.count - 1)
      }
    }
    (self.tables, self.files, self.fileNumbers) = (tables, files, fileNumbers)
  }

  /// What every release is called, by the random UUID of its run.
  private static func titles(at access: SiteAccess) throws(Failure) -> [String: String] {
    try access.look {
      let runs = try access.database.runs()
      let pairs = try access.database.releases().map { release in
        let title = runs.first { $0.id == release.run }?.title ?? ""
        let day = LedgerTime(secondsSince1970: release.releasedAt)?.day.inWords ?? ""
        return (release.run, "Release \(release.number), “\(title)”, \(day)")
      }
      return Dictionary(pairs) { first, _ in first }
    }
  }

  /// What is kept of a run.
  static func kept(of record: MembershipRecord) throws(Failure) -> LedgerRun {
    do { return try LedgerRun(bytes: record.tables) } catch {
      throw Failure(SiteError.damagedState)
    }
  }

  /// The counts of facts that a judgement gave, by run.
  func factCounts(_ judgement: GuardJudgement, of run: SiteRun) -> [String: [Int]] {
    var counts = [run.id: judgement.newDividingFactCounts]
    for (table, count) in zip(tables, judgement.earlierDividingFactCounts) {
      counts[table.run, default: []].append(count)
    }
    return counts
  }

  /// Judges the tables of a run in a process that alone reads who is in them.
  func judged(
    _ new: [LedgerTable], in file: OpenedRecords, by worker: ConfinedWorker,
    under rules: DifferencingRules
  ) throws(Failure) -> Judged {
    // A process has so many files; more cannot be compared, so nothing more may leave.
    guard files.count < ConfinedChild.fileLimit else {
      throw Failure(.memory, within: worker.limits)
    }
    let request = JudgementRequest(
      rules: rules,
      new: new.map {
        .init(table: $0.guarded, file: 0, part: $0.place, values: $0.values)
      },
      earlier: zip(tables, fileNumbers).map {
        .init(
          table: $0.kept.guarded, file: $1 + 1, part: $0.kept.place, values: $0.kept.values)
      })
    return try worker.judgement(
      request, reading: ([file] + files).map(\.descriptor),
      check: { for file in [file] + files { try file.check() } })
  }
}
