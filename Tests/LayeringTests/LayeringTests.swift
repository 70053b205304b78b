import Foundation
import TestSupport
import Testing

/// The directions of the house: who may import whom.
///
/// The manifest declares them; these tests hold the sources to the manifest, which the compiler does
/// only in part.
@Suite("Layering") struct LayeringTests {
  private static let manifest = Result { try Manifest.read() }

  @Test func `every import is declared, and every declared dependency is imported`() throws {
    let manifest = try Self.manifest.get()
    for target in manifest.targets where !target.isTest {
      let imports = try target.imports()
      let own = Set(manifest.targets.map(\.name) + manifest.systemLibraries)
      let undeclared = imports.intersection(own).subtracting(target.dependencies)
      #expect(undeclared.isEmpty, "\(target.name) imports \(undeclared.sorted()) undeclared")
      let unused = target.dependencies.subtracting(imports)
      #expect(unused.isEmpty, "\(target.name) declares \(unused.sorted()) and does not import it")
    }
  }

  @Test func `nothing but the system and the project is imported`() throws {
    let manifest = try Self.manifest.get()
    let own = Set(manifest.targets.map(\.name) + manifest.systemLibraries)
    for target in manifest.targets where !target.isTest {
      let foreign = try target.imports().subtracting(own)
      #expect(
        foreign.subtracting(["Glibc", "Synchronization"]).isEmpty,
        "\(target.name): \(foreign.sorted())")
    }
  }

  @Test("imports run downwards, never within a layer")
  func downwards() throws {
    let layers = Dictionary(
      uniqueKeysWithValues: Self.layers.enumerated().flatMap { number, names in
        names.map { ($0, number) }
      })
    for target in try Self.manifest.get().targets where !target.isTest {
      let own = try #require(layers[target.name], "\(target.name) has no layer")
      for dependency in target.dependencies {
        let below = try #require(layers[dependency], "\(dependency) has no layer")
        #expect(below < own, "\(target.name) imports \(dependency)")
      }
    }
  }

  /// What may never be imported, however it is declared, and why it may not.
  @Test(
    "what must stay apart stays apart",
    arguments: [
      ("CSQLite", ["CarrelStore"]), ("COpenSSL", ["CarrelCrypto"]), ("CSystem", ["CarrelSandbox"]),
      // Outputs see released numbers only; the disclosure gate does not know who computed them.
      ("CarrelEngine", ["CarrelSQL", "CarrelWorkbench"]), ("CarrelSQL", ["CarrelWorkbench"]),
      // The proof that a hidden cell is safe is checked by what nothing of the solver reaches.
      (
        "CarrelWitness",
        [
          "CarrelAudit", "CarrelDifferencing", "CarrelDisclosure", "CarrelRehearsal",
          "CarrelWorkbench", "carrel-benchmarks",
        ]
      ),
      // Engines see no syntax: the plan is the contract.
      ("CarrelSyntax", ["CarrelPolicy", "CarrelChecker", "CarrelWorkbench"]),
      (
        "CarrelPlan",
        [
          "CarrelChecker", "CarrelEngine", "CarrelDisclosure", "CarrelRehearsal", "CarrelSQL",
          "CarrelWorkbench",
        ]
      ),
    ])
  func apart(_ module: String, _ importers: [String]) throws {
    let found = try Self.manifest.get().targets.filter { target in
      try !target.isTest && target.imports().contains(module)
    }
    #expect(Set(found.map(\.name)).isSubset(of: importers))
  }

  @Test("no source file is longer than a reader's patience")
  func lengths() throws {
    for target in try Self.manifest.get().targets {
      for file in try target.files() {
        let lines = try String(contentsOf: file, encoding: .utf8).split(
          separator: "\n", omittingEmptySubsequences: false
        ).count
        #expect(lines <= 400, "\(file.lastPathComponent) has \(lines) lines")
      }
    }
  }

  /// From the bottom up; a module may import any of a lower layer.
  private static let layers: [[String]] = [
    ["CSQLite", "COpenSSL", "CSystem"],
    [
      "CarrelValues", "CarrelStatistics", "CarrelJSON", "CarrelFiles", "CarrelCrypto",
      "CarrelSandbox", "CarrelStore", "CarrelWitness",
    ],
    ["CarrelDiagnostics", "CarrelAudit", "sample-data"],
    ["CarrelSyntax", "CarrelCatalogue", "CarrelLedger", "CarrelDifferencing"],
    ["CarrelPlan", "CarrelPolicy"],
    ["CarrelChecker", "CarrelEngine", "CarrelDisclosure", "CarrelBundle"],
    [
      "CarrelSQL", "CarrelRecords", "CarrelRehearsal", "CarrelOutputs", "CarrelSite",
      "carrel-benchmarks",
    ],
    ["CarrelWorkbench"],
    ["CarrelCommandLine"],
    ["carrel"],
  ]
}
