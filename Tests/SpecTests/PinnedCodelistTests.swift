import Foundation
import TestSupport
import Testing

/// A study whose code lists came with `codelists.txt` and `codelists.json`, as OpenSAFELY's tools
/// write them.
@Suite("Studies with pinned code lists") struct PinnedCodelistTests {
  private static let study = """
    study "Asthma"
      uses core

    codelist asthma from "codelists/org-asthma.csv"

    define had_asthma = any clinical_events where snomedct_code in asthma
    """
  private static let list = "code,term\n195967001,Asthma\n"
  /// What `printf 'code,term\n195967001,Asthma' | sha1sum` prints.
  private static let digest = "6ea683c59c7410a86e2e3f5e1124f53f576c68a2"

  private func check(pins: String?, lock: String?) throws -> (status: Int32, text: String) {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder["codelists"], withIntermediateDirectories: false)
    try folder.write(Self.study, to: "study.carrel")
    try folder.write(Self.list, to: "codelists/org-asthma.csv")
    try pins.map { try folder.write($0, to: "codelists/codelists.txt") }
    try lock.map { try folder.write($0, to: "codelists/codelists.json") }
    let result = try Program.carrel.run(["check", folder["study.carrel"]])
    return (result.status, result.text + result.errors)
  }

  private func lock(_ id: String, _ digest: String) -> String {
    #"{"files": {"org-asthma.csv": {"id": "\#(id)", "sha": "\#(digest)"}}}"#
  }

  @Test func `a list that is what was asked for and downloaded has no mistakes`() throws {
    let result = try check(pins: "org/asthma/v1\n", lock: lock("org/asthma/v1", Self.digest))
    #expect(result.status == 0)
    #expect(result.text.contains("no errors"))
    #expect(!result.text.contains("codelists."))
  }

  @Test func `a list that was changed by hand, or asked for in another version, is a mistake`()
    throws
  {
    let other = String(repeating: "0", count: 40)
    let changed = try check(pins: "org/asthma/v1\n", lock: lock("org/asthma/v1", other))
    #expect(changed.status == 1)
    #expect(
      changed.text.contains(
        "error[C302]: `codelists/org-asthma.csv`: it is not what was downloaded"))
    let newer = try check(pins: "org/asthma/v2\n", lock: lock("org/asthma/v1", Self.digest))
    #expect(newer.status == 1)
    #expect(newer.text.contains("asks for `org/asthma/v2`, and `org/asthma/v1` was downloaded"))
  }

  @Test func `a list that nobody asked for is a mistake; one never downloaded is a warning`() throws
  {
    let unlisted = try check(pins: "org/other/v1\n", lock: nil)
    #expect(unlisted.status == 1)
    #expect(unlisted.text.contains("`codelists.txt` does not list it"))
    let unverified = try check(pins: "org/asthma/v1\n", lock: nil)
    #expect(unverified.status == 0)
    #expect(unverified.text.contains("warning[C303]"))
    #expect(unverified.text.contains("the content of lists is not verified"))
  }
}
