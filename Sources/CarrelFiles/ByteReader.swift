internal import Glibc

/// Reads a file or a pipe from beginning to end in chunks, and closes it.
public struct ByteReader: ~Copyable {
  let descriptor: Descriptor
  /// The path, or the name given to a pipe, for messages.
  public let path: String
  /// The size of a regular file when it was opened, in bytes; `nil` for a pipe.
  public let sizeBytes: Int?

  /// The bytes of a chunk where the caller does not choose.
  public static let defaultChunkBytes = 1 << 18

  /// Opens a regular file; a symbolic link to one is followed.
  ///
  /// - Throws: ``FileError`` where there is no readable regular file at the path.
  public init(path: String) throws(FileError) {
    // O_NONBLOCK keeps the opening of a named pipe from waiting for a writer.
    let descriptor = try Descriptor.open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY, for: .read)
    try self.init(regularFile: descriptor, path: path)
  }

  /// Opens a regular file inside a folder by a plain relative path, through no symbolic link.
  ///
  /// Each folder on the way is opened from the one before, so that nobody can swap a link in
  /// between. The folder itself is the caller's to trust.
  ///
  /// - Throws: ``FileError`` with ``FileError/Reason/notInside(_:)``,
  ///   ``FileError/Reason/symbolicLink`` or what the operating system says; its path is the
  ///   relative one.
  public init(_ relativePath: String, inside folder: String) throws(FileError) {
    let names: [String]
    do { names = try Path.components(ofRelative: relativePath) } catch {
      throw FileError(.read, relativePath, .notInside(error))
    }
    var current = try Descriptor.open(folder, O_RDONLY | O_DIRECTORY, for: .open)
    for (index, name) in names.enumerated() {
      var status = stat()
      guard fstatat(current.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
        throw FileError(.read, relativePath, .last)
      }
      if status.isSymbolicLink { throw FileError(.read, relativePath, .symbolicLink) }
      let kind = index == names.count - 1 ? O_NONBLOCK | O_NOCTTY : O_DIRECTORY
      let next = retrying {
        openat(current.number, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | kind, 0)
      }
      guard next >= 0 else { throw FileError(.read, relativePath, .last) }
      current = Descriptor(number: next)
    }
    try self.init(regularFile: current, path: relativePath)
  }

  /// Takes over an open descriptor, such as the end of a pipe, which is closed with this reader.
  ///
  /// - Parameters:
  ///   - descriptor: Open for reading; nobody else may close it.
  ///   - name: What messages call it.
  public init(takingOver descriptor: Int32, name: String) {
    self.descriptor = Descriptor(number: descriptor)
    path = name
    sizeBytes = nil
  }

  private init(regularFile descriptor: consuming Descriptor, path: String) throws(FileError) {
    let status = try descriptor.status(.read, path)
    guard status.isRegularFile else { throw FileError(.read, path, .notAFile) }
    self.descriptor = descriptor
    self.path = path
    sizeBytes = Int(status.st_size)
  }

  /// The next bytes, at most so many; empty at the end.
  ///
  /// - Throws: ``FileError`` when the operating system cannot read.
  public func next(upTo count: Int = defaultChunkBytes) throws(FileError) -> [UInt8] {
    try descriptor.read(upTo: count, path)
  }

  /// All bytes to the end.
  ///
  /// - Throws: ``FileError`` with ``FileError/Reason/tooLarge(limitBytes:)`` as soon as there are
  ///   more than the limit, or when the operating system cannot read.
  public func rest(limitBytes: Int) throws(FileError) -> [UInt8] {
    if let sizeBytes, sizeBytes > limitBytes {
      throw FileError(.read, path, .tooLarge(limitBytes: limitBytes))
    }
    var bytes: [UInt8] = []
    while true {
      let chunk = try next()
      if chunk.isEmpty { return bytes }
      bytes += chunk
      guard bytes.count <= limitBytes else {
        throw FileError(.read, path, .tooLarge(limitBytes: limitBytes))
      }
    }
  }
}
