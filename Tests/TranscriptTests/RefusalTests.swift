import CarrelJSON
import CarrelLedger
import CarrelSite
import CarrelStore
import Foundation
import TestSupport
import Testing

/// What a protected site must not take, each refused with a code and nothing changed.
///
/// A clock that goes back is in `ReleaseTests`: what counts then is the time of the ledger's last entry.
@Suite("A protected site refuses") struct RefusalTests {
  @Test func `a tampered bundle`() throws {
    let ward = try Ward()
    let name = try ward.release()
    try ward.carrel("fetch", name, "--key", "r-1.pem", "--output", "good.zip")
    var bytes = try Data(contentsOf: URL(filePath: ward.folder["good.zip"]))
    bytes[bytes.count / 2] ^= 0x80
    try bytes.write(to: URL(filePath: ward.folder["bad.zip"]))
    let verified = try Program.carrel.run(["verify", "bad.zip"], in: ward.folder.url)
    #expect(verified.status == 1 && verified.text.hasPrefix("fail  contents"))
    try ward.expectRefusal(["reproduce", "bad.zip"], code: "V004", status: 1)
    #expect(try ward.attempt(["reproduce", "good.zip"]).status == 0)
  }

  @Test func `a signature by somebody without the role`() throws {
    let ward = try Ward()
    let name = try ward.submit()
    for word in ["approve", "return", "reject"] {
      try ward.expectRefusal(
        [word, name, "--reason", "R", "--key", "r-1.pem", "--digest", "0000"], code: "G002")
    }
    try ward.carrel("person", "remove", "g-2")
    try ward.expectRefusal(
      ["approve", name, "--reason", "R", "--key", "g-2.pem", "--digest", "0000"], code: "G002")
  }

