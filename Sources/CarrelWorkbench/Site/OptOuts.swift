import CarrelFiles
import CarrelLedger
import CarrelPolicy
import CarrelRecords
import CarrelSite
import CarrelValues

/// People's objections to the use of their records, applied before any study sees them.
public enum OptOuts {
  /// Applies a list to the live records of a site, and makes what is left the live ones.
  ///
  /// - Parameters:
  ///   - path: The list.
  ///   - kind: What it means to be on it, as ``OptOutList/Kind`` spells it.
  ///   - place: The site.
  /// - Returns: A line that says so, and never how many were on it or held.
  /// - Throws: A ``Failure``; the records are then as they were.
  public static func apply(
    _ path: String, kind: String, at place: StudyPlace
  ) throws(Failure) -> String {
    guard let kind = OptOutList.Kind(rawValue: kind) else {
      throw Failure(
        "U025", "there is no kind of opt-outs `\(kind)`", help: "write `type-1` or `national`",
        status: .wrongCommandLine)
    }
    let access = try SiteAccess(place, for: "optouts")
    let list = try list(path, kind)
    do {
      let site = access.site
      let days = try PolicyChoice(nil, at: site).policy.oldestOptOutsDays
      let old = try site.snapshot()
      try site.records(of: old).check()
      var new = try site.beginSnapshot(date: CivilDate.today.description)
      let digest = try list.apply(
        to: old.recordsPath, digest: old.card.digest, copyingTo: new.recordsPath,
        keys: try site.pseudonymKeys())
      let folder = PackageFolder(at: old.schemaFolder)
      let (descriptor, read) = try folder.read()
      for (path, bytes) in try folder.schemaFiles(of: read, descriptor) {
        try new.keep(bytes, as: path)
      }
      _ = try new.publish(
        package: old.card.package, digest: digest,
        patientNumbers: try PatientNumbers(of: site).bytes,
        applying: kind.rawValue, after: old.card.optOutsAppliedAt, time: access.clock)
      return "opt-outs applied; the records without them are live, and may be used for "
        + (days == 1 ? "1 day" : "\(days) days")
    } catch let error as LoadError {
      throw Failure(error)
    } catch let error as SiteError {
      throw Failure(error)
    } catch let error as FileError {
      throw Failure(error)
    } catch let failure as Failure {
      throw failure
    } catch {
      preconditionFailure("opt-outs fail in ways that are known")
    }
  }

  private static func list(
    _ path: String, _ kind: OptOutList.Kind
  ) throws(Failure) -> OptOutList {
    let bytes: [UInt8]
    do { bytes = try Files.read(path, limitBytes: OptOutList.limitBytes) } catch {
      throw Failure(error)
    }
    do { return try OptOutList(kind, parsing: bytes) } catch {
      switch error {
      case .line(let line):
        throw Failure(
          "S043", "line \(line) of the list cannot be an identifier",
          help: "write one identifier a line; nothing was changed", status: .worldFailed)
      case .nobodyLeft:
        throw Failure(
          "S043", "a list of those who may be used names nobody",
          help: "write `--kind type-1` for a list of those who are out; nothing was changed",
          status: .worldFailed)
      }
    }
  }
}

extension SiteAccess {
  /// What forbids reading the live records: that people's objections to it are not known, or not
  /// lately; `nil` where nothing does.
  ///
  /// - Parameter project: The project whose run is to read them: it may ask for lists of certain
  ///   kinds, and its policy for later ones than the site's does.
  /// - Returns: What is so, in words.
  /// - Throws: A ``Failure``.
  func optOutFault(for project: ProjectCase? = nil) throws(Failure) -> String? {
    guard site.kind == .protected, site.hasRecords else { return nil }
    let times: [String: Int]
    do throws(SiteError) { times = try site.snapshot().card.optOutsAppliedAt } catch {
      throw Failure(error)
    }
    let kinds = project?.project.optOuts ?? []
    if let kind = kinds.first(where: { times[$0] == nil }) {
      return "no list of opt-outs of the kind `\(kind)` has been applied to the records"
    }
    let last = kinds.isEmpty ? times.values.max() : kinds.compactMap { times[$0] }.min()
    guard let last else { return "no list of opt-outs has been applied to the records" }
    let policy = try project.map { project throws(Failure) in try Policy.read(ofProject: project) }
    let floor = try PolicyChoice(nil, at: site).policy.oldestOptOutsDays
    let limit = min(floor, policy?.oldestOptOutsDays ?? floor)
    let days = (now.secondsSince1970 - last) / 86_400
    return days > limit
      ? "the list of opt-outs is \(days) days old, and \(limit) are allowed" : nil
  }

  /// Refuses to read records of people whose objections are not known, or not lately.
  ///
  /// - Throws: A ``Failure``, `S041`.
  func checkOptOuts(for project: ProjectCase? = nil) throws(Failure) {
    guard let fault = try optOutFault(for: project) else { return }
    throw Failure(
      "S041", fault, help: "carrel optouts apply LIST --kind KIND --site \(site.path)",
      status: .refused)
  }
}
