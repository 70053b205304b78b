internal import Glibc

/// What went wrong with a file or folder: what was attempted, on which path, and why.
///
/// Never holds any of a file's contents.
public struct FileError: Error, Hashable, Sendable {
  /// What was attempted.
  public let operation: Operation
  /// The file or folder, as it was named by the caller.
  public let path: String
  /// Why it failed.
  public let reason: Reason

  /// A failure of one operation on one path.
  public init(_ operation: Operation, _ path: String, _ reason: Reason) {
    self.operation = operation
    self.path = path
    self.reason = reason
  }

  /// What can be attempted with a file or folder; the raw value is the verb of the message.
  public enum Operation: String, Hashable, Sendable {
    case read, write, create, list, remove, open
  }

  /// Why an operation failed.
  public enum Reason: Hashable, Sendable {
    /// There is nothing at the path.
    case notFound
    /// Something is at the path already.
    case alreadyExists
    /// The operating system does not permit it.
    case permissionDenied
    /// The path names a folder or a device where a regular file is needed.
    case notAFile
    /// The path, or a part of it, is not a folder.
    case notAFolder
    /// A part of the path is a symbolic link, which is never followed here.
    case symbolicLink
    /// The path is not a plain relative path that stays inside its folder.
    case notInside(PathMistake)
    /// The file is larger than the limit.
    case tooLarge(limitBytes: Int)
    /// The disk is full, or the quota used up.
    case noSpace
    /// The disk is mounted for reading only.
    case readOnlyDisk
    /// Any other error number of the operating system.
    case system(errorNumber: Int32)
  }
}

extension FileError: CustomStringConvertible {
  /// The failure in plain words, such as ``cannot read `a.csv`: there is no such file``.
  public var description: String { "cannot \(operation.rawValue) `\(path)`: \(reason.description)" }
}

extension FileError.Reason: CustomStringConvertible {
  /// The reason in plain words.
  public var description: String {
    switch self {
    case .notFound: "there is no such file or folder"
    case .alreadyExists: "it already exists"
    case .permissionDenied: "permission denied"
    case .notAFile: "it is not a regular file"
    case .notAFolder: "it is not a folder"
    case .symbolicLink: "it is, or goes through, a symbolic link"
    case .notInside(let mistake): mistake.description
    case .tooLarge(let limit): "it is larger than the limit of \(limit) bytes"
    case .noSpace: "there is no space left on the disk"
    case .readOnlyDisk: "the disk is read-only"
    case .system(let number): String(cString: strerror(number))
    }
  }

  /// The reason that the last failed system call left in `errno`.
  static var last: FileError.Reason {
    switch errno {
    case ENOENT: .notFound
    case EEXIST, ENOTEMPTY: .alreadyExists
    case EACCES, EPERM: .permissionDenied
    case EISDIR: .notAFile
    case ENOTDIR: .notAFolder
    case ELOOP: .symbolicLink
    case ENOSPC, EDQUOT: .noSpace
    case EROFS: .readOnlyDisk
    default: .system(errorNumber: errno)
    }
  }
}
