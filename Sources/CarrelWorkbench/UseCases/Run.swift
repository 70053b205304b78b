import CarrelChecker
import CarrelDiagnostics
import CarrelDisclosure
import CarrelFiles
public import CarrelJSON
import CarrelOutputs
import CarrelPlan
import CarrelPolicy
public import CarrelSandbox
import CarrelSite
import CarrelSyntax

/// One run of a study at a site: what its policy releases.
///
/// The exact numbers exist between the worker and the gate, and nowhere after.
public struct Run {
  private let study: ReadyStudy
  private let request: RunRequest
  private let policyFile: (name: String, bytes: [UInt8])
  private let released: ReleasedResults
  /// What the process that read the records had given up before, for a receipt to state.
  public let sandbox: SandboxReport

  /// Runs a study at the site that it was opened on.
  ///
  /// - Parameters:
  ///   - study: The study.
  ///   - request: How it is run, and what becomes of the outputs.
  /// - Throws: A ``Failure``, before any record is read where the site refuses, an output that is
  ///   to be shown does not exist, or the folder to make cannot be.
  public init(of study: ReadyStudy, as request: RunRequest) throws(Failure) {
    guard case .site(let path) = study.place else {
      throw Failure(
        "U014", "carrel run needs a site", help: "write `--site DIR`", status: .wrongCommandLine)
    }
    guard !study.checked.plan.outputs.isEmpty else {
      throw Self.nothingAsked
    }
    try request.check(against: study)
    let (site, snapshot) = try Site.live(at: path)
    let chosen = try PolicyChoice(request.policy, at: site)
    try Self.refuseProtected(site)
    Interruption.watch()
    let worker = WorkerProcess(
      engine: request.engine, records: try OpenedRecords(of: snapshot, at: site),
      limits: request.limits,
      layersThatMayBeAbsent: site.layersThatMayBeAbsent(under: chosen.policy))
    let output = try worker.results(of: study.checked.plan)
    try Interruption.check()
    guard
      let released = site.released(output.value, of: study.checked.plan, under: chosen.policy)
    else {
      throw Failure(
        "S037", "the release is held",
        help: "ask for fewer groups at once, or leave a total out", status: .refused)
    }
    self.released = released
    sandbox = output.sandbox
    self.study = study
    self.request = request
    policyFile = (chosen.policy.name, chosen.source.bytes)
  }

  static let nothingAsked = Failure(
    "S033", "the study asks for nothing to be released",
    help: "add a `table` or a `flow`, or see its definitions with carrel preview",
    status: .refused)

  /// Nothing leaves records of people but for a project, and through guardians.
  private static func refuseProtected(_ site: Site) throws(Failure) {
    guard site.kind == .protected else { return }
    throw Failure(
      "S034", "a study of records of people is run for a project, and guardians decide on it",
      help: "write `--project P-014 --key KEY`, or run it on a synthetic site", status: .refused)
  }
}

extension Run {
  /// The question, the outputs as tables, and the rules that they obey.
  ///
  /// Outputs that were not asked for are named below the others.
  public func text(on page: Page) -> String {
    let outputs = released.outputs
    let name = request.shownOutput
    let shown = outputs.filter { name == nil || $0.name == name }.map {
      TextTable($0, of: released, title: [title(of: $0)])
    }
    var lines = study.checked.question.map { [$0.wrapped(to: page.columns ?? .max)] } ?? []
    for table in shown { lines += [""] + table.lines(page.style) }
    lines += [""] + (shown.last?.footer(page.style) ?? [])
    if let name {
      let others = outputs.map(\.name).filter { $0 != name }
      let noun = others.count == 1 ? "output" : "outputs"
      if !others.isEmpty {
        lines.append("\(others.count) more \(noun): \(others.joined(separator: ", "))")
      }
    }
    return lines.drop { $0.isEmpty }.joined(separator: "\n")
  }

  private func title(of output: ReleasedOutput) -> String {
    switch output {
    case .flow(let flow): "\(flow.name): how many people remain after each criterion"
    case .table(let table):
      "\(table.name): \(table.statistics.map(\.label).joined(separator: ", "))"
    case .summary(let summary):
      "\(summary.table.name): \(summary.variables.map(\.heading).joined(separator: ", "))"
    case .histogram(let histogram): "\(histogram.name): people by \(histogram.value)"
    case .deciles(let deciles):
      "\(deciles.name): \(deciles.statistics.map(\.label).joined(separator: ", ")), "
        + "percentiles across units"
    }
  }

  /// The released outputs for programs.
  public var json: JSON {
    .object([
      .init("carrel", 1), .init("command", "run"), .init("ok", true),
      .init("outputs", .array(OutputFiles.json(of: released))),
    ])
  }

  /// Writes the outputs, the study and the policy as a new folder, all or nothing, if one was asked
  /// for.
  ///
  /// - Returns: Where the outputs are.
  /// - Throws: A ``Failure`` where the folder exists or cannot be written.
  public func write() throws(Failure) -> String? {
    guard let folder = request.outputFolder else { return nil }
    do throws(FileError) {
      var new = try NewFolder(folder)
      for file in OutputFiles.files(of: released) {
        try new.write(file.bytes, to: "outputs/\(file.name)")
      }
      try new.write(
        self.study.report(of: released, origin: "Released report").bytes, to: "report.html")
      let study = study.file.source
      try new.write(study.bytes, to: "study/\(Path.lastComponent(of: study.name))")
      for file in self.study.codelistFiles { try new.write(file.bytes, to: "study/\(file.path)") }
      try new.write(policyFile.bytes, to: "policy/\(policyFile.name).policy")
      if !Interruption.wasRequested { try new.publish() }
    } catch {
      throw Failure(making: folder, error)
    }
    try Interruption.check()
    return Path.join(folder, "outputs")
  }
}
