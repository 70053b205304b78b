public import Foundation

/// Where the project's own files are, and what may lie beside the checkout.
public enum Repository {
  /// The root of the checkout.
  public static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A file or folder of the checkout.
  public static func file(_ path: String) -> URL { root.appending(path: path) }

  /// A file or folder of the material shared between checkouts: records that nobody on the project
  /// made and the cases of another language's specification.
  ///
  /// It lies in the folder that `CARREL_SHARED` names, else in `shared` beside the checkout, and is
  /// no part of the project: `nil` where it is absent, and the tests that need it then say so.
  public static func shared(_ path: String) -> URL? {
    let named = ProcessInfo.processInfo.environment["CARREL_SHARED"]
    let folder =
      named.map { URL(filePath: $0) } ?? root.deletingLastPathComponent().appending(path: "shared")
    let file = folder.appending(path: path)
    return FileManager.default.fileExists(atPath: file.path) ? file : nil
  }
}
