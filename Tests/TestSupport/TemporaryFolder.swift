public import Foundation
import Synchronization

/// A folder of its own for one test, removed with all that it holds when the value goes away, or at
/// the end of all tests where they share it.
public final class TemporaryFolder: Sendable {
  /// Where it is.
  public let url: URL

  /// Makes an empty folder.
  public init() throws {
    url = FileManager.default.temporaryDirectory.appending(
      path: "carrel-tests-" + UUID().uuidString, directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    Self.present.withLock { _ = $0.insert(url) }
    _ = Self.removalAtExit
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
    Self.present.withLock { _ = $0.remove(url) }
  }

  private static let present = Mutex<Set<URL>>([])
  private static let removalAtExit: Void = {
    atexit {
      for url in TemporaryFolder.present.withLock(\.self) {
        try? FileManager.default.removeItem(at: url)
      }
    }
  }()

  /// The path of something inside.
  public subscript(relative: String) -> String { url.appending(path: relative).path }

  /// Writes a file inside, with the folders on the way.
  public func write(_ text: String, to relative: String) throws {
    let file = url.appending(path: relative)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// Copies a file into the folder, under its own name or another.
  public func copy(_ file: URL, as name: String? = nil) throws {
    try FileManager.default.copyItem(
      at: file, to: url.appending(path: name ?? file.lastPathComponent))
  }
}
