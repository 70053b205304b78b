import CarrelBundle
import CarrelChecker
import CarrelLedger
import CarrelSite
import CarrelValues

/// The run of a verified bundle, made once more from what the bundle says alone.
struct Rerun {
  let bundle: Bundle
  let release: ReleaseStatement
  let receipt: RunReceipt

  /// Everything that would leave.
  func files(
    at place: StudyPlace, _ site: Site, within limits: WorkerLimits
  ) throws(Failure) -> [BundleFile] {
    let sealed = SealedStudy(files: submission)
    let study = try sealed.opened(at: place).ready
    let round = try Round(
      run: run, project: project(reading: study), sealed: sealed, study: study, site: site,
      siteName: release.site.name)
    let results = try Computation(at: place, within: limits).results(
      of: round, beside: receipt.releaseLedgerHead)
    let files: [SiteFile]
    switch results {
    case .success(let results):
      files = round.files(of: results.released)
      // Nothing of it is released, so nobody is ever compared with it.
      do throws(SiteError) { try site.discard(results.memberships) } catch { throw Failure(error) }
    case .failure: files = bundle.siteFiles.filter { RunReceipt.isInput($0.path) }
    }
    return files.map { BundleFile(path: $0.path, bytes: $0.bytes) }
  }

  /// What was submitted: the study, its code lists and the values of its parameters.
  private var submission: [SiteFile] {
    bundle.siteFiles.filter { $0.path.hasPrefix("study/") } + [
      SiteFile(
        path: RunReceipt.Parameter.sealedPath,
        bytes: RunReceipt.Parameter.sealed(receipt.parameters))
    ]
  }

  private var run: SiteRun {
    SiteRun(
      id: receipt.run, name: release.alias, project: receipt.project,
      author: release.project.author, title: release.title,
      submittedAt: receipt.started.secondsSince1970, round: 1, state: .submitted, outcome: nil)
  }

  /// The project as the bundle tells it, approved for what the released study reads.
  private func project(reading study: ReadyStudy?) -> ProjectCase {
    let told = release.project
    let tables = study?.checked.reads.map(\.table) ?? []
    let policyText = bundle.files.first { $0.path.hasPrefix("policy/") }?.bytes ?? []
    return ProjectCase(
      project: Project(
        id: told.id, title: told.title, summary: told.summary, publicBenefit: told.publicBenefit,
        organisation: told.organisation, legalBasis: "", researchers: [told.author],
        data: tables.map { .init(name: $0, columns: nil) },
        policy: .init(
          name: bundle.policyName, version: 1, digest: Digest(of: policyText).hexadecimal),
        starts: .first, ends: .last),
      state: .approved, digest: release.outputs, policyText: policyText, decisions: [])
  }
}

extension Bundle {
  fileprivate var siteFiles: [SiteFile] {
    files.map { SiteFile(path: $0.path, bytes: $0.bytes) }
  }

  /// The name of the policy's file, without its ending.
  fileprivate var policyName: String {
    let path = files.first { $0.path.hasPrefix("policy/") }?.path ?? ""
    return String(path.dropFirst("policy/".count).dropLast(".policy".count))
  }
}
