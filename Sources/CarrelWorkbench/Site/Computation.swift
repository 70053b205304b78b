import CarrelChecker
import CarrelDiagnostics
import CarrelDisclosure
import CarrelFiles
import CarrelLedger
import CarrelOutputs
import CarrelPlan
import CarrelPolicy
import CarrelSite
import CarrelSyntax
import Glibc

/// Computing what was submitted, for guardians to look at.
///
/// One process at a time does it. Whatever is cut off is done anew by the next: a run is held with
/// all of its files in one change, or waits as it was submitted.
public struct Computation {
  private let place: StudyPlace
  private let access: SiteAccess
  private let limits: WorkerLimits

  /// Prepares to compute at a site.
  public init(at place: StudyPlace, within limits: WorkerLimits = WorkerLimits()) throws(Failure) {
    self.place = place
    self.limits = limits
    access = try SiteAccess(place, for: "runs")
  }

  /// Computes every run that waits for it.
  ///
  /// - Throws: A ``Failure`` of the world; what a run itself came to is for guardians only.
  public func completeAll() throws(Failure) {
    Interruption.watch()
    try access.act {}
    let lock = try lock()
    try access.look { try access.database.removeLeftMemberships() }
    for run in try access.look({ try access.database.runs() }) where run.state == .submitted {
      try Interruption.check()
      // They may have become too old since it was submitted; it waits until there is a new list.
      let project = try access.look { try access.database.project(run.project) }
      try access.checkOptOuts(for: project)
      try compute(run)
    }
    _ = consume lock
  }

  /// The right to compute, waited for.
  private func lock() throws(Failure) -> FolderLock {
    let folder = Path.join(access.site.path, "held")
    do {
      if !Files.exists(folder) { try? Files.createFolder(folder) }
      while true {
        if let lock = try FolderLock(folder) { return lock }
        if Interruption.wasRequested { break }
        usleep(50_000)
      }
    } catch {
      throw Failure(error)
    }
    throw .interrupted
  }

  private func compute(_ run: SiteRun) throws(Failure) {
    let (site, database) = (access.site, access.database)
    let (sealed, project, reading) = try access.look {
      (
        SealedStudy(files: try database.submission(of: run)), try database.project(run.project),
        RoundTerms.Reading(
          snapshot: site.publicDigest(
            ofSnapshot: try site.snapshot().card.digest, forProject: run.project),
          releaseLedgerHead: try database.releaseLedgerHead(), version: CarrelVersion.current)
      )
    }
    let round = try Round(
      run: run, project: project, sealed: sealed,
      study: try sealed.opened(at: place).ready,
      earlier: try access.look { try EarlierVersion(of: run, sealed, in: database) },
      site: site)
    let outcome = try results(of: round)
    // What was released meanwhile it was not held against.
    let head = try access.look { try database.releaseLedgerHead() }
    guard head == reading.releaseLedgerHead else { return try compute(run) }
    let packet = Packet(of: round, outcome)
    do throws(Failure) {
      try access.look {
        try database.hold(
          run.name, outcome.map { round.files(of: $0.released) }.mapError(\.fault),
          reading: reading, packet: packet.files,
          memberships: (try? outcome.get())?.memberships)
      }
    } catch {
      // The author took it back meanwhile.
      if error.code != "G004" { throw error }
    }
  }

  /// What a run comes to: figures that may leave, or a reason that guardians see.
  ///
  /// - Parameters:
  ///   - round: The round.
  ///   - head: The head of the release ledger up to which releases count; `nil` for all of them.
  /// - Returns: The figures, or the reason.
  /// - Throws: A ``Failure`` of the world.
  func results(
    of round: Round, beside head: Digest? = nil
  ) throws(Failure) -> Result<GatedResults, HeldRun> {
    guard let study = round.study else { return .failure(HeldRun("S036")) }
    guard study.reads(outside: round.project.project).isEmpty else {
      return .failure(HeldRun("G011"))
    }
    let (site, snapshot) = try Site.live(at: access.site.path)
    do throws(Failure) {
      let worker = WorkerProcess(
        engine: .sql, records: try OpenedRecords(of: snapshot, at: site), limits: limits,
        layersThatMayBeAbsent: site.layersThatMayBeAbsent(under: round.policy))
      let (raw, places, kept) = try labelled(study.checked.plan, by: worker)
      try Interruption.check()
      return try guarded(raw, of: study.checked.plan, places, in: kept, round, worker, beside: head)
    } catch {
      // Only what a study or a record can cause is held; a machine that lacks a layer is mended.
      guard ["S020", "S021", "S022", "S023"].contains(error.code) else { throw error }
      return .failure(HeldRun(error.code))
    }
  }

