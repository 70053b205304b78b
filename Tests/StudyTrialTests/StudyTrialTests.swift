import Foundation
import StudyTrials
import TestSupport
import Testing

/// Studies that nobody wrote, and everything that is done with a study before its records are read.
///
/// `CARREL_SEED` and `CARREL_STUDIES` choose others or more of them.
@Suite("Any text may be a study") struct StudyTrialTests {
  private static let trial = Result {
    try StudyTrial(inFolder: Repository.file("SampleData/studies").path)
  }
  private static let seed = setting("CARREL_SEED") ?? 2_024
  private static let studyCount = setting("CARREL_STUDIES") ?? 100

  private static func setting(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap(Int.init)
  }

  @Test(
    "what once went wrong goes well", .timeLimit(.minutes(10)),
    arguments: try FileManager.default.contentsOfDirectory(
      at: crashers, includingPropertiesForKeys: nil
    ).sorted { $0.path < $1.path })
  func crasher(_ file: URL) throws {
    #expect(try Self.trial.get().complaints(about: Array(Data(contentsOf: file))) == [])
  }

  static let crashers = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Crashers")

  @Test func `studies that are made to be right go well, and many have no mistake`() throws {
    let trial = try Self.trial.get()
    var accepted = 0
    for number in 0..<Self.studyCount {
      var maker = StudyMaker(seed: Self.seed &+ number)
      let text = maker.study()
      guard expectNothing(of: trial, about: Array(text.utf8), number) else { return }
      if trial.accepts(Array(text.utf8)) { accepted += 1 }
    }
    print("made studies: \(accepted) of \(Self.studyCount) without a mistake, seed \(Self.seed)")
    #expect(accepted > Self.studyCount / 8)
  }

  @Test func `the same with a few words changed go well`() throws {
    let trial = try Self.trial.get()
    for number in 0..<Self.studyCount {
      var maker = StudyMaker(seed: Self.seed &+ number)
      var words = maker.study().split(separator: " ", omittingEmptySubsequences: false)
      for _ in 0..<maker.number(1...3) {
        let (place, other) = (
          maker.number(0...words.count - 1), maker.number(0...words.count - 1)
        )
        switch maker.number(1...3) {
        case 1: words[place] = words[other]
        case 2 where words.count > 1: words.remove(at: place)
        default: words.swapAt(place, other)
        }
      }
      let text = words.joined(separator: " ")
      guard expectNothing(of: trial, about: Array(text.utf8), number) else { return }
    }
  }

  private func expectNothing(of trial: StudyTrial, about bytes: [UInt8], _ number: Int) -> Bool {
    let start = ContinuousClock.now
    var complaints = trial.complaints(about: bytes)
    if ContinuousClock.now - start > .seconds(10) { complaints.append("more than ten seconds") }
    guard !complaints.isEmpty else { return true }
    let text = String(decoding: bytes, as: UTF8.self)
    Issue.record("seed \(Self.seed), \(number): \(complaints)\n\(text)")
    return false
  }
}
