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
  }

  private let lines: [Line]

  /// Looks at this machine, and at a site if one is named.
  ///
  /// - Throws: A ``Failure`` where the site cannot be opened.
  public init(of place: StudyPlace) throws(Failure) {
    let settings = Line(safe: "settings", evidence: Self.settings)
    guard case .site(let path) = place else {
      lines = [settings]
      return
    }
    let site: Site
    do throws(SiteError) { site = try Site.open(at: path) } catch { throw Failure(error) }
    lines = [
      Line(
        safe: "projects",
        evidence: "nothing to show: this version keeps no projects, so any study can be run"),
      Line(
        safe: "people",
        evidence: "the site's folder and keys are open to its owner alone; "
          + "this version keeps no guardians"),
      settings, Line(safe: "data", evidence: Self.data(of: site)),
      Line(safe: "outputs", evidence: try Self.outputs(of: site)),
    ]
  }

  private static var settings: String {
    guard let report = try? SandboxReport.ofThisMachine() else {
      return "a locked-down process cannot be started here"
    }
    let count = SandboxLayer.allCases.count
    let missing = report.missing.map(\.rawValue).joined(separator: ", ")
    return "records are read in a process with \(count - report.missing.count) of \(count) layers"
      + (missing.isEmpty ? "" : ", without \(missing)") + "; carrel status --sandbox tries each"
  }

  private static func data(of site: Site) -> String {
    let people = site.kind == .protected ? "people" : "invented people"
    guard site.hasRecords else { return "records of \(people), of which none are loaded" }
    do throws(SiteError) {
      let snapshot = try site.snapshot()
      try site.records(of: snapshot).check()
      return "records of \(people), \(snapshot.card.package) as loaded on \(snapshot.card.date), "
        + "pseudonymised; every byte under the site's seal"
    } catch {
      return "NOT SAFE: \(error)"
    }
  }

  private static func outputs(of site: Site) throws(Failure) -> String {
    let policy = try PolicyChoice(nil, at: site).policy
    let review =
      site.kind == .protected
      ? " Nothing is released: this version has no review, and refuses every run here." : ""
    return "\(policy.name) version \(policy.version): \(policy.sentence)" + review
  }

  /// A line for each.
  public var text: String {
    Columns(lines.map { ["safe \($0.safe)", $0.evidence] }).text
  }

  /// The same for programs.
  public var json: JSON {
    .object([
      .init("carrel", 1), .init("command", "status"), .init("ok", true),
      .init(
        "safes",
        .array(
          lines.map {
            .object([.init("safe", .string($0.safe)), .init("evidence", .string($0.evidence))])
          })),
    ])
  }
}
