import CarrelFiles
import Foundation

/// A folder of its own for one test, removed with all that it holds when the value goes away.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/carrel-tests-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of something inside.
  subscript(relative: String) -> String { path + "/" + relative }

  /// Writes a file inside, with the folders on the way.
  func add(_ relative: String, _ text: String) throws {
    let url = URL(fileURLWithPath: self[relative])
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func link(_ relative: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: self[relative], withDestinationPath: target)
  }

  func text(_ relative: String) throws -> String {
    try String(contentsOfFile: self[relative], encoding: .utf8)
  }

  /// Everything inside, hidden files too, in order.
  var contents: [String] {
    get throws { try FileManager.default.subpathsOfDirectory(atPath: path).sorted() }
  }

  func permissions(_ relative: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: self[relative])[.posixPermissions] as? Int
  }
}
