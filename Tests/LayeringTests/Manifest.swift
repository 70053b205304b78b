import Foundation
import TestSupport

/// What `Package.swift` says of the targets, read as text: enough for how this manifest is written,
/// and without a second package manager running inside the tests.
struct Manifest {
  var targets: [ManifestTarget]
  /// The modules of C libraries.
  var systemLibraries: [String]

  static func read() throws -> Manifest {
    let text = try String(contentsOf: Repository.file("Package.swift"), encoding: .utf8)
    var manifest = Manifest(targets: [], systemLibraries: [])
    let call =
      /(?:\b(?<helper>module|tests)|\.(?<kind>systemLibrary|target|executableTarget|testTarget))\(/
    for match in text.matches(of: call) {
      let body = body(of: text[match.range.upperBound...])
      if match.output.kind == "systemLibrary" {
        manifest.systemLibraries += body.literals(after: "name:").prefix(1)
      } else if let helper = match.output.helper {
        guard let name = body.literals.first else { continue }
        manifest.targets.append(
          ManifestTarget(
            name: name, dependencies: Set(body.literals.dropFirst()), path: nil,
            isTest: helper == "tests"))
      } else if let name = body.literals(after: "name:").first {
        let path = body.literals(after: "path:").first
        let isTest = match.output.kind == "testTarget" || path?.hasPrefix("Tests/") == true
        manifest.targets.append(
          ManifestTarget(
            name: name, dependencies: Set(body.literals(after: "dependencies:")), path: path,
            isTest: isTest))
      }
    }
    return manifest
  }

  /// What stands between a parenthesis and the one that closes it.
  private static func body(of text: Substring) -> String {
    var depth = 1
    let end = text.firstIndex { character in
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      return depth == 0
    }
    return String(text[..<(end ?? text.endIndex)])
  }
}

/// One target of the manifest and the files that belong to it.
struct ManifestTarget {
  var name: String
  var dependencies: Set<String>
  var path: String?
  var isTest: Bool

  /// The Swift files of the target, in order.
  func files() throws -> [URL] {
    let folder = Repository.file(path ?? "\(isTest ? "Tests" : "Sources")/\(name)")
    return try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".swift") }.sorted().map { folder.appending(path: $0) }
  }

  /// The modules that the files import.
  func imports() throws -> Set<String> {
    let importLine =
      /^(?:@[A-Za-z_()]+ )*(?:(?:public|package|internal|private) )?import (?:(?:struct|class|enum|func|var|typealias|protocol) )?(?<module>[A-Za-z0-9_]+)/
      .anchorsMatchLineEndings()
    return try files().reduce(into: []) { found, file in
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: importLine) { found.insert(String(match.output.module)) }
    }
  }
}

extension String {
  /// The texts in quotation marks, in order.
  var literals: [String] { matches(of: /"(?<text>[^"]*)"/).map { String($0.output.text) } }

  /// The texts of the list or the one text after a label.
  func literals(after label: String) -> [String] {
    guard let start = firstRange(of: label)?.upperBound else { return [] }
    let rest = self[start...].drop { $0 == " " || $0 == "\n" }
    if rest.first == "[" { return String(rest.prefix { $0 != "]" }).literals }
    return Array(String(rest).literals.prefix(1))
  }
}
