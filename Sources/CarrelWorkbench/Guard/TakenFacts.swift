import CarrelDifferencing
import CarrelDisclosure
import CarrelLedger
import CarrelPlan

/// The exact numbers of a run with those of earlier figures in place of near ones, and what is
/// withheld beside them.
///
/// The gate makes of an earlier figure's exact numbers what it made then, if the policy is the same.
/// Under another policy a near figure is hidden: two roundings of one number would narrow it.
struct TakenFacts {
  let plan: Plan
  let policy: Digest
  /// The most people by whom a figure and the one that it takes differ.
  let mostDifference: Int
  /// What the records say.
  let own: RawResults
  /// What the gate is given.
  private(set) var raw: RawResults
  private(set) var withheld = Withheld()
  private(set) var origins: [FigureTarget: FigureOrigin] = [:]

  init(
    _ own: RawResults, of plan: Plan, under policy: Digest, differingBy mostDifference: Int
  ) {
    self.plan = plan
    self.policy = policy
    self.mostDifference = mostDifference
    self.own = own
    raw = own
  }

  /// Does what the guard says.
  ///
  /// - Returns: Whether anything changed, so that the gate and the guard are to look again.
  mutating func apply(
    _ judged: Judged, to targets: [[FigureTarget]], _ new: [LedgerTable],
    beside earlier: EarlierReleases, of run: String
  ) -> Bool {
    let before = (withheld, origins)
    for (table, verdicts) in judged.judgement.verdicts.enumerated() {
      for (figure, verdict) in verdicts.enumerated() {
        let target = targets[table][figure]
        switch verdict {
        case .fine: continue
        case .hide: hide(target)
        case .takes where origins[target] != nil || isHidden(target): continue
        case .takes(let place):
          let isSame = judged.hasSameMembers[table][figure]
          let identity = new[table].guarded.figures[figure].identity
          switch place.table {
          case .new(let other):
            if isSame { continue }
            take(
              new[other], place.figure, for: target, isSameQuestion: false, isSame: isSame,
              FigureOrigin(run: run, table: other, figure: place.figure))
          case .earlier(let number):
            let other = earlier.tables[number]
            let isSameQuestion = other.kept.guarded.figures[place.figure].identity == identity
            // The very same people, counted the same way, are the same figure without being taken.
            if isSame, !isSameQuestion, other.policy == policy,
              other.kept.guarded.figures[place.figure].published != .hidden
            {
              continue
            }
            guard other.policy == policy else {
              hide(target)
              continue
            }
            take(
              other.kept, place.figure, for: target, isSameQuestion: isSameQuestion,
              isSame: isSame,
              FigureOrigin(run: other.run, table: other.number, figure: place.figure))
          }
        }
      }
    }
    withholdWhatContradicts()
    return before.0 != withheld || before.1 != origins
  }

  // MARK: Hiding

  private func isHidden(_ target: FigureTarget) -> Bool {
    withheld.outputs.contains(target.output)
      || (target.group != nil && places(of: target).allSatisfy(withheld.places.contains))
  }

  private mutating func hide(_ target: FigureTarget) {
    origins[target] = nil
    if target.group == nil {
      withheld.outputs.insert(target.output)
    } else {
      withheld.places.formUnion(places(of: target))
    }
  }

  private func places(of target: FigureTarget) -> [Withheld.Place] {
    guard let group = target.group else { return [] }
    let place = Withheld.Place(
      output: target.output, interval: target.interval, breakdown: group.breakdown,
      group: group.place)
    guard let share = target.share, let output = plan.outputs[target.output].table else {
      return [place]
    }
    return output.statistics.indices.filter { output.statistics[$0].kind.uses(share) }.map {
      var place = place
      place.statistic = $0
      return place
    }
  }

  // MARK: Taking

  private mutating func take(
    _ table: LedgerTable, _ figure: Int, for target: FigureTarget, isSameQuestion: Bool,
    isSame: Bool, _ origin: FigureOrigin
  ) {
    if table.guarded.figures[figure].published == .hidden { return hide(target) }
    guard let group = target.group else {
      guard isSameQuestion, let whole = table.whole else { return hide(target) }
      raw.outputs[target.output] = whole
      origins[target] = origin
      if !isSame { withheld.takenOutputs[target.output] = mostDifference }
      return
    }
    let fact = table.facts[figure]
    let isDone = change(target, group) { cell, output in
      guard let share = target.share else {
        cell.patients = fact.people
        return true
      }
      for index in output.statistics.indices where output.statistics[index].kind.uses(share) {
        if isSameQuestion, let kept = fact.statistics.first(where: { $0.index == index }) {
          cell.statistics[index] = kept.raw
        } else if case .percent = cell.statistics[index] {
          cell.statistics[index] = .percent(numerator: fact.people)
        } else {
          return false
        }
      }
      return true
    }
    guard isDone else { return hide(target) }
    origins[target] = origin
    if isSame { return }
    for place in places(of: target) { withheld.taken[place] = mostDifference }
  }

  /// Changes the cell of a figure; leaves it as it is where that fails.
  private mutating func change(
    _ target: FigureTarget, _ group: FigureTarget.Group,
    _ body: (inout RawCell, TableOutput) -> Bool
  ) -> Bool {
    guard let output = plan.outputs[target.output].table,
      case .table(var table) = raw.outputs[target.output]
    else { return false }
    let count = output.groupCount(of: output.breakdowns[group.breakdown])
    let place = target.interval * count + group.place
    var cell = table.breakdowns[group.breakdown][place]
    guard body(&cell, output) else { return false }
    table.breakdowns[group.breakdown][place] = cell
    raw.outputs[target.output] = .table(table)
    return true
  }

  /// Withholds groups whose parts, some of them taken and some not, no longer fit together.
  private mutating func withholdWhatContradicts() {
    for output in plan.outputs.indices {
      guard case .table(let table) = raw.outputs[output],
        case .table(let own) = own.outputs[output],
        let shape = plan.outputs[output].table
      else { continue }
      for (breakdown, cells) in table.breakdowns.enumerated() {
        let count = shape.groupCount(of: shape.breakdowns[breakdown])
        for (place, cell) in cells.enumerated() where !cell.fitsTogether {
          let target = FigureTarget(
            output: output, interval: place / count,
            group: .init(breakdown: breakdown, place: place % count))
          hide(target)
          for taken in origins.keys
          where taken.output == output && taken.group == target.group
            && taken.interval == target.interval
          {
            origins[taken] = nil
            for place in places(of: taken) { withheld.taken[place] = nil }
          }
          guard let group = target.group else { continue }
          _ = change(target, group) { cell, _ in
            cell = own.breakdowns[breakdown][place]
            return true
          }
        }
      }
    }
  }
}

extension RawCell {
  /// Whether no part has more people than the whole.
  fileprivate var fitsTogether: Bool {
    statistics.allSatisfy { statistic in
      if case .percent(let numerator) = statistic { return numerator <= patients }
      return statistic.sums.allSatisfy { $0.contributors <= patients }
    }
  }
}
