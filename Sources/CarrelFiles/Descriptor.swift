internal import Glibc

/// An open file that closes itself.
struct Descriptor: ~Copyable {
  let number: Int32

  deinit { close(number) }

  /// Opens a path, or throws what the operating system says.
  static func open(
    _ path: String, _ flags: Int32, mode: mode_t = 0, for operation: FileError.Operation
  ) throws(FileError) -> Descriptor {
    let number = retrying { Glibc.open(path, flags | O_CLOEXEC, mode) }
    guard number >= 0 else { throw FileError(operation, path, .last) }
    return Descriptor(number: number)
  }

  /// What the operating system knows about the open file.
  func status(_ operation: FileError.Operation, _ path: String) throws(FileError) -> stat {
    var status = stat()
    guard fstat(number, &status) == 0 else { throw FileError(operation, path, .last) }
    return status
  }

  /// Makes what was written durable.
  func synchronise(_ path: String) throws(FileError) {
    guard retrying({ fsync(number) }) == 0 else { throw FileError(.write, path, .last) }
  }

  /// Writes all bytes at the current position.
  func write(_ bytes: [UInt8], _ path: String) throws(FileError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        retrying {
          Glibc.write(number, buffer.baseAddress?.advanced(by: written), buffer.count - written)
        }
      }
      guard count > 0 else { throw FileError(.write, path, .last) }
      written += count
    }
  }

  /// Reads up to so many bytes from the current position; empty at the end.
  func read(upTo count: Int, _ path: String) throws(FileError) -> [UInt8] {
    var failure: FileError.Reason?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialised in
      let read = retrying { Glibc.read(number, buffer.baseAddress, buffer.count) }
      if read < 0 { failure = .last }
      initialised = max(read, 0)
    }
    if let failure { throw FileError(.read, path, failure) }
    return bytes
  }
}

extension stat {
  var isRegularFile: Bool { st_mode & S_IFMT == S_IFREG }
  var isFolder: Bool { st_mode & S_IFMT == S_IFDIR }
  var isSymbolicLink: Bool { st_mode & S_IFMT == S_IFLNK }
}

/// Repeats a system call that a signal interrupted.
func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
  while true {
    let result = call()
    if result != -1 || errno != EINTR { return result }
  }
}
