import CarrelChecker
import CarrelFiles

/// How a study is run, and what becomes of its outputs.
public struct RunRequest: Sendable {
  /// What computes.
  public var engine: EngineChoice
  /// What computing is bounded to.
  public var limits: WorkerLimits
  /// Another policy than the site's; on a synthetic site only.
  public var policy: String?
  /// The only output to print; `nil` for all.
  public var shownOutput: String?
  /// A folder to make for the outputs.
  public var outputFolder: String?

  /// A request for a run.
  public init(
    engine: EngineChoice = .sql, limits: WorkerLimits = WorkerLimits(), policy: String? = nil,
    shownOutput: String? = nil, outputFolder: String? = nil
  ) {
    self.engine = engine
    self.limits = limits
    self.policy = policy
    self.shownOutput = shownOutput
    self.outputFolder = outputFolder
  }

  /// Refuses what cannot be done, before it costs anything.
  func check(against study: ReadyStudy) throws(Failure) {
    let outputs = study.checked.outputs.map(\.name)
    if let shownOutput, !outputs.contains(shownOutput) {
      throw Failure(
        "U015", "the study has no output `\(shownOutput)`",
        help: "write one of \(outputs.joined(separator: ", "))", status: .wrongCommandLine)
    }
    guard let outputFolder else { return }
    if Files.exists(outputFolder) {
      throw Failure(making: outputFolder, FileError(.create, outputFolder, .alreadyExists))
    }
    if !Files.exists(Path.parent(of: outputFolder)) {
      throw Failure(making: outputFolder, FileError(.create, outputFolder, .notFound))
    }
  }
}
