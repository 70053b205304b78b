import CarrelPolicy

struct RandomHalves: Attack {
  let name = "C1 random halves"
  let method = "count those with a secret in random halves of 100 people, and solve for each"
  let best = "two rounded facts for each person: all secrets"
  let bits = "1 for each person"
  let knowledge = "who is in each half"

  private let people = 100

  func play(against policy: Policy) -> AttackOutcome {
    var draw = Draw(41)
    let secrets = (0..<people).map { _ in Int.random(in: 0..<10, using: &draw) < 3 }
    let halves = (0..<200).map { _ in
      (0..<people).filter { _ in Bool.random(using: &draw) }
    }
    let guessed = secrets.count { !$0 }
    let guarded = recovered(halves, secrets, Desk(policy))
    let unguarded = recovered(halves, secrets, Desk(policy, isGuarded: false))
    return AttackOutcome(
      getsThrough: guarded > guessed + 5,
      "\(guarded) of \(people) secrets, \(guessed) by guessing, \(unguarded) by the gate alone")
  }

  /// The secrets guessed right from what is answered.
  private func recovered(_ halves: [[Int]], _ secrets: [Bool], _ desk: Desk) -> Int {
    var desk = desk
    var facts: [(people: [Int], counts: ClosedRange<Int>)] = []
    var heldInARow = 0
    for (number, half) in halves.enumerated() where heldInARow < 4 {
      let groups = [half.filter { secrets[$0] }, half.filter { !secrets[$0] }]
      let answer = desk.ask([groups], ["half \(number)"])[0][0]
      heldInARow = answer == .held ? heldInARow + 1 : 0
      if case .shown = answer { facts.append((half, desk.counts(behind: answer))) }
    }
    var values = [Double](repeating: 0.3, count: people)
    for _ in 0..<100 {
      for fact in facts {
        let sum = fact.people.reduce(0) { $0 + values[$1] }
        let (low, high) = (Double(fact.counts.lowerBound), Double(fact.counts.upperBound))
        let aim = min(max(sum, low), high) + ((low + high) / 2 - sum) * 0.05
        let step = (aim - sum) / Double(max(1, fact.people.count))
        for person in fact.people { values[person] = min(1, max(0, values[person] + step)) }
      }
    }
    return zip(values, secrets).count { ($0 > 0.5) == $1 }
  }
}
