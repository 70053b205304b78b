import CarrelDiagnostics
public import CarrelJSON
import CarrelLedger
import CarrelPolicy
import CarrelSite

/// A researcher's runs, and their release by the custodian.
public struct RunDesk {
  let access: SiteAccess

  /// The runs of a site.
  public init(of place: StudyPlace, for command: String = "runs") throws(Failure) {
    access = try SiteAccess(place, for: command)
  }

  // MARK: Listing

  /// A run as its researcher may see it.
  private struct Line {
    let run: SiteRun
    let number: Int?
    let message: String
  }

  private func lines(_ name: String?, for choice: KeyChoice?) throws(Failure) -> [Line] {
    let author = try choice.map { choice throws(Failure) in
      try access.person(of: choice, as: .researcher)
    }
    return try access.look {
      let found = try access.database.runs().filter { run in
        (author == nil || run.author == author?.id) && (name == nil || run.name == name)
      }
      if let name, found.isEmpty { throw ReviewError.unknownRun(name) }
      return try found.map { run in
        Line(
          run: run, number: try access.database.releaseRecord(of: run)?.number,
          message: try message(on: run))
      }
    }
  }

  /// What guardians tell the researcher, once the outcome is told.
  private func message(on run: SiteRun) throws -> String {
    guard run.isTold, [.returned, .rejected].contains(run.state) else { return "" }
    return try access.database.decisions(on: run).compactMap(\.message).joined(separator: " ")
  }

  /// The runs, or one of them, in lines.
  ///
  /// - Parameters:
  ///   - name: The only run; `nil` for all.
  ///   - choice: The researcher's key, to list only their own; `nil` for everybody's.
  /// - Returns: The lines.
  /// - Throws: A ``Failure``.
  public func text(_ name: String?, for choice: KeyChoice?) throws(Failure) -> String {
    let rows = try lines(name, for: choice).map { line in
      [
        line.run.name, line.run.title, line.run.submittedDay, line.run.publicState,
        line.number.map { "release \($0)" } ?? line.message,
      ]
    }
    if rows.isEmpty { return "no runs" }
    let head = ["run", "study", "submitted", "state", "message"]
    return DisplayedText.lines(Columns([head] + rows).text)
  }

  /// The same for programs.
  public func json(_ name: String?, for choice: KeyChoice?) throws(Failure) -> JSON {
    let runs = try lines(name, for: choice).map { line in
      JSON.object(
        [
          .init("run", .string(line.run.name)), .init("project", .string(line.run.project)),
          .init("study", .string(line.run.title)),
          .init("submitted", .string(line.run.submittedDay)),
          .init("state", .string(line.run.publicState)),
        ] + (line.number.map { [.init("release", .integer($0))] } ?? [])
          + (line.message.isEmpty ? [] : [.init("message", .string(line.message))]))
    }
    return .object([
      .init("carrel", 1), .init("command", "runs"), .init("ok", true), .init("runs", .array(runs)),
    ])
  }

  // MARK: Withdrawing

  /// Takes back a run of the key's owner.
  ///
  /// - Returns: A line that says so.
  /// - Throws: A ``Failure``.
  public func withdraw(_ name: String, with choice: KeyChoice) throws(Failure) -> String {
    let author = try access.person(of: choice, as: .researcher)
    try access.act { try access.database.withdraw(name, by: author.id) }
    return "\(name)   withdrawn"
  }

  // MARK: Releasing

  /// Tells every outcome that there is, or that of one run, and releases what is approved.
  ///
  /// - Returns: A line for each run, and whether all that was approved could be released.
  /// - Throws: A ``Failure``.
  public func release(_ name: String?) throws(Failure) -> (text: String, isComplete: Bool) {
    let told = try access.look {
      if let name { _ = try access.database.run(named: name) }
      return try access.database.tellOutcomes(
        of: name, clock: access.clock,
        isDue: { run, decided, now in
          let project = try access.database.project(run.project)
          guard let slot = try Policy.read(ofProject: project).releases else { return true }
          return now >= slot.next(after: decided)
        },
        judging: { run in try SecondLook(at: access, run).opinion() })
    }
    if told.isEmpty { return ("no run has an outcome to tell now", true) }
    let lines = told.map { outcome in
      if let number = outcome.number { return "\(outcome.run.name) released as \(number)" }
      if let refusal = outcome.refusal {
        return "\(outcome.run.name) is in review again [\(refusal.code)]: \(refusal)"
      }
      return "\(outcome.run.name) \(outcome.run.publicState)"
    }
    return (lines.joined(separator: "\n"), told.allSatisfy { $0.refusal == nil })
  }
}

extension SiteRun {
  fileprivate var submittedDay: String {
    LedgerTime(secondsSince1970: submittedAt)?.day.inWords ?? ""
  }
}
