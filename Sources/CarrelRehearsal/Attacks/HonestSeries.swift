import CarrelPolicy

/// No attack, but what must not be taken for one.
struct HonestSeries: Attack {
  let name = "C7 false alarms"
  let method = "ask for a plain monthly series of cells of 500 people, of whom 1 in 100 changes"
  let best = "a guard that holds each month against the last would refuse nearly all of it"
  let bits = "none"
  let knowledge = "none"

  func isClaimed(by policy: Policy) -> Bool { true }

  func play(against policy: Policy) -> AttackOutcome {
    var draw = Draw(60)
    var members = (0..<3).map { cell in (0..<500).map { cell * 500 + $0 } }
    var next = 1_500
    let months = (0..<12).map { _ in
      for cell in members.indices {
        for place in members[cell].indices where Int.random(in: 0..<100, using: &draw) == 0 {
          members[cell][place] = next
          next += 1
        }
      }
      return members
    }
    var desk = Desk(policy)
    let answers = desk.ask(months, months.indices.map { "month \($0)" }, series: "stock")
    let honest = months.map { desk.gate.counts($0.map(\.count)).map { $0 ?? -1 } }
    let pairs = zip(answers.joined(), honest.joined())
    let right = pairs.count { $0 == .shown($1) }
    return AttackOutcome(getsThrough: right < 36, "\(right) of 36 honest figures leave")
  }
}
