import CarrelDifferencing
import Testing

/// Attacks C of `attacks.md`: many questions, none of which is too much by itself.
@Suite("Many small questions") struct ManyQuestionsTests {
  @Test func `C1: random halves do not give the secrets back`() {
    var generator = Seeded(41)
    let count = 100
    let secrets = (0..<count).map { _ in Int.random(in: 0..<10, using: &generator) < 3 }
    var releases = Releases()
    var (all, left) = ([HalfFact](), [HalfFact]())
    for number in 0..<200 {
      let half = (0..<count).filter { _ in Bool.random(using: &generator) }
      let table = Drawn(
        count,
        cells: [
          ("half \(number) yes", half.filter { secrets[$0] }),
          ("half \(number) no", half.filter { !secrets[$0] }),
        ])
      let fact = HalfFact(half, table.table.figures[0].published)
      all.append(fact)
      // Only a table that leaves as it is says something of this half.
      if releases.heldCount < 20, releases.ask(table).leavesWhole { left.append(fact) }
    }
    let truth = secrets.map { $0 ? 1.0 : 0 }
    // When twenty were held, asking on would only take longer.
    // Without the guard nearly all come back; with it no more than by guessing that nobody has it.
    #expect(Reconstruction(all, count).share(agreeingWith: truth) > 0.95)
    let guessed = Double(secrets.count { !$0 }) / Double(count)
    #expect(Reconstruction(left, count).share(agreeingWith: truth) <= guessed + 0.05)
    #expect(!left.isEmpty)
  }

  @Test func `C3: forty steps of one person give a new figure at most once in k + 1 steps`() {
    var releases = Releases()
    var figures = 0
    for step in 0..<40 {
      let table = Drawn(200, cells: [("from \(step)", Array(step..<150))])
      let judgement = releases.ask(table)
      if judgement.verdicts[0][0] == .fine, !judgement.isHeld { figures += 1 }
    }
    #expect(figures >= 1)
    #expect(figures <= 40 / 8)
  }

  @Test func `C5: the same study without one patient shows the same`() {
    var releases = Releases()
    let cells = (0..<5).map { cell in ("cell \(cell)", Array((cell * 50)..<(cell * 50 + 30 + cell)))
    }
    #expect(releases.ask(Drawn(300, cells: cells)).leavesWhole)
    for gone in [0, 51, 233] {
      let again = cells.map { ($0.0, $0.1.filter { $0 != gone }) }
      let judgement = releases.ask(Drawn(300, cells: again))
      #expect(!judgement.isHeld)
      #expect(
        judgement.verdicts[0]
          == cells.indices.map {
            .takes(FigurePlace(.earlier(0), figure: $0))
          })
    }
  }

  @Test("C6: a set released under one policy is answered under that one", arguments: 8...40)
  func policies(_ count: Int) {
    var releases = Releases()
    #expect(releases.ask(Drawn(60, cells: [("five", Array(0..<count))])).leavesWhole)
    let ten = Drawn(60, cells: [("ten", Array(0..<count))], base: 10, hiding: 1...9)
    #expect(
      releases.ask(ten).verdicts == [[.takes(FigurePlace(.earlier(0), figure: 0))]])
  }

  /// C6 again: what is hidden under one policy is not shown under another.
  @Test("a hidden set stays hidden", arguments: 1...9)
  func hiddenSet(_ count: Int) {
    var releases = Releases()
    let strict = Drawn(60, cells: [("ten", Array(0..<count))], base: 10, hiding: 1...9)
    #expect(releases.ask(strict).leavesWhole)
    let five = Drawn(60, cells: [("five", Array(0..<count))])
    #expect(
      releases.ask(five).verdicts == [[.takes(FigurePlace(.earlier(0), figure: 0))]])
  }
}

/// A rounded count of those with a secret among some people, and what a reader knows of it.
struct HalfFact {
  var people: [Int]
  var bounds: ClosedRange<Int>

  init(_ people: [Int], _ published: PublishedCount) {
    self.people = people
    bounds =
      switch published {
      case .exact(let count): count...count
      case .interval(let range): range
      case .hidden, .taken: 1...7
      }
  }
}

/// The secrets that agree best with rounded counts, by repeated projection into the box of 0 to 1.
struct Reconstruction {
  private var values: [Double]

  init(_ facts: [HalfFact], _ count: Int) {
    values = [Double](repeating: 0.3, count: count)
    for _ in 0..<150 {
      for fact in facts {
        let sum = fact.people.reduce(0) { $0 + values[$1] }
        let aim = min(max(sum, Double(fact.bounds.lowerBound)), Double(fact.bounds.upperBound))
        let middle = Double(fact.bounds.lowerBound + fact.bounds.upperBound) / 2
        let step = (aim - sum + (middle - sum) * 0.05) / Double(max(1, fact.people.count))
        for person in fact.people { values[person] = min(1, max(0, values[person] + step)) }
      }
    }
  }

  /// The share of people whose secret is guessed right.
  func share(agreeingWith truth: [Double]) -> Double {
    Double(zip(values, truth).count { ($0 > 0.5) == ($1 > 0.5) }) / Double(truth.count)
  }
}
