import CarrelAudit
import CarrelPolicy
import CarrelWitness

struct RollingWindows: Attack {
  let name = "C2 rolling windows"
  let method = "count events in windows of 1 to 6 months that end in each month, and solve"
  let best = "twelve lengths: 94% to 100% of rounded monthly counts"
  let bits = "up to 3 for each month"
  let knowledge = "none"

  private let monthCount = 18

  func play(against policy: Policy) -> AttackOutcome {
    var draw = Draw(12)
    var people = 0
    let months = (0..<monthCount).map { _ in
      let size = Int.random(in: 3...14, using: &draw)
      defer { people += size }
      return Array(people..<(people + size))
    }
    let guarded = told(months, Desk(policy))
    let unguarded = told(months, Desk(policy, isGuarded: false))
    let minimum = Desk.minimum(of: policy)
    let small = months.count { $0.count <= minimum }
    return AttackOutcome(
      getsThrough: guarded > 0,
      "\(guarded) of \(small) small months told, \(unguarded) by the gate alone")
  }

  /// The small months that the windows shown determine, beyond what a policy shows of each.
  private func told(_ months: [[Int]], _ desk: Desk) -> Int {
    var desk = desk
    var facts: [PublishedFact] = []
    for length in 1...6 {
      let ends = months.indices.dropFirst(length - 1)
      let windows = ends.map { [months[($0 - length + 1)...$0].flatMap { $0 }] }
      let answers = desk.ask(
        windows, ends.map { "\(length) months to \($0)" }, series: "windows of \(length)")
      for (end, answer) in zip(ends, answers) where answer[0] != .held {
        let counts = desk.counts(behind: answer[0])
        facts.append(
          PublishedFact(
            Array((end - length + 1)...end), from: counts.lowerBound, to: counts.upperBound))
      }
    }
    let small = months.indices.filter { months[$0].count <= Desk.minimum(of: desk.gate.policy) }
    let problem = AuditProblem(
      atomCount: months.count, facts: facts, cells: small.map { [$0] },
      table: months.map(\.count))
    guard let audit = try? Audit(problem, nodeLimit: 50) else { return 0 }
    return audit.intervals.count { $0.isDecided && $0.isExact }
  }
}
