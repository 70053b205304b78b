internal import CarrelStore

extension SiteDatabase {
  /// The most bytes that one submission may have.
  public static let submissionLimitBytes = 32 << 20

  /// Every run, by name: an order of submission would say more than a list is for.
  ///
  /// - Throws: ``SiteError``.
  public func runs() throws -> [SiteRun] {
    try rows("\(Self.selectRuns) ORDER BY name", [], Self.siteRun)
  }

  /// The run of a name.
  ///
  /// - Throws: ``ReviewError/unknownRun(_:)``.
  public func run(named name: String) throws -> SiteRun {
    let found = try rows("\(Self.selectRuns) WHERE name = ?", [.text(name)], Self.siteRun)
    guard let run = found.first else { throw ReviewError.unknownRun(name) }
    return run
  }

  /// Takes in a new run with its sealed submission.
  ///
  /// - Throws: ``ReviewError/submissionTooLarge``.
  public func submit(_ new: SiteRun, files: [SiteFile]) throws {
    precondition(new.state == .submitted && new.round == 1, "a new run begins at its beginning")
    try change {
      try run(
        "INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)",
        [
          .text(new.id), .text(new.name), .text(new.project), .text(new.author), .text(new.title),
          .integer(new.submittedAt), .integer(new.round), .text(new.state.rawValue),
        ])
      try keep(files, of: new, in: "submitted_files")
    }
  }

  /// Takes in the next round of a run that was returned.
  ///
  /// - Throws: ``ReviewError/wrongState(run:state:event:)``, ``ReviewError/submissionTooLarge``.
  public func resubmit(
    _ name: String, title: String, files: [SiteFile], at moment: Int
  ) throws -> SiteRun {
    try change {
      try move(name, by: .resubmit)
      try run(
        """
        UPDATE runs SET round = round + 1, title = ?, submitted_at = ?, digest = NULL,
          failure = NULL WHERE name = ?
        """, [.text(title), .integer(moment), .text(name)])
      let next = try run(named: name)
      try keep(files, of: next, in: "submitted_files")
      return next
    }
  }

  /// The sealed submission of the present round, by path.
  public func submission(of siteRun: SiteRun) throws -> [SiteFile] {
    try files(of: siteRun, in: "submitted_files")
  }

  /// What would leave of the present round, by path; empty where it failed.
  public func heldFiles(of siteRun: SiteRun) throws -> [SiteFile] {
    try files(of: siteRun, in: "held_files")
  }

  /// Records what computing the present round came to, and holds it for the guardians.
  ///
  /// - Throws: ``ReviewError/wrongState(run:state:event:)`` where it was computed already.
  public func hold(_ name: String, _ outcome: SiteRun.Outcome, files: [SiteFile]) throws {
    try change {
      try move(name, by: .compute)
      let values: [StoreValue] =
        switch outcome {
        case .outputs(let digest): [.text(digest), .null]
        case .failed(let code): [.null, .text(code)]
        }
      try run(
        "UPDATE runs SET digest = ?, failure = ? WHERE name = ?", values + [.text(name)])
      try keep(files, of: try run(named: name), in: "held_files")
    }
  }

  /// Takes a run back, for its author.
  ///
  /// - Throws: ``ReviewError/wrongState(run:state:event:)`` once it has ended.
  public func withdraw(_ name: String) throws {
    try change { _ = try move(name, by: .withdraw) }
  }

  /// Moves a run to its next state, inside a transaction.
  @discardableResult
  func move(_ name: String, by event: RunEvent) throws -> RunState {
    let present = try run(named: name)
    guard let next = present.state.after(event) else {
      throw ReviewError.wrongState(run: name, state: present.state, event: event)
    }
    try run(
      "UPDATE runs SET state = ? WHERE name = ?", [.text(next.rawValue), .text(name)])
    return next
  }

  private func keep(_ files: [SiteFile], of siteRun: SiteRun, in table: String) throws {
    guard files.reduce(0, { $0 + $1.bytes.count }) <= Self.submissionLimitBytes else {
      throw ReviewError.submissionTooLarge
    }
    for file in files {
      try run(
        "INSERT INTO \(table) VALUES (?, ?, ?, ?)",
        [.text(siteRun.id), .integer(siteRun.round), .text(file.path), .blob(file.bytes)])
    }
  }

  private func files(of siteRun: SiteRun, in table: String) throws -> [SiteFile] {
    try rows(
      "SELECT path, bytes FROM \(table) WHERE run = ? AND round = ? ORDER BY path",
      [.text(siteRun.id), .integer(siteRun.round)]
    ) { SiteFile(path: $0.text(at: 0), bytes: $0.bytes(at: 1)) }
  }

  private static let selectRuns = """
    SELECT id, name, project, author, title, submitted_at, round, state, digest, failure FROM runs
    """

  private static func siteRun(_ row: Statement) throws -> SiteRun {
    guard let state = RunState(rawValue: row.text(at: 7)) else { throw SiteError.damagedState }
    let outcome: SiteRun.Outcome? =
      if !row.isNull(at: 8) { .outputs(digest: row.text(at: 8)) } else if !row.isNull(at: 9) {
        .failed(code: row.text(at: 9))
      } else { nil }
    return SiteRun(
      id: row.text(at: 0), name: row.text(at: 1), project: row.text(at: 2),
      author: row.text(at: 3), title: row.text(at: 4), submittedAt: row.integer(at: 5),
      round: row.integer(at: 6), state: state, outcome: outcome)
  }
}
