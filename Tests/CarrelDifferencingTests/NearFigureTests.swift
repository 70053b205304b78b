import CarrelDifferencing
import Testing

@Suite("Near is the same") struct NearFigureTests {
  private let rules = DifferencingRules(minimum: 7)

  /// D1: everyone, and everyone but a few whose existence is asked about.
  @Test("D1: the same answer whether nobody or up to the minimum is left out", arguments: 0...7)
  func nested(_ count: Int) throws {
    let people = try Drawn(100, cells: ["all": 0..<100])
    let asked = try Drawn(100, cells: ["asked": 0..<(100 - count)])
    let judgement = DifferencingGuard(rules).judgement(of: asked, against: [people])
    #expect(
      judgement.verdicts == [[.takes(FigurePlace(.earlier(0), figure: 0))]])
    #expect(!judgement.isHeld)
    #expect(judgement.repaired.isEmpty)
  }

  @Test func `no fact is taken of people of whom none is the same`() throws {
    let some = try Drawn(100, cells: ["some": 0..<3, "nobody": 0..<0])
    let others = try Drawn(100, cells: ["others": 50..<58])
    #expect(DifferencingGuard(rules).judgement(of: others, against: [some]).leavesWhole)
  }

  @Test func `of several the fact of the same question is taken, or else the first`() throws {
    let first = try Drawn(100, cells: ["first": 0..<50])
    let second = try Drawn(100, cells: ["second": 3..<50])
    let asked = try Drawn(100, cells: ["second": 2..<50])
    let other = try Drawn(100, cells: ["third": 2..<50])
    let guardian = DifferencingGuard(rules)
    #expect(
      guardian.judgement(of: asked, against: [first, second]).verdicts
        == [[.takes(FigurePlace(.earlier(1), figure: 0))]])
    #expect(
      guardian.judgement(of: other, against: [first, second]).verdicts
        == [[.takes(FigurePlace(.earlier(0), figure: 0))]])
  }

  /// The chain of small steps that D1 warns of.
  @Test func `a figure that took a fact is never compared with`() throws {
    let first = try Drawn(100, cells: ["first": 0..<50])
    var taken = try Drawn(100, cells: ["second": 7..<50])
    taken.table.figures[0].published = .taken
    // Seven people from the second and fourteen from the first, whose fact the second shows.
    let third = try Drawn(100, cells: ["third": 14..<50])
    #expect(DifferencingGuard(rules).judgement(of: third, against: [first, taken]).leavesWhole)
  }

  @Test func `a share is judged on what is published of it and its whole`() throws {
    var whole = try Drawn(200, cells: ["whole": 0..<100])
    whole.table.series = SeriesPlace(series: "members", interval: 0)
    var share = try Drawn(200, cells: ["share": 0..<97])
    #expect(
      DifferencingGuard(rules).judgement(of: [whole, share], against: []).verdicts[1] != [.fine])
    share.table.shareOf = "members"
    #expect(DifferencingGuard(rules).judgement(of: [whole, share], against: []).leavesWhole)
    #expect(DifferencingGuard(rules).judgement(of: share, against: [whole]).leavesWhole)
  }
}
