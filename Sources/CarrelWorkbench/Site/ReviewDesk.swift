import CarrelDiagnostics
import CarrelFiles
import CarrelLedger
import CarrelSite

/// What guardians look at and decide.
public struct ReviewDesk {
  private let access: SiteAccess

  /// The reviews of a site.
  public init(of place: StudyPlace) throws(Failure) {
    access = try SiteAccess(place, for: "review")
  }

  /// Every run that waits for guardians, in lines.
  ///
  /// - Parameter choice: The key of the guardian who asks, if it is to be said what waits for them.
  /// - Returns: The lines.
  /// - Throws: A ``Failure``.
  public func text(for choice: KeyChoice? = nil) throws(Failure) -> String {
    let guardian = try choice.map { choice throws(Failure) in
      try access.person(of: choice.signingKey(), as: .guardian)
    }
    let rows = try access.look {
      try held().map { run in
        [
          run.name, run.title, run.project, age(of: run), try rules(of: run),
          try waiting(run, guardian),
        ]
      }
    }
    if rows.isEmpty { return "nothing waits for review" }
    let head = ["run", "study", "project", "held", "rules", "waiting for"]
    return DisplayedText.lines(Columns([head] + rows).text)
  }

  private func held() throws -> [SiteRun] {
    try access.database.runs().filter { $0.state == .held }
  }

  private func age(of run: SiteRun) -> String {
    let hours = max(0, access.now.secondsSince1970 - run.submittedAt) / 3_600
    return hours < 24 ? "\(hours) h" : hours < 48 ? "1 day" : "\(hours / 24) days"
  }

  private func rules(of run: SiteRun) throws -> String {
    try packetFile(Packet.rulesPath, of: run)
  }

  /// Who is still to decide; never what anybody decided.
  private func waiting(_ run: SiteRun, _ guardian: Person?) throws -> String {
    let decided = try access.database.decisions(on: run).map(\.guardian)
    let count = max(1, access.site.quorum.guardians - decided.count)
    guard let guardian, !decided.contains(guardian.id),
      try access.database.independence(of: run, at: access.now).objection(
        to: guardian, at: access.now.secondsSince1970) == nil
    else { return count == 1 ? "1 other" : "\(count) others" }
    return count == 1 ? "you" : count == 2 ? "you, 1 other" : "you, \(count - 1) others"
  }

  private func packetFile(_ path: String, of run: SiteRun) throws -> String {
    let file = try access.database.packet(of: run).first { $0.path == path }
    return file.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
  }

  /// The packet of a run, or one of its outputs, for a terminal.
  ///
  /// - Parameters:
  ///   - name: The run.
  ///   - output: The only output; `nil` for the run as a whole.
  ///   - choice: The key of the guardian who asks, who must be one who may decide.
  /// - Returns: The packet, ending with what would be signed.
  /// - Throws: A ``Failure``; ``ReviewError/notIndependent(_:)`` for a guardian who may not decide.
  public func packet(
    of name: String, output: String?, for choice: KeyChoice?
  ) throws(Failure) -> String {
    let run = try reviewed(name, for: choice)
    return try access.look {
      let path = output.map(Packet.outputPath) ?? Packet.summaryPath
      let text = try packetFile(path, of: run)
      guard !text.isEmpty else {
        throw Failure(
          "U015", "the run has no output `\(output ?? "")`",
          help: "carrel review \(name) names them", status: .wrongCommandLine)
      }
      let decided = try access.database.decisions(on: run).count
      let digest = try access.database.matter(of: run).outputs.inFours
      return DisplayedText.lines(text.trimmedAtLineEnd) + "\n\n"
        + "decisions in  \(decided) of \(access.site.quorum.guardians), blind to each other\n"
        + "sha256  \(digest)"
    }
  }

