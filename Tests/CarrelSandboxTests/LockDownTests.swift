import CarrelSandbox
import Foundation
import TestSupport
import Testing

/// Every attempt is made by the program itself, in a child that is there for nothing else.
private func outcome(of trial: Trial) throws -> Trial.Outcome {
  try trial.start(program: Program.carrel.executable.path).finish().outcome
}

/// The layers that this machine can put in place; a container may forbid some of them.
private let available: Set<SandboxLayer> = {
  let report = try? Trial(.fork).start(program: Program.carrel.executable.path).finish().report
  return Set(SandboxLayer.allCases).subtracting(report?.missing ?? [])
}()

@Suite("A process that is locked down") struct LockDownTests {
  /// Without this, a test that sees an attempt fail shows nothing about the lock-down.
  @Test(
    "could do it all before",
    arguments: Attempt.allCases.filter { $0 != .processorTime && $0 != .memory })
  func control(_ attempt: Attempt) throws {
    #expect(try outcome(of: Trial(attempt, under: [])) == .worked)
  }

  @Test("can do nothing of it after", arguments: Attempt.underAllLayers)
  func everything(_ attempt: Attempt) throws {
    let (report, outcome) = try Trial(attempt).start(program: Program.carrel.executable.path)
      .finish()
    #expect(outcome.isStopped)
    #expect(report.missingRequired().isEmpty)
  }

  @Test("is held by each layer alone", arguments: SandboxLayer.allCases)
  func alone(_ layer: SandboxLayer) throws {
    guard available.contains(layer) else { return }
    for trial in Trial.alone(layer) {
      #expect(try outcome(of: trial).isStopped, "\(trial.attempt)")
    }
  }

  @Test func `proves all of it, line by line`() throws {
    let proof = try SandboxProof(program: Program.carrel.executable.path)
    #expect(proof.failures.isEmpty)
    #expect(proof.missing.isEmpty)
    #expect(Set(proof.lines.compactMap(\.layer)) == Set(SandboxLayer.allCases))
    #expect(Set(proof.lines.map(\.attempt)) == Set(Attempt.allCases))
  }

  @Test func `is ended at once for a system call that computing does not take`() throws {
    for attempt in [Attempt.fork, .execute, .connect, .trace, .machineCode] {
      #expect(try outcome(of: Trial(attempt)) == .killed(signal: 31))
    }
  }

  @Test func `reports a layer that was not asked for as missing`() throws {
    let trial = Trial(.open, under: [.limits, .privileges])
    let report = try trial.start(program: Program.carrel.executable.path).finish().report
    #expect(report[.limits] == .inPlace(version: nil))
    #expect(report[.landlock] == .notAsked)
    #expect(
      report.missing == [.descriptors, .namespaces, .inspection, .lifetime, .landlock, .seccomp])
    #expect(
      report.missingRequired(permitting: [.landlock, .seccomp])
        == [.descriptors, .inspection, .lifetime])
  }

  @Test func `also as a user without rights`() throws {
    guard geteuid() == 0 else { return }
    // A copy that such a user can reach.
    let folder = URL(filePath: "/tmp/carrel-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    let copy = folder.appending(path: "carrel")
    try FileManager.default.copyItem(at: Program.carrel.executable, to: copy)
    for path in [folder.path, copy.path] {
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
    let status = try Program(system: "/usr/bin/setpriv").run([
      "--reuid=65534", "--regid=65534", "--clear-groups", copy.path, "status", "--sandbox",
    ])
    #expect(status.status == 0, "\(status.text)\(status.errors)")
  }
}