  @Test func `a guardian's word on a study of their own`() throws {
    let ward = try Ward()
    try ward.carrel(
      "person", "add", "b-1", "--name", "B", "--organisation", "Trust", "--role", "guardian",
      "--role", "researcher", "--key", try ward.newKey("b-1"))
    let project = try String(contentsOfFile: ward.folder["project.json"], encoding: .utf8)
    try ward.folder.write(
      project.replacing("P-014", with: "P-015").replacing("r-1", with: "b-1"), to: "own.json")
    try ward.approve("P-015", "own.json")
    let said = try ward.attempt(["run", "study.carrel", "--project", "P-015", "--key", "b-1.pem"])
    let name = String(try #require(said.text.firstMatch(of: /as run ([a-z]+-[0-9]+):/)).output.1)
    try ward.carrel("runs", "--resume")
    try ward.expectRefusal(
      ["approve", name, "--reason", "R", "--key", "b-1.pem", "--digest", "0000"], code: "G003")
    try ward.expectRefusal(["review", name, "--key", "b-1.pem"], code: "G003")
  }

  @Test func `a run for a project that has ended`() throws {
    try Ward().expectRefusal(
      ["run", "study.carrel", "--project", "P-001", "--key", "r-1.pem"], code: "G010")
  }

  /// The site's policy, as it was one version ago.
  private func olderPolicy() throws -> String {
    let present = try String(
      contentsOf: Repository.file("Policies/opensafely.policy"), encoding: .utf8)
    let version = try #require(present.firstMatch(of: /version (\d+)/)?.output.1)
    let older = try #require(Int(version)) - 1
    return present.replacing("version \(version)", with: "version \(older)")
  }

  @Test func `a policy older than its own, although it hides as much`() throws {
    let ward = try Ward()
    try ward.folder.write(try olderPolicy(), to: "older.policy")
    let project = try String(contentsOfFile: ward.folder["project.json"], encoding: .utf8)
    try ward.folder.write(
      project.replacing("P-014", with: "P-020")
        .replacing("\"opensafely\"", with: "\"older.policy\""), to: "older.json")
    try ward.expectRefusal(["project", "propose", "older.json"], code: "G030")
  }

  @Test func `a run under a policy that its own has outgrown since it was approved`() throws {
    let ward = try Ward()
    let policy = Array(try olderPolicy().utf8)
    let file = try Data(contentsOf: URL(filePath: ward.folder["project.json"]))
    let project = try ProjectDocument.read(
      try JSON(parsing: Array(file).replacing(Array("P-014".utf8), with: Array("P-020".utf8)))
    ) { name in
      .init(name: name, version: 3, digest: Digest(of: policy).hexadecimal)
    }
    // As the program of that time took it in.
    try SiteDatabase(of: Site.open(at: ward.folder["ward"]))
      .propose(project, policyText: policy, at: .now)
    try ward.approve("P-020")
    try ward.expectRefusal(
      ["run", "study.carrel", "--project", "P-020", "--key", "r-1.pem"], code: "G030")
  }

  @Test func `a table or a column outside the approval`() throws {
    let ward = try Ward()
    let study = try String(contentsOfFile: ward.folder["study.carrel"], encoding: .utf8)
    try ward.folder.write(
      study.replacing("include born is known", with: "include patients.sex is known"),
      to: "study.carrel")
    try ward.expectRefusal(Ward.submission, code: "G011")
  }

  @Test func `a submission that no bundle could hold`() throws {
    let ward = try Ward()
    let study = try String(contentsOfFile: ward.folder["study.carrel"], encoding: .utf8)
    try ward.folder.write(study, to: "study's.carrel")
    try ward.expectRefusal(
      ["run", "study's.carrel", "--project", "P-014", "--key", "r-1.pem"], code: "G027")
  }

  @Test func `a log that was cut short, or is another site's`() throws {
    let ward = try Ward()
    let ledger = ward.folder.url.appending(path: "ward/ledger")
    let manager = FileManager.default
    try Program.carrel.succeed(
      ["site", "create", "other", "--kind", "protected"], in: ward.folder.url)
    let kept = ward.folder.url.appending(path: "kept")
    try manager.moveItem(at: ledger, to: kept)
    try manager.copyItem(at: ward.folder.url.appending(path: "other/ledger"), to: ledger)
    for words in [Ward.submission, ["release"], ["review"], ["runs"]] {
      let result = try ward.attempt(words)
      #expect(result.status == 5 && result.errors.contains("error[S018]: "), "\(result.errors)")
    }
    try manager.removeItem(at: ledger)
    try manager.moveItem(at: kept, to: ledger)
    let count = try ward.entryKinds().count
    let file = try FileHandle(
      forUpdating: ledger.appending(path: "tile/entries/000.p/\(count)"))
    try file.truncate(atOffset: 40)
    try file.close()
    for words in [Ward.submission, ["release"]] {
      let result = try ward.attempt(words)
      #expect(result.status == 5 && result.errors.contains("error[S018]: "), "\(result.errors)")
    }
  }

  @Test func `to go on where its database is held by another program`() throws {
    let ward = try Ward()
    let other = try Database(.readWrite(path: ward.folder["ward/site.sqlite"]))
    try other.execute("BEGIN IMMEDIATE")
    let result = try ward.attempt(Ward.submission)
    #expect(result.status == 5 && result.errors.contains("error[S016]: "), "\(result.errors)")
    try other.execute("ROLLBACK")
    #expect(try ward.states() == [:])
    _ = try ward.submit()
  }

  /// A disk of its own, in a namespace where the test may mount one.
  private func onDisk(of ward: Ward, _ script: String) throws -> Program.Result {
    try Program(system: "/usr/bin/unshare").run(
      ["-rm", "sh", "-c", script, "sh", Program.carrel.executable.path], in: ward.folder.url)
  }

  /// What the ledger has no room for is entered later, and said to be.
  @Test func `to go on where the disk is full, and has lost nothing when there is room`() throws {
    let ward = try Ward()
    let result = try onDisk(
      of: ward,
      """
      set -e
      mkdir disk; mount -t tmpfs -o size=8m none disk
      cp -a ward disk/ward
      submit() {
        "$1" run study.carrel --project P-014 --key r-1.pem --site disk/ward > said.txt 2> errors.txt
      }
      done=0
      for room in 0 40 80 120 160 200; do
        dd if=/dev/zero of=disk/filler bs=4096 2> dd.txt || true
        truncate -s -${room}K disk/filler
        if submit "$1" || grep -q S042 errors.txt; then done=$((done + 1)); fi
        grep error errors.txt >&2 || true
        rm disk/filler
        "$1" ledger verify disk/ward > verified.txt
        "$1" runs --resume --site disk/ward
        test "$("$1" runs --site disk/ward | grep -c 'in review')" = $done
      done
      submit "$1"; echo $done
      """)
    #expect(result.status == 0, "\(result.errors)")
    #expect(!["0\n", "6\n"].contains(result.text), "some room is too little, and some is enough")
    let errors = result.errors.split(separator: "\n").filter { $0.hasPrefix("error") }
    #expect(errors.allSatisfy { $0.contains(#/^error\[S0(10|16|18|42)\]: /#) }, "\(result.errors)")
    #expect(!errors.isEmpty)
  }

  @Test func `to go on where the disk can only be read`() throws {
    let ward = try Ward()
    let result = try onDisk(
      of: ward,
      """
      mount --bind ward ward && mount -o remount,ro,bind ward || exit 9
      "$1" run study.carrel --project P-014 --key r-1.pem --site ward
      """)
    #expect(result.status == 5, "\(result.errors)")
    #expect(result.errors.contains(#/error\[S01[06]\]: /#), "\(result.errors)")
    #expect(try ward.states() == [:])
  }
}
