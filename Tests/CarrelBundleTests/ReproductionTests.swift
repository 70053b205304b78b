import CarrelBundle
import CarrelLedger
import Testing

@Suite("Making a run again") struct ReproductionTests {
  private func reproduction(
    _ change: (BundleFile) -> [BundleFile] = { [$0] }, snapshot: String = "snapshot"
  ) throws -> Reproduction {
    let bundle = try Fixture().bundle()
    let receipt = try bundle.runReceipt()
    return try Reproduction(
      of: bundle,
      by: .init(
        files: bundle.files.flatMap(change), snapshot: Digest(of: Array(snapshot.utf8)),
        releaseLedgerHead: receipt.releaseLedgerHead, version: receipt.version))
  }

  @Test func `the same bytes are the same`() throws {
    let same = try reproduction()
    #expect(same.isSame)
    #expect(same.sentences.map(\.text) == ["6 of 6 files, byte for byte"])
  }

  @Test func `a difference names files and the input, never a figure`() throws {
    let other = try reproduction(
      { file in
        file.path.hasPrefix("outputs/")
          ? [BundleFile(path: file.path, bytes: Array("line\n4711\n".utf8))] : [file]
      }, snapshot: "a later one")
    #expect(other.differing == ["outputs/reviews.csv", "outputs/reviews.json"])
    #expect(other.causes == [.snapshot])
    #expect(!other.sentences.map(\.text).joined().contains("4711"))
  }

  @Test func `a file on one side alone is a difference`() throws {
    #expect(try reproduction { $0.path == "report.html" ? [] : [$0] }.differing == ["report.html"])
  }
}
