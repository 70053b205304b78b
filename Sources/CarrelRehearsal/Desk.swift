import CarrelDifferencing
import CarrelPolicy

/// A site as whoever asks questions meets it: gate, guard and everything released before.
///
/// People are index numbers; a question is a table of sets of them.
struct Desk {
  /// What whoever asks is told of one group.
  enum Answer: Hashable {
    case shown(Int)
    case hidden
    /// The run waits for a guardian: in review.
    case held
  }

  let gate: Gate
  private let guardian: DifferencingGuard
  /// Whether questions are held against what was released before; if not, the gate alone decides.
  let isGuarded: Bool
  private var tables: [GuardedTable] = []
  private var vectors: [LabelVector] = []
  /// What each released figure showed.
  private var shown: [[Answer]] = []

  init(_ policy: Policy, isGuarded: Bool = true) {
    gate = Gate(policy: policy)
    // A policy for invented people alone shows everything as it is.
    self.isGuarded = isGuarded && !policy.isForSyntheticSitesOnly
    guardian = DifferencingGuard(DifferencingRules(minimum: Self.minimum(of: policy)))
  }

  /// The number of people up to which nobody may be singled out.
  static func minimum(of policy: Policy) -> Int {
    policy.hiddenCounts?.upperBound ?? (policy.rounding == .none ? 7 : policy.rounding.base)
  }

  /// The figures released that say something of their own members.
  var ownFigureCount: Int {
    tables.reduce(0) { count, table in
      count + table.figures.count { $0.published != .hidden && $0.published != .taken }
    }
  }

  /// One group.
  mutating func ask(_ people: [Int], _ name: String) -> Answer { ask([[people]], [name])[0][0] }

  /// The tables of one run, each with its groups and a name; an interval of a series if one is named.
  mutating func ask(
    _ run: [[[Int]]], _ names: [String], series: String? = nil
  ) -> [[Answer]] {
    let proposed = run.map { groups in gate.counts(groups.map(\.count)) }
    guard isGuarded else { return proposed.map { $0.map(Answer.init) } }
    let new = run.indices.map { number in
      description(
        proposed[number], name: names[number],
        series: series.map { SeriesPlace(series: $0, interval: number) })
    }
    let newVectors = run.map(Self.vector)
    let (tables, vectors) = (tables, vectors)
    let judgement = guardian.judgement(
      of: new, vectors: newVectors, against: tables, earlierVector: { vectors[$0] })
    if judgement.isHeld { return run.map { $0.map { _ in .held } } }
    return release(new, newVectors, proposed, judgement)
  }

  private func description(
    _ numbers: [Int?], name: String, series: SeriesPlace?
  ) -> GuardedTable {
    GuardedTable(
      series: series,
      figures: numbers.enumerated().map { label, number in
        let identity = "\(name) \(label)"
        var key = Draw(identity.utf8.reduce(5381) { ($0 &* 33) ^ UInt64($1) })
        let published = number.map { PublishedCount.interval(gate.counts(shownAs: $0)) } ?? .hidden
        return GuardedFigure(
          labels: [label + 1], published: published, identity: identity, key: key.next())
      })
  }

  private static func vector(_ groups: [[Int]]) -> LabelVector {
    var labels = [UInt32](repeating: 0, count: (groups.joined().max() ?? -1) + 1)
    for (number, people) in groups.enumerated() {
      for person in people { labels[person] = UInt32(number + 1) }
    }
    var builder = LabelVectorBuilder()
    for (index, label) in labels.enumerated() { builder.append(index: UInt32(index), label: label) }
    return builder.finished()
  }

  /// Gives out what the verdicts leave of a run, and keeps it.
  private mutating func release(
    _ new: [GuardedTable], _ newVectors: [LabelVector], _ proposed: [[Int?]],
    _ judgement: GuardJudgement
  ) -> [[Answer]] {
    for (number, facts) in judgement.earlierDividingFactCounts.enumerated() {
      tables[number].dividingFactCount = facts
    }
    let first = tables.count
    for (number, table) in new.enumerated() {
      var table = table
      table.dividingFactCount = judgement.newDividingFactCounts[number]
      var answers = proposed[number].map(Answer.init)
      for (figure, verdict) in judgement.verdicts[number].enumerated() {
        switch verdict {
        case .fine: break
        case .hide:
          answers[figure] = .hidden
          table.figures[figure].published = .hidden
        case .takes(let place):
          let earlier =
            switch place.table {
            case .earlier(let n): n
            case .new(let n): first + n
            }
          answers[figure] = shown[earlier][place.figure]
          table.figures[figure].published = .taken
        }
      }
      tables.append(table)
      vectors.append(newVectors[number])
      shown.append(answers)
    }
    return Array(shown[first...])
  }
}

extension Desk.Answer {
  fileprivate init(_ number: Int?) { self = number.map { .shown($0) } ?? .hidden }
}

extension Desk {
  /// The counts that an answer leaves possible to whoever takes it at its word.
  func counts(behind answer: Answer) -> ClosedRange<Int> {
    switch answer {
    case .shown(let number): gate.counts(shownAs: number)
    case .hidden: gate.policy.hiddenCounts ?? 0...10_000
    case .held: 0...10_000
    }
  }
}
