internal import Glibc

/// Writes a new file from beginning to end, piece by piece.
public struct ByteWriter: ~Copyable {
  private let descriptor: Descriptor
  /// Where the file is.
  public let path: String

  /// Makes a file that must not exist yet.
  ///
  /// - Throws: ``FileError`` with ``FileError/Reason/alreadyExists`` if anything is at the path.
  public init(newFile path: String, access: Files.Access = .owner) throws(FileError) {
    descriptor = try Descriptor.open(
      path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: access.rawValue, for: .write)
    self.path = path
  }

  /// Writes the next bytes.
  ///
  /// - Throws: ``FileError`` when the operating system cannot write.
  public func write(_ bytes: [UInt8]) throws(FileError) { try descriptor.write(bytes, path) }

  /// Makes what was written, and the name of the file, durable.
  ///
  /// - Throws: ``FileError`` when the operating system cannot.
  public func synchronise() throws(FileError) {
    try descriptor.synchronise(path)
    try Files.synchronise(folder: Path.parent(of: path))
  }
}
