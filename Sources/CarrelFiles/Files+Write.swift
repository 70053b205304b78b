internal import Glibc

extension Files {
  /// Writes a whole file so that a reader sees all of it or what was there before, even after a
  /// power cut.
  ///
  /// The bytes go to a hidden file in the same folder, which is made durable and then takes the
  /// place of whatever was at the path.
  ///
  /// - Throws: ``FileError``; nothing is left behind.
  public static func write(
    _ bytes: [UInt8], to path: String, access: Access = .owner
  ) throws(FileError) {
    let temporary = hiddenSibling(of: path)
    do throws(FileError) {
      try writeNew(bytes, to: temporary, access: access)
      guard rename(temporary, path) == 0 else { throw FileError(.write, path, .last) }
    } catch {
      unlink(temporary)
      throw FileError(.write, path, error.reason)
    }
    try synchronise(folder: Path.parent(of: path))
  }

  /// Writes a whole file inside a folder, with the folders on the way, all of them durable.
  ///
  /// - Throws: ``FileError``; folders that were made stay.
  public static func write(
    _ bytes: [UInt8], to relativePath: String, inside folder: String, access: Access = .owner
  ) throws(FileError) {
    let names: [String]
    do { names = try Path.components(ofRelative: relativePath) } catch {
      throw FileError(.write, relativePath, .notInside(error))
    }
    var current = folder
    for name in names.dropLast() {
      let parent = current
      current = Path.join(parent, name)
      if exists(current) { continue }
      try createFolder(current, access: access)
      try synchronise(folder: parent)
    }
    try write(bytes, to: Path.join(folder, relativePath), access: access)
  }

  /// Writes a durable file that must not exist yet.
  static func writeNew(
    _ bytes: [UInt8], to path: String, access: Access
  ) throws(FileError) {
    let file = try Descriptor.open(
      path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: access.rawValue, for: .write)
    try file.write(bytes, path)
    try file.synchronise(path)
  }

  /// Makes the names in a folder durable.
  static func synchronise(folder: String) throws(FileError) {
    let descriptor = try Descriptor.open(folder, O_RDONLY | O_DIRECTORY, for: .write)
    try descriptor.synchronise(folder)
  }

  /// A name next to a path that nobody else uses and that listings hide.
  static func hiddenSibling(of path: String) -> String {
    let suffix = String(UInt64.random(in: .min ... .max), radix: 36)
    return Path.join(Path.parent(of: path), ".\(Path.lastComponent(of: path)).\(suffix)")
  }
}

/// A folder that appears whole under its name, or not at all.
///
/// Files are written to a hidden folder beside the final path; ``publish()`` makes them durable and
/// renames the folder into place. Without it, everything written is removed when the value goes
/// out of scope.
public struct NewFolder: ~Copyable {
  /// Where the folder will appear.
  public let path: String
  /// Where it is being built; a sibling of ``path``.
  public let buildPath: String
  private let access: Files.Access
  private var folders: [String]

  /// Begins a folder.
  ///
  /// - Throws: ``FileError`` with ``FileError/Reason/alreadyExists`` if anything is at the path,
  ///   and when its parent cannot be written.
  public init(_ path: String, access: Files.Access = .everyone) throws(FileError) {
    let sibling = Files.hiddenSibling(of: path)
    guard !Files.exists(path) else { throw FileError(.create, path, .alreadyExists) }
    guard mkdir(sibling, access.folderMode) == 0 else { throw FileError(.create, path, .last) }
    self.path = path
    self.access = access
    buildPath = sibling
    folders = [sibling]
  }

  deinit { try? Files.remove(buildPath) }

  /// Writes a file at a plain relative path inside, with the folders on the way.
  ///
  /// - Throws: ``FileError``; also when the file was already written.
  public mutating func write(_ bytes: [UInt8], to relativePath: String) throws(FileError) {
    var names: [String]
    do { names = try Path.components(ofRelative: relativePath) } catch {
      throw FileError(.write, relativePath, .notInside(error))
    }
    let name = names.removeLast()
    var folder = buildPath
    for parent in names {
      folder = Path.join(folder, parent)
      if folders.contains(folder) { continue }
      try Files.createFolder(folder, access: access)
      folders.append(folder)
    }
    do { try Files.writeNew(bytes, to: Path.join(folder, name), access: access) } catch {
      throw FileError(.write, Path.join(path, relativePath), error.reason)
    }
  }

  /// Makes the folder durable and gives it its name.
  ///
  /// - Throws: ``FileError`` with ``FileError/Reason/alreadyExists`` if something appeared at the
  ///   path meanwhile; nothing is left behind then.
  public consuming func publish() throws(FileError) {
    for folder in folders { try Files.synchronise(folder: folder) }
    // Taking the name first, as an empty folder, makes sure that nothing is ever replaced: a
    // rename onto a folder succeeds only while that folder is empty.
    guard mkdir(path, access.folderMode) == 0 else { throw FileError(.create, path, .last) }
    guard rename(buildPath, path) == 0 else {
      let failure = FileError(.create, path, .last)
      rmdir(path)
      throw failure
    }
    try Files.synchronise(folder: Path.parent(of: path))
  }
}
