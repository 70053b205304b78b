import CarrelBundle
import CarrelFiles
public import CarrelJSON
import CarrelLedger

/// What a bundle turned out to be, for people and for programs.
public struct BundleReport {
  private let name: String
  private let verification: InspectedBundle

  /// Has a bundle verified in memory, by a process that can do nothing else; nothing of it is
  /// written anywhere.
  ///
  /// - Parameters:
  ///   - path: The archive.
  ///   - key: The text of the key of the site's log; `nil` takes the one that the bundle names.
  ///   - witnesses: The texts of the keys of witnesses that count; none takes those of the bundle.
  /// - Throws: A ``Failure`` where the file or a key cannot be read.
  public init(of path: String, key: String?, witnesses: [String]) throws(Failure) {
    let key = try key.map { text throws(Failure) in
      try LedgerDemands.noteKey(text, "key", use: .log)
    }
    let witnesses = try witnesses.map { text throws(Failure) in
      try LedgerDemands.noteKey(text, "witness", use: .witness)
    }
    let bytes: [UInt8]
    do { bytes = try Files.read(path, limitBytes: ZipArchive.limitBytes) } catch {
      throw Failure(error, help: "name the `.zip` that carrel fetch wrote")
    }
    name = Path.lastComponent(of: path)
    verification = try BundleInspector.inspected(bytes, key: key, witnesses: witnesses)
  }

  /// Whether everything is as it should be.
  public var isRight: Bool { verification.findings.allSatisfy(\.isRight) }

  /// A line for each thing that was looked at, what it leaves open, and what it comes to.
  ///
  /// Names and paths come from whoever packed the bundle, so nothing in them moves a cursor.
  public var text: String {
    let rows = verification.findings.map { finding in
      [finding.isRight ? "ok" : "fail", finding.check, finding.sentence]
    }
    let notes = verification.notes.map { ["note", "", $0] }
    return Columns(rows + (isRight ? notes : [])).text + "\n" + Columns([[conclusion]]).text
  }

  private var conclusion: String {
    guard isRight, let release = verification.release else {
      return "\(name) is not a bundle to rely on"
    }
    let day = LedgerTime(release.released)?.dayInWords ?? release.released
    return "\(name) is whole and was released by \(release.site) on \(day)"
  }

  /// The same for programs.
  public var json: JSON {
    let findings = verification.findings.map { finding -> JSON in
      [
        "check": .string(finding.check), "ok": .boolean(finding.isRight),
        "found": .string(finding.sentence),
      ]
    }
    var members: [JSON.Member] = [
      .init("carrel", 1), .init("command", "verify"), .init("ok", .boolean(isRight)),
      .init("findings", .array(findings)),
      .init("notes", .array(verification.notes.map { .string($0) })),
    ]
    if isRight, let release = verification.release {
      members += [
        .init("site", .string(release.site)), .init("run", .string(release.run)),
        .init("released", .string(release.released)),
        .init("key", .string(release.key)),
      ]
    }
    return .object(members)
  }
}

extension LedgerTime {
  /// The day as people write it: `21 May 2025`.
  fileprivate var dayInWords: String {
    let months = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ]
    let parts = description.prefix(10).split(separator: "-").compactMap { Int($0) }
    return "\(parts[2]) \(months[parts[1] - 1]) \(parts[0])"
  }
}
