public import CarrelDiagnostics
public import CarrelPolicy
import Foundation
import Testing

/// The policies that tests run under: those of `Policies/`, and ones written in a test.
public enum Policies {
  /// The folder of the policies that the project ships.
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Policies")

  /// The names of all policies that the project ships, in order.
  public static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".policy") }.map { String($0.dropLast(7)) }.sorted()
  }()

  /// The file of a policy that the project ships.
  public static func source(_ name: String) throws -> SourceText {
    let data = try Data(contentsOf: folder.appending(path: "\(name).policy"))
    return SourceText(name: "\(name).policy", bytes: Array(data))
  }

  /// A policy that the project ships.
  public static func named(_ name: String) throws -> Policy { try read(source(name)) }

  /// A policy that the project ships, but that no count is hidden beside others.
  public static func withoutSecondary(_ name: String) throws -> Policy {
    let lines = String(decoding: try source(name).bytes, as: UTF8.self).split(separator: "\n")
    let kept = lines.filter { !$0.hasPrefix("protect ") }.map {
      $0.hasPrefix("secondary ") ? "secondary off" : String($0)
    }
    return try read(SourceText(name: "\(name).policy", text: kept.joined(separator: "\n")))
  }

  /// A policy with some lines in place of those of `exact`, such as `"hide 1 to 5"`.
  public static func written(_ lines: String...) throws -> Policy {
    var parameters = [
      "policy": "policy written version 1", "source": "source \"a test\"", "hide": "hide none",
      "zero": "zero show", "round": "round none", "totals": "totals sum of shown",
      "percentages": "percentages in full", "means": "means need 1 patient",
      "resolution": "resolution none", "narrowest": "narrowest window 1 day",
      "outputs": "outputs at most 1000", "groups": "groups at most 10000",
      "dimensions": "dimensions at most 20", "units": "units need 5 beyond",
    ]
    for line in lines {
      parameters[line.split(separator: " ").first.map(String.init) ?? ""] = line
    }
    let text = parameters.values.sorted().joined(separator: "\n")
    return try read(SourceText(name: "written.policy", text: text))
  }

  private static func read(_ source: SourceText) throws -> Policy {
    var diagnostics = Diagnostics()
    let policy = PolicyReader.read(source, reporting: &diagnostics)
    try #require(diagnostics.isEmpty, "\(diagnostics.sorted.map(\.message))")
    return try #require(policy)
  }
}
