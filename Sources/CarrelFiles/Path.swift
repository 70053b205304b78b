/// Arithmetic on paths as texts; nothing here touches the disk.
public enum Path {
  /// A path inside a folder: the two joined by one `/`; an absolute second path stands alone.
  public static func join(_ folder: String, _ path: String) -> String {
    if folder.isEmpty || path.hasPrefix("/") { return path }
    return folder.hasSuffix("/") ? folder + path : folder + "/" + path
  }

  /// What follows the last `/`, not counting `/` at the end: `c.csv` of `a/b/c.csv`.
  public static func lastComponent(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? (path.hasPrefix("/") ? "/" : "")
  }

  /// The folder that holds what a path names: `a/b` of `a/b/c.csv`, `.` of `c.csv`, `/` of `/c`.
  public static func parent(of path: String) -> String {
    var components = path.split(separator: "/")
    _ = components.popLast()
    if components.isEmpty { return path.hasPrefix("/") ? "/" : "." }
    return (path.hasPrefix("/") ? "/" : "") + components.joined(separator: "/")
  }

  /// The names along a path that a study or a data package may write.
  ///
  /// Such a path is relative and stays inside its folder whatever the folder holds: no `/` at
  /// either end, no empty name, no `.` or `..`, no backslash and no control character.
  ///
  /// - Throws: The first mistake; never depends on the disk.
  public static func components(ofRelative path: String) throws(PathMistake) -> [String] {
    if path.isEmpty { throw .empty }
    if path.hasPrefix("/") { throw .absolute }
    if path.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
      throw .controlCharacter
    }
    if path.contains("\\") { throw .backslash }
    let names = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if names.contains("..") { throw .parentFolder }
    if names.contains("") || names.contains(".") { throw .emptyName }
    return names
  }
}

/// Why a path is not a plain relative path inside a folder.
public enum PathMistake: Error, Hashable, Sendable, CustomStringConvertible {
  case empty, absolute, parentFolder, emptyName, backslash, controlCharacter

  /// The mistake in plain words, with what to write instead.
  public var description: String {
    switch self {
    case .empty: "the path is empty"
    case .absolute: "the path must be relative to its folder, without `/` at the start"
    case .parentFolder: "the path must stay inside its folder, without `..`"
    case .emptyName: "the path must name every folder on the way once, without `.` or `//`"
    case .backslash: "folders are separated by `/`, not by a backslash"
    case .controlCharacter: "the path holds a control character"
    }
  }
}
