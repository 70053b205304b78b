import CarrelWitness

/// One search for companions, in one order.
struct SuppressionSearch {
  private let layout: SuppressionLayout
  private let directions: [Bool]
  private let protection: WitnessChecker.Protection
  private var finder: any MoveFinder
  private var isHidden: [Bool]
  /// For each figure the moves kept for it, by whether they raise it.
  private(set) var moves: [[Bool: Move]]
  /// The figures hidden to protect others, in the order in which they were.
  private(set) var companions: [Int] = []
  private(set) var unprotected: [Int] = []

  init(_ layout: SuppressionLayout, of problem: SuppressionProblem, attempt: UInt64) {
    let layout = attempt == 0 ? layout : layout.reordered(attempt)
    self.layout = layout
    protection = problem.protection
    directions = [true, false]
    finder =
      NetworkMoves(layout, atomCount: problem.atomCount)
      ?? LatticeMoves(layout, atomCount: problem.atomCount, tries: 16)
    isHidden = layout.figures.map { $0.role == .primary || $0.role == .hidden }
    moves = [[Bool: Move]](repeating: [:], count: layout.figures.count)
  }

  /// What is to be kept small: cells left open first, then companions.
  var cost: (Int, Int) {
    (unprotected.count, companions.reduce(0) { $0 + layout.figures[$1].cells.count })
  }

  /// The primary figures in the keyed order.
  private var primaries: [Int] {
    layout.figures.indices.filter { layout.figures[$0].role == .primary }.sorted {
      (layout.figures[$0].order, $0) < (layout.figures[$1].order, $1)
    }
  }

  /// Finds companions and then shows those again that are not needed.
  mutating func run() {
    for figure in primaries where !protect(figure) { unprotected.append(figure) }
    cleanUp()
  }

  /// Finds moves for a figure, hiding what they need; whether they were found.
  private mutating func protect(_ figure: Int) -> Bool {
    switch protection {
    case .notExact:
      if !moves[figure].isEmpty { return true }
      for mayHide in [false, true] {
        for isUp in directions where isUp || layout.figures[figure].canFall {
          guard let move = finder.move(figure, isUp: isUp, mayHide: mayHide) else { continue }
          keep(move, for: figure, isUp: isUp)
          return true
        }
      }
      return false
    case .covers:
      for isUp in directions {
        guard
          let move = finder.move(figure, isUp: isUp, mayHide: false)
            ?? finder.move(figure, isUp: isUp, mayHide: true)
        else { return false }
        keep(move, for: figure, isUp: isUp)
      }
      return true
    }
  }

  /// Keeps a move, for its figure and for others that it protects as well.
  private mutating func keep(_ move: Move, for figure: Int, isUp: Bool) {
    for new in move.toHide(isHidden) {
      isHidden[new] = true
      finder.setHidden(new, true)
      companions.append(new)
    }
    moves[figure][isUp] = move
    guard protection == .notExact else { return }
    for other in move.figures where layout.figures[other].role == .primary && moves[other].isEmpty {
      moves[other][true] = move
    }
  }

  /// Shows companions again, the last first, while every primary figure keeps a move.
  private mutating func cleanUp() {
    var users = [[Int]](repeating: [], count: layout.figures.count)
    for figure in moves.indices {
      for move in moves[figure].values { for used in move.figures { users[used].append(figure) } }
    }
    for companion in companions.reversed() {
      isHidden[companion] = false
      finder.setHidden(companion, false)
      if let replaced = replacements(for: users[companion], without: companion) {
        for (figure, isUp, move) in replaced {
          moves[figure][isUp] = move
          for used in move.figures { users[used].append(figure) }
        }
      } else {
        isHidden[companion] = true
        finder.setHidden(companion, true)
      }
    }
    companions.removeAll { !isHidden[$0] }
  }

  /// Other moves among hidden figures for all that used one; `nil` if one of them has none.
  private mutating func replacements(
    for figures: [Int], without companion: Int
  ) -> [(figure: Int, isUp: Bool, move: Move)]? {
    var found: [(figure: Int, isUp: Bool, move: Move)] = []
    // One move that changes several figures shows of each that it is not exact.
    let mayShare = protection == .notExact
    for figure in Set(figures).sorted() {
      for isUp in directions {
        guard let move = moves[figure][isUp], move.figures.contains(companion) else { continue }
        let shared = found.first { $0.move.figures.contains(figure) }?.move
        guard let other = (mayShare ? shared : nil) ?? replacement(for: figure, isUp: isUp) else {
          return nil
        }
        found.append((figure, isUp, other))
      }
    }
    return found
  }

  private mutating func replacement(for figure: Int, isUp: Bool) -> Move? {
    if let move = finder.move(figure, isUp: isUp, mayHide: false) { return move }
    guard protection == .notExact else { return nil }
    let canTurn = !isUp || layout.figures[figure].canFall
    return canTurn ? finder.move(figure, isUp: !isUp, mayHide: false) : nil
  }
}

extension SuppressionLayout {
  /// The same figures in another order that the first one determines.
  func reordered(_ attempt: UInt64) -> SuppressionLayout {
    var copy = self
    for figure in copy.figures.indices {
      copy.figures[figure].order = figures[figure].order.mixed(with: attempt)
    }
    return copy
  }
}