  /// The packet of a run as a page.
  ///
  /// - Parameters:
  ///   - name: The run.
  ///   - path: The file to make; in the site's folder `held` if left out.
  ///   - choice: The key of the guardian who asks.
  /// - Returns: Where the page is.
  /// - Throws: A ``Failure``.
  public func writePage(
    of name: String, to path: String?, for choice: KeyChoice?
  ) throws(Failure) -> String {
    let run = try reviewed(name, for: choice)
    let place =
      path ?? Path.join(access.site.path, "held/\(run.name)-round-\(run.round).html")
    try access.look {
      let page = try access.database.packet(of: run).first { $0.path == Packet.pagePath }
      if path == nil, !Files.exists(Path.parent(of: place)) {
        try Files.createFolder(Path.parent(of: place))
      }
      try Files.write(page?.bytes ?? [], to: place, access: .owner)
    }
    return place
  }

  /// A run that has been computed, for somebody who may look at it.
  private func reviewed(_ name: String, for choice: KeyChoice?) throws(Failure) -> SiteRun {
    let guardian = try choice.map { choice throws(Failure) in
      try access.person(of: choice.signingKey(), as: .guardian)
    }
    return try access.look {
      let run = try access.database.run(named: name)
      if let guardian,
        let objection = try access.database.independence(of: run, at: access.now).objection(
          to: guardian, at: access.now.secondsSince1970)
      {
        throw ReviewError.notIndependent(objection)
      }
      return run
    }
  }
}

// MARK: Deciding

extension ReviewDesk {
  /// What a guardian says of a run.
  public struct Word: Sendable {
    var word: DecisionWord
    var reason: String
    var message: String?

    /// A word with its reason, and what the researcher is told.
    public init(_ word: DecisionWord, reason: String, message: String? = nil) {
      self.word = word
      self.reason = reason
      self.message = message
    }
  }

  /// The words that a guardian can sign.
  public enum DecisionWord: String, Sendable, CaseIterable {
    case approve, `return`, reject
  }

  /// Records a guardian's word on a run.
  ///
  /// - Parameters:
  ///   - name: The run.
  ///   - said: The word.
  ///   - choice: The guardian's key.
  ///   - prompt: Shows what is signed, and gives what was typed of its digest.
  /// - Returns: A line that says what follows.
  /// - Throws: A ``Failure``; nothing is signed then.
  public func decide(
    on name: String, _ said: Word, with choice: KeyChoice, prompt: DigestPrompt
  ) throws(Failure) -> String {
    let key = try choice.signingKey()
    let guardian = try access.person(of: key, as: .guardian)
    guard let word = SignedWord(rawValue: said.word.rawValue) else {
      preconditionFailure("every word can be signed")
    }
    let run = try reviewed(name, for: choice)
    let matter = try access.look { try access.database.matter(of: run) }
    let message = try said.message.map { text throws(Failure) in
      try Message(text, to: run, at: access).text
    }
    let typed = try prompt(about(word, matter, guardian, run), matter.outputs.hexadecimal)
    let verdict = try access.act {
      try matter.outputs.check(typed: typed)
      let statement = DecisionStatement(
        word: word, matter: matter, guardian: guardian.id, expiry: access.now.adding(days: 30))
      return try access.database.decide(
        on: name, statement.signed(with: key), reason: said.reason, message: message,
        at: access.now)
    }
    return sentence(verdict)
  }

  private func about(
    _ word: SignedWord, _ matter: RunMatter, _ guardian: Person,
    _ run: SiteRun
  ) -> [String] {
    [
      "Signing \"\(word.rawValue)\" as guardian \(guardian.id), who did not write this study:",
      "  run \(run.name), round \(run.round), project \(run.project)",
      "  sha256 \(matter.outputs.inFours)",
    ]
  }

  private func sentence(_ verdict: Quorum.Verdict) -> String {
    switch verdict {
    case .waiting(let count):
      return "Signed. \(count) more \(count == 1 ? "guardian decides" : "guardians decide"), "
        + "blind to this."
    case .decided(let word):
      let outcome =
        switch word {
        case .approve: "approved"
        case .return: "returned"
        case .reject: "rejected"
        }
      return "Signed. All are in: \(outcome). It is told with the next carrel release."
    }
  }
}

extension DisplayedText {
  /// Lines as a terminal may show them: a study's words cannot move the cursor.
  static func lines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map {
      DisplayedText(String($0)).text
    }.joined(separator: "\n")
  }
}
