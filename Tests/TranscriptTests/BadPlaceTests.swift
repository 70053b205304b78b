import Foundation
import Glibc
import TestSupport
import Testing

/// Sites and folders that cannot be used are left as they are.
@Suite("Places that cannot be used") struct BadPlaceTests {
  @Test func `a site that is missing, empty or no site is refused`() throws {
    let clinic = try Clinic()
    try clinic.carrel("site", "create", "bare", "--kind", "synthetic")
    for (site, code) in [
      ("nowhere", "S001"), ("extract", "S002"), ("study.carrel", "S002"), ("bare", "S007"),
    ] {
      for command in ["check", "run", "preview"] {
        try clinic.expectRefusal(
          [command, "--site", site], code: code, status: 5, saying: "help: ")
      }
    }
    try clinic.expectRefusal(["load", "extract", "--site", "nowhere"], code: "S001", status: 5)
  }

  @Test func `a protected site shows nobody and hides what its policy hides`() throws {
    let clinic = try Clinic()
    try clinic.carrel("site", "create", "northmoor", "--kind", "protected")
    try clinic.carrel("load", "extract", "--site", "northmoor")
    for (command, code) in [
      (["preview"], "S032"), (["run", "--policy", "exact"], "S030"), (["run"], "S034"),
      (["run", "--output", "out"], "S034"),
    ] {
      try clinic.expectRefusal(
        command + ["--site", "northmoor"], code: code, status: 3, saying: "help: ")
    }
    try clinic.expectRefusal(
      ["site", "create", "other", "--kind", "protected", "--policy", "exact"], code: "S031",
      status: 3, saying: "only a synthetic site")
  }

  @Test func `a site whose kind was changed by hand is refused`() throws {
    let clinic = try Clinic()
    try clinic.carrel("site", "create", "northmoor", "--kind", "protected")
    try clinic.carrel("load", "extract", "--site", "northmoor")
    let file = URL(filePath: clinic.folder["northmoor/site.json"])
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text.contains("protected"))
    try Data(text.replacing("protected", with: "synthetic").utf8).write(to: file)
    for command in [["preview"], ["run"], ["check"], ["load", "extract"]] {
      try clinic.expectRefusal(command + ["--site", "northmoor"], code: "S004", status: 5)
    }
  }

  @Test func `an output folder that exists or cannot be made is refused before anything is read`()
    throws
  {
    let clinic = try Clinic()
    try clinic.makeSite()
    try FileManager.default.createDirectory(
      atPath: clinic.folder["taken"], withIntermediateDirectories: false)
    // Records that cannot be opened show that nothing has tried to.
    let snapshots = clinic.folder.url.appending(path: "demo/snapshots")
    for case let file as URL in try #require(
      FileManager.default.enumerator(at: snapshots, includingPropertiesForKeys: nil))
    where file.pathExtension == "sqlite" {
      try Data("no database".utf8).write(to: file)
    }
    for (folder, words) in [
      ("taken", "does not exist yet"), ("study.carrel", "does not exist yet"),
      ("none/out", "make `none` first"),
    ] {
      try clinic.expectRefusal(
        ["run", "--site", "demo", "--output", folder], code: "S010", status: 5, saying: words)
    }
    try clinic.expectRefusal(
      ["run", "--site", "demo", "--output", "out"], code: "S004", status: 5, saying: "records")
  }

  @Test func `a folder that cannot be made is refused`() throws {
    let clinic = try Clinic()
    for command in [
      ["new", "study.carrel"], ["new", "extract"], ["new", "none/new"],
      ["new", "study.carrel/new"],
      ["new", "/proc/new"], ["site", "create", "/proc/new", "--kind", "synthetic"],
      ["site", "create", "none/new", "--kind", "synthetic"],
    ] {
      try clinic.expectRefusal(command, code: "S010", status: 5, saying: "cannot create")
    }
    try clinic.expectRefusal(
      ["site", "create", "extract", "--kind", "synthetic"], code: "S003", status: 5)
  }

  @Test func `a result that cannot be written is a failure, and a reader that has enough is not`()
    throws
  {
    let clinic = try Clinic()
    try clinic.makeSite()
    let shell = Program(system: "/bin/sh")
    let path = Program.carrel.executable.path
    let full = try shell.run(
      ["-c", "'\(path)' run --site demo > /dev/full"], in: clinic.folder.url)
    #expect(full.status == 5)
    #expect(full.errors.hasPrefix("error[S010]: cannot write the result: "))
    let enough = try shell.run(
      ["-c", "('\(path)' run --site demo; echo $? >&2) | true"], in: clinic.folder.url)
    #expect(enough.errors == "0\n")
  }

  @Test func `an interrupted load changes nothing`() throws {
    let clinic = try Clinic()
    try clinic.makeSite()
    // Big enough that the load is still at it when the signal comes.
    let rows = String(repeating: "1,2020-01-01,J45,1\n", count: 600_000)
    try clinic.folder.write("patient_id,date,code,value\n" + rows, to: "extract/visits.csv")
    let before = try clinic.contents()

    // A thread of a test may have signals blocked, and a child would inherit that.
    var signals = sigset_t()
    var previous = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &signals, &previous)
    defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
    let process = Process()
    process.executableURL = Program.carrel.executable
    process.arguments = ["load", "extract", "--site", "demo"]
    process.currentDirectoryURL = clinic.folder.url
    let errors = Pipe()
    process.standardError = errors
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let snapshots = clinic.folder["demo/snapshots"]
    let manager = FileManager.default
    let count = try manager.contentsOfDirectory(atPath: snapshots).count
    while try manager.contentsOfDirectory(atPath: snapshots).count == count { usleep(1000) }
    process.interrupt()
    process.waitUntilExit()
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 130)
    #expect(said.hasSuffix("error[S014]: interrupted; nothing changed\n"))
    #expect(try clinic.contents() == before)
  }
}
