internal import Glibc

extension ByteReader {
  /// How many bytes of a regular file lie before the next one to be read; 0 for a pipe.
  ///
  /// Whoever holds a duplicate of the descriptor moves the same position.
  public var offset: Int { max(0, lseek(descriptor.number, 0, SEEK_CUR)) }

  /// Goes back to the beginning of a regular file.
  ///
  /// - Throws: ``FileError`` for a pipe.
  public func rewind() throws(FileError) {
    guard lseek(descriptor.number, 0, SEEK_SET) == 0 else { throw FileError(.read, path, .last) }
  }

  /// A second descriptor of the open file, for a child process to read it from; whoever asks for it
  /// closes it.
  ///
  /// - Throws: ``FileError`` where the process has too many open files.
  public func duplicatedDescriptor() throws(FileError) -> Int32 {
    let copy = fcntl(descriptor.number, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { throw FileError(.open, path, .last) }
    return copy
  }
}

extension ByteReader {
  /// How many bytes a file has that was taken over, by moving to its end and back to its beginning.
  ///
  /// A process that is locked down may ask for nothing else.
  ///
  /// - Throws: ``FileError`` for a pipe.
  public func measured() throws(FileError) -> Int {
    let count = lseek(descriptor.number, 0, SEEK_END)
    guard count >= 0 else { throw FileError(.read, path, .last) }
    try rewind()
    return count
  }
}
