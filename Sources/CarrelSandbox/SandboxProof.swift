/// Every attempt to break out: against each layer alone, and against all of them together.
///
/// Nothing of it is believed because a system call said so: each line is a process that tried.
public struct SandboxProof: Sendable {
  /// One attempt and what came of it.
  public struct Line: Hashable, Sendable {
    /// The layer that stood alone; `nil` for all of them together.
    public let layer: SandboxLayer?
    /// What was tried.
    public let attempt: Attempt
    /// Whether the layer was there to stop it; of all of them together, whether none that is
    /// required was missing.
    public let state: SandboxReport.State
    /// What came of the attempt.
    public let outcome: Trial.Outcome
  }

  /// The lines about each layer, and then those about all of them.
  public let lines: [Line]
  /// What became of every layer in a process that asked for all.
  public let report: SandboxReport

  /// Tries everything, each in a process of its own; it takes about two seconds.
  ///
  /// - Throws: ``SandboxError`` where a process cannot be started.
  public init(program: String = ChildProcess.runningProgram) throws(SandboxError) {
    var lines: [Line] = []
    for layer in SandboxLayer.allCases {
      for trial in Trial.alone(layer) {
        let (report, outcome) = try trial.start(program: program).finish()
        guard trial.attempt.isCovered(by: layer, report[layer]) else { continue }
        lines.append(
          Line(layer: layer, attempt: trial.attempt, state: report[layer], outcome: outcome))
      }
    }
    var whole: SandboxReport?
    for attempt in Attempt.underAllLayers {
      let (report, outcome) = try Trial(attempt).start(program: program).finish()
      whole = whole ?? report
      lines.append(
        Line(layer: nil, attempt: attempt, state: .inPlace(version: nil), outcome: outcome))
    }
    self.lines = lines
    report = whole ?? SandboxReport([:])
  }

  /// The layers that are missing and that records of people are not read without.
  public var missing: [SandboxLayer] { report.missingRequired() }

  /// The attempts that worked although what should stop them was in place.
  public var failures: [Line] {
    lines.filter { line in
      guard case .inPlace = line.state else { return false }
      return !line.outcome.isStopped
    }
  }
}

extension SandboxReport {
  /// What the layers become in a process of this program, which ends at once.
  ///
  /// - Throws: ``SandboxError`` where it cannot be started.
  public static func ofThisMachine(
    program: String = ChildProcess.runningProgram
  ) throws(SandboxError) -> SandboxReport {
    try Trial(.open).start(program: program).finish().report
  }
}
