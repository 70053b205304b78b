import CarrelDifferencing
import Testing

@Suite("Near is the same") struct NearFigureTests {
  private let rules = DifferencingRules(minimum: 7)

  /// D1: everyone, and everyone but a few whose existence is asked about.
  @Test("the same answer whether nobody or up to the minimum is left out", arguments: 0...7)
  func nested(_ count: Int) throws {
    let people = try Drawn(100, cells: ["all": 0..<100])
    let asked = try Drawn(100, cells: ["asked": 0..<(100 - count)])
    let judgement = DifferencingGuard(rules).judgement(of: asked, against: [people])
    #expect(judgement.verdicts == [[.takes(FigurePlace(.earlier(0), figure: 0))]])
    #expect(!judgement.isHeld)
    #expect(judgement.repaired.isEmpty)
  }
}
