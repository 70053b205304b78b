import Foundation
import TestSupport

extension TemporaryFolder {
  var path: String { url.path }

  func add(_ relative: String, _ text: String) throws { try write(text, to: relative) }

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
