import Foundation
import TestSupport
import Testing

@Suite("Sample data") struct SampleDataTests {
  private static let folder = Repository.file("SampleData")
  private static let tables = [
    "patients", "practice_registrations", "ons_deaths", "clinical_events", "medications",
    "addresses", "vaccinations", "admissions",
  ]

  @Test("the generator writes the tables that are committed, byte for byte", arguments: tables)
  func reproducible(_ table: String) throws {
    let made = try Self.generated.get()
    let committed = try Program(system: "/bin/gzip")
      .succeed(["-dc", Self.folder.appending(path: "\(table).csv.gz").path]).output
    // Not `==` in the expectation: a failure would print megabytes.
    let isSame = try Data(contentsOf: made.url.appending(path: "\(table).csv")) == committed
    #expect(isSame, "run `make sample-data` and commit what changes")
  }

  @Test func `the tables stay small enough to live in the repository`() throws {
    let bytes = try Self.tables.map { table in
      try Data(contentsOf: Self.folder.appending(path: "\(table).csv.gz")).count
    }
    #expect(bytes.reduce(0, +) < 4_000_000)
  }

  private static let generated = Result {
    let folder = try TemporaryFolder()
    try Program.sampleData.succeed([folder.url.path])
    return folder
  }
}
