import Foundation
import Glibc
import TestSupport
import Testing

/// Programs that are killed at random points leave a site that opens and goes on: nothing that was
/// said to be done is lost, and nothing is half released.
///
/// `make crash-test` kills 200; `CARREL_CRASHES` says how many otherwise.
@Suite("A site whose programs are killed") struct CrashTests {
  private static let crashes =
    ProcessInfo.processInfo.environment["CARREL_CRASHES"].flatMap { Int($0) } ?? 5

  @Test func `goes on as if they had never begun, or had ended`() throws {
    let ward = try Ward()
    var random = SeededGenerator(seed: 417)
    for crash in 0..<Self.crashes {
      let step = try nextStep(crash, at: ward)
      let delay = UInt32.random(in: 0..<Self.longest, using: &random)
      let said = try kill(step, after: delay, at: ward)
      try check(ward, after: said, crash: crash)
    }
    try finish(ward)
    try check(ward, after: "", crash: Self.crashes)
    let states = try ward.states()
    #expect(states.values.allSatisfy { $0 == "released" })
    let kinds = try ward.entryKinds()
    #expect(kinds.filter { $0 == "run" }.count == states.count)
    #expect(kinds.filter { $0 == "release" }.count == states.count)
    try ward.cosign("w-1", "w-2")
    for name in states.keys {
      try ward.carrel("fetch", name, "--key", "r-1.pem")
      try ward.carrel("verify", "study-\(name).zip", isAtSite: false)
    }
  }

  /// The longest that a program is given, in microseconds: about what the longest step takes.
  private static var longest: UInt32 { Program.isOptimised ? 60_000 : 250_000 }

  /// A submission, a computation, a signature, a release or the exchange of the ledger's key,
  /// whichever comes next.
  private func nextStep(_ crash: Int, at ward: Ward) throws -> [String] {
    if crash % 10 == 3 { return ["site", "exchange-key", "ledger"] }
    let waiting = try ward.states().filter { $0.value == "in review" }.keys.sorted()
    guard crash % 5 != 0, let name = waiting.first else { return Ward.submission }
    if crash % 5 == 1 { return ["runs", "--resume"] }
    if crash % 5 == 4 { return ["release"] }
    try ward.carrel("runs", "--resume")
    let packet = try ward.carrel("review", name).text
    let digest = packet.matches(of: /sha256 +([0-9a-f]{4})/).last.map { String($0.output.1) } ?? ""
    return [
      "approve", name, "--reason", "R", "--key", "g-\(crash % 5 - 1).pem", "--digest", digest,
    ]
  }

  /// Starts the program, kills it, and gives what it had said.
  private func kill(_ words: [String], after delay: UInt32, at ward: Ward) throws -> String {
    let process = Process()
    process.executableURL = Program.carrel.executable
    process.arguments = words + ["--site", "ward"]
    process.environment = Program.plainEnvironment
    process.currentDirectoryURL = ward.folder.url
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    usleep(delay)
    Glibc.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    return String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  }

  private func check(_ ward: Ward, after said: String, crash: Int) throws {
    let log = try Program.carrel.run(["ledger", "verify", "ward"], in: ward.folder.url)
    #expect(log.status == 0, "crash \(crash): \(log.errors)")
    let states = try ward.states()
    if let found = said.firstMatch(of: /Submitted as run ([a-z]+-[0-9]+):/) {
      #expect(states[String(found.output.1)] != nil, "crash \(crash): what was said is lost")
    }
    if let found = said.firstMatch(of: /([a-z]+-[0-9]+) released as/) {
      #expect(states[String(found.output.1)] == "released", "crash \(crash)")
    }
  }

  /// Has everything computed, approved and released that waits.
  private func finish(_ ward: Ward) throws {
    try ward.carrel("runs", "--resume")
    for name in try ward.states().filter({ $0.value == "in review" }).keys.sorted() {
      for guardian in ["g-1", "g-2"] { _ = try ward.decide("approve", name, as: guardian) }
    }
    try ward.carrel("release")
  }
}
