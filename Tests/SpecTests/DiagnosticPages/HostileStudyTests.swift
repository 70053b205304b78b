import Foundation
import Glibc
import TestSupport
import Testing

@Suite("Studies made to be costly (G7)") struct HostileStudyTests {
  /// What a process cost.
  private struct Cost {
    var status: Int32
    var seconds: Double
  }

  @Test(
    "G7: definitions that double forty times are refused at once, in little memory",
    arguments: [
      "define f0(p : integer) = p\n"
        + (1...40).map { "define f\($0)(p : integer) = f\($0 - 1)(p) + f\($0 - 1)(p)\n" }.joined()
        + "define x = f40(1)",
      "define f0(d : date) = age_on(d)\n"
        + (1...40).map {
          "define f\($0)(d : date) = f\($0 - 1)(d + \($0) days) + f\($0 - 1)(d + \($0) weeks)\n"
        }.joined() + "define x = f40(2024-01-01)",
      (1...12).map { "for each a\($0) in x, y, z, u, v, w, p, q, r, s\n" }.joined()
        + "define " + (1...12).map { "{a\($0)}" }.joined() + " = 1",
    ])
  func doubling(_ study: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(study, to: "study.carrel")
    // The least of three, since a machine that does much else makes processor time longer too.
    let costs = try (1...3).map { _ in try Self.cost(of: ["check", folder["study.carrel"]]) }
    #expect(costs.allSatisfy { $0.status == 1 })
    #expect(costs.contains { $0.seconds < (Program.isOptimised ? 0.1 : 5) })
  }

  /// The memory that the program is given: the kernel refuses it more, and then it ends otherwise.
  private static let mebibytes = Program.isOptimised ? 50 : 400

  /// Runs the program in little memory and asks the kernel what it cost.
  private static func cost(of arguments: [String]) throws -> Cost {
    let path = "/bin/sh"
    let limited =
      ["sh", "-c", "ulimit -d \(mebibytes * 1024); exec \"$0\" \"$@\""]
      + [Program.carrel.executable.path] + arguments
    var pid: pid_t = 0
    var words: [UnsafeMutablePointer<CChar>?] = limited.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor: Int32 in 0...2 {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    try #require(posix_spawn(&pid, path, &actions, nil, &words, environ) == 0)
    var (status, usage) = (Int32(0), rusage())
    try #require(wait4(pid, &status, 0, &usage) == pid)
    let seconds = [usage.ru_utime, usage.ru_stime].reduce(0.0) {
      $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1_000_000
    }
    return Cost(status: (status >> 8) & 0xFF, seconds: seconds)
  }
}
