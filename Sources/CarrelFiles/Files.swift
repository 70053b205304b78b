internal import Glibc

/// The file system: reading whole files, writing them durably, folders and what they hold.
public enum Files {
  /// Who may read what is written.
  public enum Access: UInt32, Hashable, Sendable {
    /// The owner alone: whatever belongs to a site.
    case owner = 0o600
    /// Everybody, where the process's mask lets them: what leaves.
    case everyone = 0o644

    /// The same for a folder, which must also be searched.
    var folderMode: mode_t { self == .owner ? 0o700 : 0o755 }
  }

  /// What a path names.
  public enum Kind: Hashable, Sendable {
    case file, folder, symbolicLink
    /// A device, pipe or socket.
    case other
  }

  /// The largest file that a study may bring: 16 MiB.
  public static let studyLimitBytes = 16 << 20

  /// All bytes of a regular file.
  ///
  /// - Throws: ``FileError``; a file larger than the limit is refused before it is read.
  public static func read(
    _ path: String, limitBytes: Int = studyLimitBytes
  ) throws(FileError) -> [UInt8] {
    try ByteReader(path: path).rest(limitBytes: limitBytes)
  }

  /// All bytes of a regular file inside a folder, reached by a plain relative path through no
  /// symbolic link.
  ///
  /// - Throws: ``FileError`` whose path is the relative one.
  public static func read(
    _ relativePath: String, inside folder: String, limitBytes: Int = studyLimitBytes
  ) throws(FileError) -> [UInt8] {
    try ByteReader(relativePath, inside: folder).rest(limitBytes: limitBytes)
  }

  /// What a path names, not following a symbolic link at its end; `nil` if there is nothing.
  public static func kind(of path: String) -> Kind? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    if status.isRegularFile { return .file }
    if status.isFolder { return .folder }
    return status.isSymbolicLink ? .symbolicLink : .other
  }

  /// Whether anything is at a path.
  public static func exists(_ path: String) -> Bool { kind(of: path) != nil }

  /// Whether a path leads to a folder, through symbolic links too.
  public static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.isFolder
  }

  /// The names in a folder, hidden ones too, in byte order.
  ///
  /// - Throws: ``FileError`` where there is no readable folder.
  public static func list(_ folder: String) throws(FileError) -> [String] {
    guard let stream = opendir(folder) else { throw FileError(.list, folder, .last) }
    defer { closedir(stream) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw FileError(.list, folder, .last) }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

extension Files {
  /// Creates a folder that must not exist yet; its parent must.
  ///
  /// - Throws: ``FileError`` with ``FileError/Reason/alreadyExists`` if anything is at the path.
  public static func createFolder(
    _ path: String, access: Access = .owner
  ) throws(FileError) {
    guard mkdir(path, access.folderMode) == 0 else { throw FileError(.create, path, .last) }
  }

  /// Removes a file or a folder with all that it holds; nothing there is no error.
  ///
  /// A symbolic link is removed, not followed.
  ///
  /// - Throws: ``FileError`` for the first thing that cannot be removed.
  public static func remove(_ path: String) throws(FileError) {
    guard let kind = kind(of: path) else { return }
    if kind == .folder {
      for name in try list(path) { try remove(Path.join(path, name)) }
    }
    let result = kind == .folder ? rmdir(path) : unlink(path)
    guard result == 0 || errno == ENOENT else { throw FileError(.remove, path, .last) }
  }
}
