import CarrelDifferencing
import Testing

/// Attack C2 and the honest series of C7, which must not be taken for one.
@Suite("Series of intervals") struct SeriesTests {
  /// Months of a stock of people in some cells, of whom one in a hundred changes each month.
  private func stock(months: Int, cells: Int, size: Int, base: Int) -> [Drawn] {
    var generator = Seeded(60)
    var members = (0..<cells).map { cell in (0..<size).map { cell * size + $0 } }
    var next = cells * size
    return (0..<months).map { month in
      for cell in members.indices {
        for place in members[cell].indices where Int.random(in: 0..<100, using: &generator) == 0 {
          members[cell][place] = next
          next += 1
        }
      }
      return Drawn(
        cells * size + months * cells * size / 50,
        cells: members.enumerated().map { ("cell \($0)", $1) }, base: base,
        series: SeriesPlace(series: "stock", interval: month))
    }
  }

  @Test func `C7: a plain monthly series of 500-patient cells leaves whole`() {
    var releases = Releases()
    let judgement = releases.ask(stock(months: 24, cells: 4, size: 500, base: 5))
    #expect(judgement.leavesWhole, "\(judgement.unresolved) \(judgement.repaired)")
  }

  @Test func `C7: the same series asked again takes its own figures`() {
    var releases = Releases()
    let months = stock(months: 6, cells: 3, size: 200, base: 5)
    #expect(releases.ask(months).leavesWhole)
    let again = releases.ask(months)
    for month in months.indices {
      #expect(
        again.verdicts[month]
          == (0..<3).map { .takes(FigurePlace(.earlier(month), figure: $0)) })
    }
  }

  @Test func `C7: a closed cohort in exact figures does not tell who left in a month`() {
    // Nobody joins; three people of the cohort leave each month.
    let months = (0..<4).map { month in
      Drawn(
        500, cells: [("cohort", Array((3 * month)..<400))], base: 1,
        series: SeriesPlace(series: "closed", interval: month))
    }
    var releases = Releases()
    #expect(releases.ask(months).isStopped)
  }

  @Test func `an ordinary study of quarters, shares of them and a table is not held`() {
    var generator = Seeded(1_050)
    let quarters = (0..<8).map { quarter in
      (0..<1_050).filter { ($0 * 7 + quarter * 3) % 100 > quarter }
    }
    var run: [Drawn] = []
    for (number, people) in quarters.enumerated() {
      let place = SeriesPlace(series: "members", interval: number)
      run.append(Drawn(1_050, cells: [("members", people)], series: place))
      let reviewed = people.filter { _ in Int.random(in: 0..<100, using: &generator) < 15 }
      var share = Drawn(
        1_050, cells: [("reviewed", reviewed)],
        series: SeriesPlace(series: "reviewed", interval: number))
      share.table.shareOf = "members"
      run.append(share)
    }
    let cells = (0..<20).map { cell in
      ("cell \(cell)", (0..<1_050).filter { ($0 * 13 / 7) % 20 == cell })
    }
    run.append(Drawn(1_050, cells: cells))
    var releases = Releases()
    let judgement = releases.ask(run)
    #expect(!judgement.isHeld, "\(judgement.unresolved)")
  }

  @Test func `C2: rolling windows give no monthly count that is hidden`() {
    // Months of 3 to 12 people with an event, and windows of 1 to 6 months that end in each.
    var generator = Seeded(12)
    var people = 0
    let months = (0..<24).map { _ in
      let size = Int.random(in: 3...12, using: &generator)
      defer { people += size }
      return Array(people..<(people + size))
    }
    var releases = Releases()
    var told = [ClosedRange<Int>](repeating: 0...1_000, count: months.count)
    for length in 1...6 {
      let windows = months.indices.dropFirst(length - 1).map { last in
        Drawn(
          people, cells: [("\(length) months", months[(last - length + 1)...last].flatMap { $0 })],
          series: SeriesPlace(series: "window of \(length)", interval: last))
      }
      let run = releases.ask(Array(windows))
      if length == 1 {
        #expect(run.leavesWhole)
      } else if !run.isHeld {
        narrow(&told, by: windows, run, length: length)
      }
    }
    for (month, bounds) in told.enumerated() where (1...7).contains(months[month].count) {
      #expect(bounds.count > 1, "month \(month)")
    }
    #expect(releases.heldCount > 0)
  }

  /// Tightens what each month may be by the windows that were shown, until nothing changes.
  private func narrow(
    _ months: inout [ClosedRange<Int>], by windows: [Drawn], _ run: GuardJudgement, length: Int
  ) {
    for _ in 0..<20 {
      for (number, window) in windows.enumerated() where run.verdicts[number] == [.fine] {
        guard case .interval(let bounds) = window.table.figures[0].published else { continue }
        let part = number..<(number + length)
        for month in part {
          let others = part.filter { $0 != month }
          let least = others.reduce(0) { $0 + months[$1].lowerBound }
          let most = others.reduce(0) { $0 + months[$1].upperBound }
          months[month] =
            max(
              months[month].lowerBound, bounds.lowerBound - most)...min(
              months[month].upperBound, bounds.upperBound - least)
        }
      }
    }
  }
}
