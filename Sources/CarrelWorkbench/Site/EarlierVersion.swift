import CarrelSite

/// What was submitted before a round of a run: in the round before, or else for the latest release of
/// the same project from a study of the same file name.
struct EarlierVersion {
  /// What guardians call it.
  let name: String
  let files: [SiteFile]

  /// The version before a round; `nil` where there is none.
  init?(of run: SiteRun, _ sealed: SealedStudy, in database: SiteDatabase) throws {
    let last = try database.earlierSubmission(of: run)
    if !last.isEmpty {
      (name, files) = ("the last round", last)
      return
    }
    let runs = try database.runs().filter { $0.project == run.project && $0.id != run.id }
    for release in try database.releases().reversed() {
      guard let other = runs.first(where: { $0.id == release.run }) else { continue }
      let submitted = try database.submission(of: other)
      guard submitted.contains(where: { $0.path == sealed.studyFile?.path }) else { continue }
      (name, files) = ("release \(release.number)", submitted)
      return
    }
    return nil
  }
}
