internal import CarrelJSON

/// The versions that a folder of code lists is pinned to: its `codelists.txt` and `codelists.json`.
///
/// OpenSAFELY's tools write both beside the lists. The first names the versions that a study asks
/// for, one a line; the second says what was downloaded and from where, with a digest of each file.
/// A list is held to whichever of the two is there.
public struct CodelistPins: Hashable, Sendable {
  /// The name of the file of versions asked for.
  public static let listName = "codelists.txt"
  /// The name of the file of downloads.
  public static let lockName = "codelists.json"

  /// The mistakes of the two files and between them, whatever list is used.
  public let problems: [CodelistProblem]
  /// The version asked for, by the name of its file; `nil` without `codelists.txt`.
  let wanted: [String: String]?
  /// What was downloaded, by the name of the file; `nil` without `codelists.json`.
  let downloaded: [String: Download]?

  /// One entry of `codelists.json`.
  struct Download: Hashable, Sendable {
    /// The list and its version: `opensafely/ethnicity/2020-04-27`.
    let id: String
    /// The SHA-1 of the file's ``CodelistPins/digestedBytes(of:)``, in lower-case hexadecimal.
    let digest: String
  }

  /// Reads the two files; `nil` for one that is not there.
  public init(list: [UInt8]?, lock: [UInt8]?) {
    var reader = CodelistPinsReader()
    wanted = list.map { reader.versions(in: $0) }
    downloaded = lock.map { reader.downloads(in: $0) }
    if list != nil, lock == nil { reader.reportMissingLock() }
    problems = reader.problems
  }

  /// What the two files say against a list.
  ///
  /// - Parameters:
  ///   - name: The name of its file in the folder.
  ///   - digest: The SHA-1 of its ``digestedBytes(of:)``, in lower-case hexadecimal.
  /// - Returns: Every disagreement; none where both files hold what the list is.
  public func problems(ofFile name: String, digest: String) -> [CodelistProblem] {
    var found: [CodelistProblem] = []
    func report(_ message: String, help: String) {
      found.append(CodelistProblem(kind: .notPinned, line: nil, message: message, help: help))
    }
    let id = wanted?[name]
    if wanted != nil, id == nil {
      report(
        "`\(Self.listName)` does not list it",
        help: "add its line, or keep a list made for the study in another folder")
    }
    guard let downloaded else { return found }
    guard let entry = downloaded[name] else {
      report("`\(Self.lockName)` has no entry for it", help: Self.downloadHelp)
      return found
    }
    if let id, id != entry.id {
      report(
        "`\(Self.listName)` asks for `\(id.abbreviated)`, and `\(entry.id.abbreviated)` was"
          + " downloaded", help: Self.downloadHelp)
    }
    if entry.digest != digest {
      report(
        "it is not what was downloaded: its digest in `\(Self.lockName)` is another",
        help: "download it again, or keep a list changed by hand in another folder")
    }
    return found
  }

  /// The bytes that a file's digest is taken of: its lines joined by line feeds, without one at the
  /// end, so that a change of line ends is no change.
  public static func digestedBytes(of bytes: [UInt8]) -> [UInt8] {
    var joined: [UInt8] = []
    joined.reserveCapacity(bytes.count)
    for (index, byte) in bytes.enumerated() {
      let isLineFeed = byte == UInt8(ascii: "\n")
      if isLineFeed, index > 0, bytes[index - 1] == UInt8(ascii: "\r") { continue }
      joined.append(byte == UInt8(ascii: "\r") ? UInt8(ascii: "\n") : byte)
    }
    if joined.last == UInt8(ascii: "\n") { joined.removeLast() }
    return joined
  }

  private static let downloadHelp =
    "download the lists again, so that `\(listName)`, `\(lockName)` and the files agree"
}

/// Reads the two files, line by line and member by member.
private struct CodelistPinsReader {
  var problems: [CodelistProblem] = []

  mutating func versions(in bytes: [UInt8]) -> [String: String] {
    var versions: [String: String] = [:]
    let text = String(decoding: CodelistPins.digestedBytes(of: bytes), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let entry = String(line).trimmed
      if entry.isEmpty || entry.hasPrefix("#") { continue }
      guard let (file, id) = pin(entry) else {
        report(
          CodelistPins.listName, line: index + 1, "is not a version of a list",
          help: "write `ORGANISATION/LIST/VERSION` or `user/NAME/LIST/VERSION`")
        continue
      }
      if let earlier = versions.updateValue(id, forKey: file) {
        report(
          CodelistPins.listName, line: index + 1,
          earlier == id ? "repeats a list" : "asks for another version of a list",
          help: "keep one line for each list")
      }
    }
    return versions
  }

  /// The file and the version that a line means, without `/` at its end.
  private func pin(_ entry: String) -> (file: String, id: String)? {
    let line = entry.hasSuffix("/") ? String(entry.dropLast()) : entry
    let parts = line.split(separator: "/", omittingEmptySubsequences: false)
    let isUsers = parts.first == "user"
    guard parts.count == (isUsers ? 4 : 3), parts.allSatisfy(isName) else { return nil }
    return (parts.dropLast().joined(separator: "-") + ".csv", line)
  }

  private func isName(_ text: Substring) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        byte > 0x20 && byte != 0x7F && byte != UInt8(ascii: "\\")
      }
  }

  mutating func downloads(in bytes: [UInt8]) -> [String: CodelistPins.Download] {
    let json: JSON
    do throws(JSONError) { json = try JSON(parsing: bytes) } catch {
      report(CodelistPins.lockName, line: error.line, "is not JSON", help: Self.lockHelp)
      return [:]
    }
    guard let files = json["files"]?.members else {
      report(CodelistPins.lockName, line: nil, "has no object `files`", help: Self.lockHelp)
      return [:]
    }
    var downloads: [String: CodelistPins.Download] = [:]
    for file in files {
      guard let id = file.value["id"]?.string, let digest = file.value["sha"]?.string else {
        report(
          CodelistPins.lockName, line: nil,
          "has no `id` or no `sha` for `\(file.name.abbreviated)`", help: Self.lockHelp)
        continue
      }
      downloads[file.name] = CodelistPins.Download(id: id, digest: digest.lowercased())
    }
    return downloads
  }

  mutating func reportMissingLock() {
    problems.append(
      CodelistProblem(
        kind: .unverified, line: nil,
        message: "there is no `\(CodelistPins.lockName)`, so the content of lists is not verified",
        help: Self.lockHelp))
  }

  private mutating func report(_ file: String, line: Int?, _ message: String, help: String) {
    let place = line.map { "line \($0) of `\(file)`" } ?? "`\(file)`"
    problems.append(
      CodelistProblem(kind: .wrongPins, line: line, message: "\(place) \(message)", help: help))
  }

  private static let lockHelp = "download the lists again with the tool that writes this file"
}
