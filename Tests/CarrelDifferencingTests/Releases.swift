import CarrelDifferencing

/// Everything released so far, as a site keeps it: each run is judged against it and added if it may
/// leave.
struct Releases {
  var guardian = DifferencingGuard(DifferencingRules(minimum: 7))
  private(set) var tables: [Drawn] = []
  /// What readers were told of each table that left, and its members.
  private(set) var heldCount = 0

  /// Judges a run and, unless it is held, releases it as the verdicts have it.
  mutating func ask(_ run: [Drawn]) -> GuardJudgement {
    let judgement = guardian.judgement(of: run, against: tables)
    guard !judgement.isHeld else {
      heldCount += 1
      return judgement
    }
    for (number, facts) in judgement.earlierDividingFactCounts.enumerated() {
      tables[number].table.dividingFactCount = facts
    }
    for (number, drawn) in run.enumerated() {
      var drawn = drawn
      drawn.table.dividingFactCount = judgement.newDividingFactCounts[number]
      for (figure, verdict) in judgement.verdicts[number].enumerated() {
        switch verdict {
        case .fine: break
        case .hide: drawn.table.figures[figure].published = .hidden
        case .takes: drawn.table.figures[figure].published = .taken
        }
      }
      tables.append(drawn)
    }
    return judgement
  }

  mutating func ask(_ table: Drawn) -> GuardJudgement { ask([table]) }
}

extension GuardJudgement {
  /// Whether the run leaves just as it was proposed.
  var leavesWhole: Bool { !isHeld && verdicts.allSatisfy { $0.allSatisfy { $0 == .fine } } }

  /// Whether some figure that was proposed is not what leaves.
  var isStopped: Bool { !leavesWhole }
}
