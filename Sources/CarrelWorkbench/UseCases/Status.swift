import CarrelDiagnostics
public import CarrelJSON
import CarrelPolicy
import CarrelSandbox
import CarrelSite

/// A line of evidence for each of the Five Safes, of what can be shown and nothing more.
public struct Status {
  /// One of the Five Safes and what shows it, or says that nothing does.
  private struct Line {
    let safe: String
    let evidence: String
    var isSafe = true
  }

  private let lines: [Line]

  /// Whether nothing that was looked at is other than it should be.
  public var isSafe: Bool { lines.allSatisfy(\.isSafe) }

  /// Looks at this machine, and at a site if one is named.
  ///
  /// - Throws: A ``Failure`` where the site cannot be opened.
  public init(of place: StudyPlace) throws(Failure) {
    let settings = Self.settings
    guard case .site(let path) = place else {
      lines = [settings]
      return
    }
    let site: Site
    do throws(SiteError) { site = try Site.open(at: path) } catch { throw Failure(error) }
    lines = [
      try Self.projects(at: place), try Self.people(at: place), settings,
      Self.data(of: site, optOuts: try SiteAccess(place, for: "status").optOutFault()),
      Line(safe: "outputs", evidence: try Self.outputs(of: site, at: place)),
    ]
  }

  private static func projects(at place: StudyPlace) throws(Failure) -> Line {
    let access = try SiteAccess(place, for: "status")
    let projects = try access.look { try access.database.projects() }
    let current = projects.count {
      $0.state == .approved && $0.project.isCurrent(on: access.today)
    }
    return Line(
      safe: "projects",
      evidence: "\(current) approved and current, \(projects.count - current) others"
        + (access.site.kind == .protected ? "; nothing is run but for one of them" : ""))
  }

  private static func people(at place: StudyPlace) throws(Failure) -> Line {
    let access = try SiteAccess(place, for: "status")
    let people = try access.look { try access.database.people() }
    let present = people.filter { $0.lapsedAt == nil }
    let guardians = present.count { $0.roles.contains(.guardian) }
    return Line(
      safe: "people",
      evidence: "\(present.count) on the roster, \(guardians) guardians, "
        + "\(people.count - present.count) off it; "
        + "the site's folder and keys are open to its owner alone")
  }

  private static var settings: Line {
    guard let report = try? SandboxReport.ofThisMachine() else {
      return Line(
        safe: "settings", evidence: "a locked-down process cannot be started here", isSafe: false)
    }
    let count = SandboxLayer.allCases.count
    let missing = report.missing.map(\.rawValue).joined(separator: ", ")
    return Line(
      safe: "settings",
      evidence: "records are read in a process with \(count - report.missing.count) of \(count) "
        + "layers" + (missing.isEmpty ? "" : ", without \(missing)")
        + "; carrel status --sandbox tries each",
      isSafe: report.missingRequired().isEmpty)
  }

  /// The records, and what is wrong with the opt-outs that were applied to them, if anything is.
  private static func data(of site: Site, optOuts: String?) -> Line {
    let people = site.kind == .protected ? "people" : "invented people"
    guard site.hasRecords else {
      return Line(safe: "data", evidence: "records of \(people), of which none are loaded")
    }
    do throws(SiteError) {
      let snapshot = try site.snapshot()
      try site.records(of: snapshot).check()
      return Line(
        safe: "data",
        evidence: "records of \(people), \(snapshot.card.package) as loaded on "
          + "\(snapshot.card.date), pseudonymised; every byte under the site's seal"
          + (site.kind == .protected ? "; \(optOuts ?? "opt-outs applied")" : ""),
        isSafe: optOuts == nil)
    } catch {
      return Line(safe: "data", evidence: "NOT SAFE: \(error)", isSafe: false)
    }
  }

  private static func outputs(of site: Site, at place: StudyPlace) throws(Failure) -> String {
    let policy = try PolicyChoice(nil, at: site).policy
    let access = try SiteAccess(place, for: "status")
    let (held, released) = try access.look {
      (
        try access.database.runs().count { $0.state == .held },
        try access.database.releases().count
      )
    }
    return "\(policy.name) version \(policy.version): \(policy.sentence) "
      + "\(held) held for guardians, \(released) released."
  }

  /// A line for each.
  public var text: String {
    Columns(lines.map { ["safe \($0.safe)", $0.evidence] }).text
  }

  /// The same for programs.
  public var json: JSON {
    .object([
      .init("carrel", 1), .init("command", "status"), .init("ok", .boolean(isSafe)),
      .init(
        "safes",
        .array(
          lines.map {
            .object([.init("safe", .string($0.safe)), .init("evidence", .string($0.evidence))])
          })),
    ])
  }
}
