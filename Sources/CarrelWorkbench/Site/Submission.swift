import CarrelBundle
import CarrelChecker
import CarrelCrypto
import CarrelDiagnostics
import CarrelFiles
public import CarrelJSON
import CarrelLedger
import CarrelPlan
import CarrelPolicy
import CarrelSandbox
import CarrelSite
import CarrelSyntax

/// A study that was submitted to a site for a project.
///
/// What it says depends on the study and the site's rules alone: whether it has run, how long that
/// took and what came of it, nobody but guardians learns from a run that is in review.
public struct Submission {
  private let access: SiteAccess
  private let run: SiteRun
  private let outputCount: Int
  private let digest: Digest
  private let entry: Int
  private let slot: ReleaseSlot?

  /// Who submits a study, and for what.
  public struct Terms: Sendable {
    var project: String
    var key: KeyChoice
    var earlierRun: String?

    /// A project, the author's key, and the returned run that is sent again, if one is.
    public init(project: String, key: KeyChoice, earlierRun: String? = nil) {
      self.project = project
      self.key = key
      self.earlierRun = earlierRun
    }
  }

  /// Seals a study and submits it.
  ///
  /// - Parameters:
  ///   - study: The study, opened on the site.
  ///   - settings: What its parameters are set to.
  ///   - terms: Who submits it, and for what.
  /// - Throws: A ``Failure`` before anything is recorded or read.
  public init(
    of study: ReadyStudy, settings: [String: String], on terms: Terms
  ) throws(Failure) {
    let access = try SiteAccess(study.place, for: "run")
    guard !study.checked.plan.outputs.isEmpty else { throw Run.nothingAsked }
    let author = try access.person(of: terms.key, as: .researcher)
    let project = try access.look { try access.database.project(terms.project) }
    try Self.check(study, author, project, on: access)
    let sealed = SealedStudy(study, settings: settings)
    try Self.checkNames(in: sealed, of: study)
    let policy = Digest(of: project.policyText)
    let (database, now) = (access.database, access.now)
    let name = try access.act {
      if let earlier = terms.earlierRun {
        guard try database.run(named: earlier).author == author.id,
          try database.run(named: earlier).project == terms.project
        else { throw ReviewError.unknownRun(earlier) }
        return try database.resubmit(
          earlier, title: study.title, files: sealed.files, policy: policy, at: now
        ).name
      }
      let name = try database.freeRunName()
      try database.submit(
        SiteRun(
          id: try RunName.randomUUID(), name: name, project: terms.project, author: author.id,
          title: study.title, submittedAt: now.secondsSince1970, round: 1, state: .submitted,
          outcome: nil), files: sealed.files, policy: policy)
      return name
    }
    self.access = access
    slot = try Policy.read(ofProject: project).releases
    (run, entry) = try access.look {
      let run = try database.run(named: name)
      return (run, try database.entryNumber(of: run) ?? 0)
    }
    outputCount = study.checked.outputs.count
    digest = FileManifest.digest(of: sealed.files)
  }

  /// Whether the author may ask this of the project today.
  private static func check(
    _ study: ReadyStudy, _ author: Person, _ project: ProjectCase, on access: SiteAccess
  ) throws(Failure) {
    let id = project.project.id
    guard project.project.researchers.contains(author.id) else {
      throw Failure(ReviewError.notInProject(id))
    }
    guard project.state == .approved, project.project.isCurrent(on: access.today) else {
      throw Failure(ReviewError.projectNotCurrent(id))
    }
    try PolicyFloor(of: access.site).check(try Policy.read(ofProject: project))
    let outside = study.reads(outside: project.project)
    guard outside.isEmpty else {
      throw Failure(ReviewError.outsideApproval(project: id, names: outside))
    }
    guard access.site.hasRecords else { throw Failure(SiteError.noRecords(path: access.site.path)) }
    try access.checkOptOuts(for: project)
  }

  /// Refuses names that could not be packed once the run is released.
  private static func checkNames(
    in sealed: SealedStudy, of study: ReadyStudy
  ) throws(Failure) {
    let outputs = study.checked.plan.outputs.map { "outputs/\($0.name).json" }
    do {
      try Bundle.checkNames(sealed.publicFiles.map(\.path) + outputs)
    } catch { throw Failure(ReviewError.unpackableName(DisplayedText(error.name).text)) }
  }

  /// Begins to compute what waits, in a process of its own that nobody waits for.
  ///
  /// Where it cannot be started, or is cut off, `carrel runs --resume` does what is left.
  public func startComputing() {
    try? ChildProcess.startAlone(
      program: ChildProcess.runningProgram,
      arguments: ["runs", "--resume", "--site", access.site.path])
  }

  /// Two lines: what was submitted, and what happens now.
  public var text: String {
    let outputs = outputCount == 1 ? "1 output" : "\(outputCount) outputs"
    let study = digest.inFours.split(separator: " ").prefix(2).joined(separator: " ")
    let decide = access.site.quorum.guardians == 1 ? "decides" : "decide"
    let who = access.site.quorum.words
    return """
      Submitted as run \(run.name): \(outputs), study \(study) …, ledger entry \(entry)
      In review. \(who.prefix(1).uppercased() + who.dropFirst()) \(decide); \
      the outcome comes out \(slot.map { "on a \($0)" } ?? "with the site's next release").
      """
  }

  /// The next command.
  public var next: String { "carrel runs \(run.name)" }

  /// The same for programs.
  public var json: JSON {
    .object([
      .init("carrel", 1), .init("command", "run"), .init("ok", true),
      .init("run", .string(run.name)),
      .init("state", .string(run.publicState)), .init("ledger_entry", .integer(entry)),
    ])
  }
}

extension ReadyStudy {
  /// What the study calls itself.
  var title: String {
    checked.title.isEmpty ? Path.lastComponent(of: file.source.name) : checked.title
  }

  /// The tables and columns that the study reads and a project does not approve.
  func reads(outside project: Project) -> [String] {
    checked.reads.flatMap { read -> [String] in
      guard let table = project.data.first(where: { $0.name == read.table }) else {
        return [read.table]
      }
      guard let columns = table.columns else { return [] }
      return read.columns.filter { !columns.contains($0) }.map { "\(read.table).\($0)" }
    }
  }
}

extension SiteDatabase {
  /// A random name that no run has.
  fileprivate func freeRunName() throws -> String {
    let taken = Set(try runs().map(\.name))
    while true {
      let name = try RunName.random()
      if !taken.contains(name) { return name }
    }
  }
}
