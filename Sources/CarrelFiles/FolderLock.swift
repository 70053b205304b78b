internal import Glibc

/// The right to change a folder, held by one process at a time and let go when it ends.
public struct FolderLock: ~Copyable {
  private let descriptor: Descriptor

  /// Takes the right, without waiting; `nil` while somebody else has it.
  ///
  /// - Throws: ``FileError`` where there is no folder to lock.
  public init?(_ folder: String) throws(FileError) {
    descriptor = try Descriptor.open(folder, O_RDONLY | O_DIRECTORY, for: .open)
    guard retrying({ flock(descriptor.number, LOCK_EX | LOCK_NB) }) == 0 else { return nil }
  }
}
