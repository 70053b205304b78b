/// A study that was submitted to a site, through all its rounds.
public struct SiteRun: Hashable, Sendable {
  /// A random UUID, by which crates and the ledger know the run.
  public let id: String
  /// The name that people use, such as `heron-417`.
  public let name: String
  /// The project's id.
  public let project: String
  /// The id of the person who submitted it.
  public let author: String
  /// The title that the study gives itself.
  public let title: String
  /// When the present round was submitted, in seconds since 1970.
  public let submittedAt: Int
  /// 1, and one more for each time it was sent again.
  public let round: Int
  /// Where it stands.
  public let state: RunState
  /// Whether the researcher has been told how it ended.
  public let isTold: Bool
  /// What reading the records came to; `nil` until it has been computed.
  public let outcome: Outcome?

  /// What computing a round came to.
  public enum Outcome: Hashable, Sendable {
    /// There are outputs that would leave, with this digest.
    case outputs(digest: String)
    /// It failed for a reason that only guardians see, by its code.
    case failed(code: String)
  }

  /// A run with these particulars.
  public init(
    id: String, name: String, project: String, author: String, title: String, submittedAt: Int,
    round: Int, state: RunState, isTold: Bool = false, outcome: Outcome?
  ) {
    self.id = id
    self.name = name
    self.project = project
    self.author = author
    self.title = title
    self.submittedAt = submittedAt
    self.round = round
    self.state = state
    self.isTold = isTold
    self.outcome = outcome
  }
}

/// A file of a submission or of what would leave, under a plain relative path.
public struct SiteFile: Hashable, Sendable {
  /// The path, such as `outputs/reviews.csv`.
  public let path: String
  /// The contents.
  public let bytes: [UInt8]

  /// A file with its path.
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

/// Why computing a run came to nothing that could leave; only guardians see which.
public struct RunFault: Error, Hashable, Sendable {
  /// The code of the failure, such as `S021`.
  public let code: String

  /// A failure with its code.
  public init(code: String) { self.code = code }
}

extension SiteRun {
  /// What the run is called to its researcher: in review until the outcome has been told, which is
  /// at the same times for every outcome.
  public var publicState: String {
    switch state {
    case .returned, .rejected, .released: isTold ? state.publicName : RunState.held.publicName
    case .submitted, .held, .approved, .withdrawn: state.publicName
    }
  }
}
