import CarrelCatalogue
import CarrelCrypto
import CarrelRecords
import CarrelStore
import CarrelValues
import Foundation
import TestSupport
import Testing

/// A folder with a data package, and what loading it gives; gone after the test.
final class PackageFixture {
  private let temporary: TemporaryFolder
  let descriptor: String

  /// A package of the resources, each an object's JSON text.
  init(_ resources: String..., package: String = #""synthetic": true"#) throws {
    temporary = try TemporaryFolder()
    descriptor =
      #"{"name": "core", \#(package), "resources": [\#(resources.joined(separator: ", "))]}"#
  }

  var folder: String { temporary.url.path }

  func write(_ text: String, to name: String) throws -> PackageFixture {
    try write(Array(text.utf8), to: name)
  }

  func write(_ bytes: [UInt8], to name: String) throws -> PackageFixture {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    return self
  }

  /// Compresses a file with the system's program, as whoever delivers it would.
  func compress(_ name: String) throws -> PackageFixture {
    let process = try Process.run(
      URL(fileURLWithPath: "/usr/bin/env"), arguments: ["gzip", "\(folder)/\(name)"])
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return self
  }

  var recordsPath: String { folder + "/records.sqlite" }

  /// Bytes 0 to 31: pseudonyms under it were computed by Python's `hmac`.
  static var key: SecretKey {
    var bytes = Array(UInt8(0)..<32)
    return SecretKey(absorbing: &bytes)
  }

  func loader(
    _ identity: PatientIdentity = .verbatim, rules: LoadRules = .preview
  ) throws -> RecordLoader {
    let bytes = Array(descriptor.utf8)
    let reading = DataPackage.read(bytes, reservedWords: [])
    let package = try #require(reading.package, "\(reading.problems)")
    var loader = RecordLoader(
      package, descriptor: bytes, folder: folder, identity: identity, rules: rules,
      date: try #require(CivilDate(iso: "2025-05-02")))
    loader.program = Program.carrel.executable.path
    return loader
  }

  @discardableResult
  func load(
    _ identity: PatientIdentity = .verbatim, rules: LoadRules = .preview,
    progress: @escaping (LoadProgress) -> Bool = { _ in true }
  ) throws -> LoadReport {
    try loader(identity, rules: rules).load(into: recordsPath, progress: progress)
  }

  /// The breaches that refuse the load, which must leave no file behind.
  func breaches(
    rules: LoadRules = .preview, _ location: SourceLocation = #_sourceLocation
  ) throws -> [String] {
    let before = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
    let error = #expect(throws: LoadError.self, sourceLocation: location) {
      try load(rules: rules)
    }
    let after = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
    #expect(after == before, sourceLocation: location)
    guard case .format(let breaches)? = error else {
      Issue.record("the load failed for another reason: \(String(describing: error))")
      return []
    }
    return breaches.map(\.description)
  }

  func database() throws -> Database { try Database(.readOnlyImmutable(path: recordsPath)) }

  /// The rows that a query gives of what was loaded.
  func rows(_ query: String) throws -> [[StoreValue]] {
    let statement = try database().prepare(query)
    var rows: [[StoreValue]] = []
    while try statement.step() {
      rows.append((0..<statement.columnCount).map { statement.value(at: $0) })
    }
    return rows
  }
}

extension PackageFixture {
  /// One table of events with this many fields beside the person.
  static func events(_ fields: String, more: String = "") -> String {
    """
    {"name": "events", "path": "events.csv", "type": "table", \(more) "schema": {"fields": [
      {"name": "patient_id", "type": "integer", "privacy": "person-id"}\(fields)]}}
    """
  }
}
