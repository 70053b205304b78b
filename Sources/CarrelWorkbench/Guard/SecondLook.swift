import CarrelDifferencing
import CarrelLedger
import CarrelPolicy
import CarrelSite

/// Judges an approved run once more, against everything released since it was computed.
struct SecondLook {
  private let access: SiteAccess
  private let run: SiteRun

  init(at access: SiteAccess, _ run: SiteRun) {
    self.access = access
    self.run = run
  }

  /// Whether the guard says of each figure what it said when guardians saw the run, and what the
  /// release adds up to.
  ///
  /// - Throws: A ``Failure`` where what is kept of this run or of a release is missing or damaged.
  func opinion() throws(Failure) -> SecondOpinion {
    guard let record = try access.look({ try access.database.memberships(of: run) }) else {
      throw Failure(SiteError.damagedState)
    }
    let kept = try EarlierReleases.kept(of: record)
    let tables = kept.tables
    let project = try access.look { try access.database.project(run.project) }
    let policy = try Policy.read(ofProject: project)
    let earlier = try EarlierReleases(at: access, except: run)
    let worker = ConfinedWorker(
      limits: WorkerLimits(),
      layersThatMayBeAbsent: access.site.layersThatMayBeAbsent(under: policy))
    let judged = try earlier.judged(
      tables, in: try OpenedRecords(of: record.file, at: access.site), by: worker,
      under: policy.differencing)
    let evidence = DifferencingEvidence(
      judged, tables, beside: earlier, under: policy.differencing.minimum)
    // What guardians were asked when they approved is answered; what is new is not.
    guard !evidence.isHeld, evidence.questions.allSatisfy(kept.questions.contains) else {
      return .changed(note: note(evidence))
    }
    let stands = judged.judgement.verdicts.indices.allSatisfy { table in
      judged.judgement.verdicts[table].indices.allSatisfy { figure in
        self.stands(figure, of: table, tables, judged, beside: earlier, under: record.policy)
      }
    }
    return stands
      ? .safe(factCounts: earlier.factCounts(judged.judgement, of: run))
      : .changed(note: note(evidence))
  }

  /// What guardians read of it when the run is before them again.
  private func note(_ evidence: DifferencingEvidence) -> [UInt8] {
    let lines =
      [
        "", "since the review, another release changed what this one may show",
        "  return it, so that it is computed again",
      ] + evidence.lines.map { "  \($0)" }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  private func stands(
    _ figure: Int, of table: Int, _ tables: [LedgerTable], _ judged: Judged,
    beside earlier: EarlierReleases, under policy: Digest
  ) -> Bool {
    let published = tables[table].guarded.figures[figure].published
    if published == .hidden { return true }
    guard case .takes(let place) = judged.judgement.verdicts[table][figure] else {
      return judged.judgement.verdicts[table][figure] == .fine
    }
    let isSame = judged.hasSameMembers[table][figure]
    switch place.table {
    case .new(let other):
      return isSame
        || tables[table].facts[figure].origin
          == FigureOrigin(run: run.id, table: other, figure: place.figure)
    case .earlier(let number):
      let other = earlier.tables[number]
      let isTaken =
        tables[table].facts[figure].origin
        == FigureOrigin(run: other.run, table: other.number, figure: place.figure)
      // The very same people, counted the same way, are the same figure.
      return isTaken
        || (isSame && other.policy == policy
          && other.kept.guarded.figures[place.figure].published == published)
    }
  }
}
