import CarrelPolicy

struct RepeatedQuestion: Attack {
  let name = "S7 averaging of repeats"
  let method = "ask the same count twenty times and take the mean of the answers"
  let best = "noise that is drawn anew for each answer"
  let bits = "1 for every fourfold number of repeats"
  let knowledge = "none"

  func play(against policy: Policy) -> AttackOutcome {
    let gate = Gate(policy: policy)
    let told = (20...60).count { people in
      var desk = Desk(policy)
      let answers = Set(
        (0..<20).map { desk.ask(Array(0..<people), "repeat \($0)") })
      // One answer leaves what its rounding leaves; only different ones leave less.
      return answers.count > 1
    }
    let isExact = gate.counts(shownAs: 30).count == 1 && policy.isForSyntheticSitesOnly
    return AttackOutcome(
      getsThrough: told > 0 || isExact, "\(told) of 41 counts answered in more than one way")
  }
}

struct TwoPolicies: Attack {
  let name = "C6 two projects, two roundings"
  let method = "ask one set under this policy and again under another one"
  let best = "nearest 5 with midpoint 6: 7% of counts become exact"
  let bits = "about 1 more"
  let knowledge = "none"

  func play(against policy: Policy) -> AttackOutcome {
    let counts = 8...120
    let told = counts.count { people in
      var desk = Desk(policy)
      let first = desk.ask(Array(0..<people), "here")
      let second = desk.ask(Array(0..<people), "there")
      return first != second || (policy.isForSyntheticSitesOnly && first != .hidden)
    }
    return AttackOutcome(
      getsThrough: told > 0, "\(told) of \(counts.count) sets answered by a second fact")
  }
}

struct NextWeek: Attack {
  let name = "C5 again next week"
  let method = "run the same study on the next snapshot; the change is one diagnosis or one death"
  let best = "counts that are not rounded, or one on the edge of its rounding"
  let bits = "1, that somebody came or left"
  let knowledge = "who may have changed"

  func play(against policy: Policy) -> AttackOutcome {
    let sizes = 20...60
    let told = sizes.count { people in
      var desk = Desk(policy)
      let before = desk.ask(Array(0..<people), "study")
      return desk.ask(Array(1..<people), "study") != before
    }
    return AttackOutcome(
      getsThrough: told > 0, "\(told) of \(sizes.count) studies answered otherwise")
  }
}

struct RefusalAsSignal: Attack {
  let name = "D1 refusal as a signal"
  let method = "release a cohort, then ask for it without whoever fits a description"
  let best = "a machine that refuses differences and repeats what has none"
  let bits = "1, whether such a person exists"
  let knowledge = "a description that fits few people"

  func play(against policy: Policy) -> AttackOutcome {
    let minimum = Desk.minimum(of: policy)
    let sizes = [40, 57, 88, 133]
    let told = sizes.reduce(0) { told, people in
      let answers = (0...minimum).map { few in
        var desk = Desk(policy)
        _ = desk.ask(Array(0..<people), "cohort")
        return desk.ask(Array(few..<people), "without")
      }
      return told + answers.dropFirst().count { $0 != answers[0] }
    }
    return AttackOutcome(
      getsThrough: told > 0, "\(told) of \(sizes.count * minimum) existing people told")
  }
}

struct ThresholdWalk: Attack {
  let name = "C3 threshold walk"
  let method = "ask forty cohorts, each without one person more, and watch when the number flips"
  let best = "rounding alone: each flip pins a count exactly"
  let bits = "2 to 3 for each flip"
  let knowledge = "a condition that drops one person at a time"

  func play(against policy: Policy) -> AttackOutcome {
    let steps = 40
    // Once in so many steps, the first included.
    let allowed = (steps + Desk.minimum(of: policy)) / (Desk.minimum(of: policy) + 1)
    var guarded = Desk(policy)
    for step in 0..<steps { _ = guarded.ask(Array(step..<150), "step \(step)") }
    let gate = Gate(policy: policy)
    let alone = gate.counts((0..<steps).map { 150 - $0 })
    let flips = zip(alone, alone.dropFirst()).count { $0 != $1 }
    // Without a guard every step is a figure of its own.
    let figures = guarded.isGuarded ? guarded.ownFigureCount : steps
    return AttackOutcome(
      getsThrough: figures > allowed,
      "\(figures) figures of their own in \(steps) steps, \(flips) flips by the gate alone")
  }
}
