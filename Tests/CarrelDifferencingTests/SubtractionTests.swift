import CarrelDifferencing
import Testing

/// Attacks that take two or more tables apart by subtraction; people are drawn by index.
@Suite("Tables that subtract") struct SubtractionTests {
  private func people(_ sets: Range<Int>...) -> [Int] { sets.flatMap(Array.init) }

  private func table(_ name: String, _ people: [Int]) -> Drawn {
    Drawn(2_000, cells: [(name, people)])
  }

  /// The outcome of the last of several tables asked for one after the other.
  private func outcome(_ tables: [Drawn]) -> GuardJudgement {
    var releases = Releases()
    var last: GuardJudgement?
    for table in tables { last = releases.ask(table) }
    return last ?? releases.ask([])
  }

  @Test func `everyone less the men leaves few women only where they are many`() {
    // 300 men; 40 women, or 12 of whom 7 at most could be told.
    let men = table("men", people(0..<300))
    #expect(outcome([men, table("everyone", people(0..<340))]).leavesWhole)
    #expect(outcome([men, table("everyone", people(0..<312))]).leavesWhole)
    for count in 1...7 {
      #expect(outcome([men, table("everyone", people(0..<(300 + count)))]).isStopped)
      #expect(outcome([table("everyone", people(0..<(300 + count))), men]).isStopped)
    }
  }

  @Test func `a union less all but one of its parts`() {
    let parts = Drawn(
      2_000, cells: [("a", people(0..<100)), ("b", people(100..<200)), ("c", people(200..<203))])
    let judgement = outcome([parts, table("all", people(0..<203))])
    // Part c is hidden, and everyone less a and b would tell it.
    #expect(judgement.isHeld)
    #expect(
      judgement.repaired.first
        == DifferencingFinding(
          .inside(of: FigurePlace(.new(0), figure: 0)),
          figures: [FigurePlace(.earlier(0), figure: 0), FigurePlace(.earlier(0), figure: 1)],
          people: 3))
  }

  @Test func `a complement within a cohort known before`() {
    let cohort = Drawn(2_000, cells: [("f", people(0..<400)), ("m", people(400..<900))])
    #expect(outcome([cohort, table("without", people(0..<895))]).isStopped)
    #expect(outcome([cohort, table("without", people(0..<860))]).leavesWhole)
  }

  @Test func `bands of age shifted by a little`() {
    let bands = Drawn(
      2_000,
      cells: [("18-39", people(0..<200)), ("40-59", people(200..<400)), ("60+", people(400..<600))])
    let shifted = Drawn(
      2_000,
      cells: [("18-40", people(0..<215)), ("41-60", people(215..<404)), ("61+", people(404..<600))])
    let judgement = outcome([bands, shifted])
    // 15 people of 40 may be told; the 4 of 60 may not, so that the oldest take the earlier fact.
    #expect(!judgement.isHeld)
    #expect(judgement.verdicts[0][2] == .takes(FigurePlace(.earlier(0), figure: 2)))
  }

  @Test func `a tracker: three counts of which two leave a person in the third`() {
    // a, b or c; b; and a or c without the one who has both: only all three tell of her.
    let whole = table("a or b", people(0..<200))
    let left = table("a", people(0..<120))
    let right = table("b", people(117..<200))
    // |a| + |b| - |a or b| = 3.
    let judgement = outcome([whole, left, right])
    #expect(judgement.isHeld)
    #expect(
      (judgement.repaired + judgement.unresolved).contains { finding in
        if case .joint = finding.kind { finding.people == 3 } else { false }
      })
  }

  @Test func `inclusion and exclusion over four tables`() {
    let sets = [0..<60, 100..<160, 200..<260, 300..<360].map(Array.init)
    func union(_ parts: Int...) -> [Int] { parts.flatMap { sets[$0] } + Array(500..<507) }
    // Pairs of parts and seven people more.
    let tables = [
      table("01", union(0, 1)), table("12", union(1, 2)), table("23", union(2, 3)),
      table("03", union(0, 3)),
    ]
    // 01 + 23 counts the seven twice, and so does 12 + 03: nothing is determined yet.
    #expect(outcome(tables).leavesWhole)
    #expect(outcome(tables + [table("0123", union(0, 1, 2, 3))]).isStopped)
    #expect(outcome(tables + [table("apart", sets.flatMap { $0 })]).isStopped)
  }

  @Test func `two tables of one run, each safe alone`() {
    var releases = Releases()
    let run = [table("men", people(0..<300)), table("everyone", people(0..<303))]
    let judgement = releases.ask(run)
    #expect(judgement.verdicts[1] == [.takes(FigurePlace(.new(0), figure: 0))])
  }

  @Test func `tables that cross leave whole`() {
    // 1,200 people by age, and by region: no cell of the one is made of cells of the other.
    let ages = (0..<4).map { age in ("age \(age)", (0..<1_200).filter { $0 % 4 == age }) }
    let regions = (0..<3).map { region in ("r \(region)", (0..<1_200).filter { $0 % 3 == region }) }
    var releases = Releases()
    #expect(releases.ask(Drawn(2_000, cells: ages)).leavesWhole)
    #expect(releases.ask(Drawn(2_000, cells: regions)).leavesWhole)
    #expect(releases.ask(Drawn(2_000, cells: regions)).verdicts[0][0] != .fine)
  }
}