  /// The exact numbers, and a new file that says who is behind them.
  private func labelled(
    _ plan: Plan, by worker: WorkerProcess
  ) throws(Failure) -> (RawResults, [VectorPlace], KeptMembership) {
    let file = try newMembershipFile()
    let (raw, places) = try worker.labelledResults(of: plan) { try file.write($0) }
    do throws(SiteError) { return (raw, places, try file.finish()) } catch { throw Failure(error) }
  }

  private func newMembershipFile() throws(Failure) -> NewMembershipFile {
    do throws(SiteError) { return try access.site.beginMembershipFile() } catch {
      throw Failure(error)
    }
  }

  /// What may leave beside what was released before.
  private func guarded(
    _ raw: RawResults, of plan: Plan, _ places: [VectorPlace], in kept: KeptMembership,
    _ round: Round, _ worker: WorkerProcess, beside head: Digest?
  ) throws(Failure) -> Result<GatedResults, HeldRun> {
    let policy = Digest(of: round.project.policyText)
    let submission = FileManifest.digest(of: round.sealed.files).hexadecimal
    let releaseGuard = ReleaseGuard(
      access: access, run: round.run, policy: round.policy, policyDigest: policy, head: head,
      worker: ConfinedWorker(
        limits: limits, layersThatMayBeAbsent: worker.layersThatMayBeAbsent))
    let tables = RunTables(
      plan: plan, policy: round.policy, site: access.site, study: submission, places: places)
    let outcome = try releaseGuard.outcome(
      of: raw, plan, by: tables, in: try OpenedRecords(of: kept, at: access.site))
    switch outcome {
    case .failure(.differencing(let evidence)): return .failure(HeldRun("S038", evidence))
    case .failure(.gate): return .failure(HeldRun("S037"))
    case .success(let safe):
      let bytes = try access.look { try safe.kept.bytes }
      return .success(
        GatedResults(
          released: safe.released,
          evidence: GateEvidence(
            of: safe.released, from: safe.raw, of: plan, under: round.policy),
          differencing: safe.evidence, memberships: NewMemberships(tables: bytes, file: kept)))
    }
  }
}

/// Figures that may leave, with what guardians are shown of how they came about.
struct GatedResults {
  let released: ReleasedResults
  let evidence: GateEvidence
  let differencing: DifferencingEvidence
  /// What the figures say of people, for comparison with later ones.
  let memberships: NewMemberships
}

/// A run of which nothing may leave, with what guardians are shown of why.
struct HeldRun: Error {
  let fault: RunFault
  let differencing: DifferencingEvidence

  init(_ code: String, _ evidence: DifferencingEvidence = .nothing) {
    fault = RunFault(code: code)
    differencing = evidence
  }
}

/// One round of a run with all that it is made from.
struct Round {
  let run: SiteRun
  let project: ProjectCase
  let policy: Policy
  let sealed: SealedStudy
  /// The study; `nil` where it no longer checks against the site's schema.
  let study: ReadyStudy?
  /// The version of the study before this one, if there is one.
  let earlier: EarlierVersion?
  let site: Site
  /// What the report calls the site.
  let siteName: String

  init(
    run: SiteRun, project: ProjectCase, sealed: SealedStudy, study: ReadyStudy?,
    earlier: EarlierVersion? = nil, site: Site, siteName: String? = nil
  ) throws(Failure) {
    self.run = run
    self.project = project
    self.sealed = sealed
    self.study = study
    self.earlier = earlier
    self.site = site
    self.siteName = siteName ?? site.name
    policy = try Policy.read(ofProject: project)
    try PolicyChoice.allow(policy, atSiteOf: site.kind)
  }

  /// Everything that would leave, under the paths of a bundle.
  func files(of released: ReleasedResults) -> [SiteFile] {
    var files = OutputFiles.files(of: released).map {
      SiteFile(path: "outputs/\($0.name)", bytes: $0.bytes)
    }
    if let study {
      let report = study.report(
        of: released, origin: "Run \(run.name) at \(siteName)",
        facts: [("Project", "\(project.project.id), \(project.project.title)")])
      files.append(SiteFile(path: "report.html", bytes: report.bytes))
    }
    files += sealed.publicFiles
    files.append(SiteFile(path: "policy/\(policy.name).policy", bytes: project.policyText))
    return files
  }
}

extension Policy {
  /// The policy that a project was approved with.
  static func read(ofProject project: ProjectCase) throws(Failure) -> Policy {
    try read(SourceText(name: "\(project.project.policy.name).policy", bytes: project.policyText))
  }
}

extension ReadyStudy {
  /// Released results of the study as a page.
  func report(
    of released: ReleasedResults, origin: String, facts: [(term: String, value: String)] = []
  ) -> ReportPage {
    ReportPage(
      of: released,
      about: .init(
        title: title, question: checked.question ?? "", origin: origin,
        facts: facts + [("Policy", "\(released.policy.name) \(released.policy.version)")],
        explanation: Explanation(of: self).sentences,
        study: String(decoding: file.source.bytes, as: UTF8.self)))
  }
}
