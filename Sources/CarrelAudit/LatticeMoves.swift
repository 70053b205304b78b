/// Moves in any table: whatever a change unbalances is repaired, until every shown sum is as it was.
///
/// A repair takes the atom that mends most sums and breaks fewest, a hidden one before one that
/// would have to be hidden, and the keyed order settles ties. Each search is tried with several
/// orders and the move that hides least is taken. A move that exists may be missed; then the cell
/// counts as unprotected.
struct LatticeMoves: MoveFinder {
  private let layout: SuppressionLayout
  /// For each atom the sums that it is part of.
  private let sumsOf: [[Int]]
  private var isHidden: [Bool]
  private let tries: Int
  private var repair: Repair

  init(_ layout: SuppressionLayout, atomCount: Int, tries: Int) {
    self.layout = layout
    self.tries = tries
    var sumsOf = [[Int]](repeating: [], count: atomCount)
    for sum in layout.sums { for atom in layout.figures[sum].atoms { sumsOf[atom].append(sum) } }
    self.sumsOf = sumsOf
    repair = Repair(atomCount: atomCount, figureCount: layout.figures.count)
    isHidden = layout.figures.map { $0.role == .primary || $0.role == .hidden }
  }

  mutating func setHidden(_ figure: Int, _ isHidden: Bool) { self.isHidden[figure] = isHidden }

  mutating func move(_ figure: Int, isUp: Bool, mayHide: Bool) -> Move? {
    var best: Move?
    var bestCost = Int.max
    // Among hidden figures there is little to choose from.
    for attempt in 0..<(mayHide ? tries : tries / 2) {
      repair.begin(figure, mayHide: mayHide, salt: UInt64(attempt))
      guard let move = repaired(isUp: isUp) else { continue }
      let cost = move.toHide(isHidden).reduce(0) { $0 + layout.figures[$1].cells.count }
      if cost < bestCost { (best, bestCost) = (move, cost) }
      if bestCost == 0 { break }
    }
    return best
  }

  private static let changeLimit = 32

  private mutating func repaired(isUp: Bool) -> Move? {
    let sign = isUp ? 1 : -1
    guard let first = firstAtom(sign) else { return nil }
    change(first, by: sign)
    while let sum = nextBroken() {
      let sign = repair.imbalance[sum] > 0 ? -1 : 1
      guard repair.order.count < Self.changeLimit, mend(sum, sign: sign) else { return nil }
    }
    let sums = Set(repair.touched).filter { repair.imbalance[$0] != 0 }.sorted()
    let move = Move(
      changes: repair.order.map { .init(atom: $0, difference: repair.difference[$0]) },
      figures: repair.order.map { layout.figureOfAtom[$0] } + sums)
    return move.figures.contains(repair.figure) ? move : nil
  }

  /// The smallest sum that is broken, the first of them; large ones mend with the small.
  private mutating func nextBroken() -> Int? {
    repair.waiting = repair.waiting.filter { isBroken($0, repair.imbalance[$0]) }
    return repair.waiting.min { layout.figures[$0].atoms.count < layout.figures[$1].atoms.count }
  }

  /// The atom to begin with: the figure's own, or the best of a sum.
  private func firstAtom(_ sign: Int) -> Int? {
    let atoms = layout.figures[repair.figure].atoms
    if atoms.count == 1 { return atoms[0] }
    return atoms.filter { canChange($0, sign) }.max {
      score($0, sign) < score($1, sign)
    }
  }

  /// Changes the best atom of a sum, or hides the sum; whether either was possible.
  private mutating func mend(_ sum: Int, sign: Int) -> Bool {
    var best: Int?
    var bestScore = Int.min
    for atom in layout.figures[sum].atoms where canChange(atom, sign) {
      let score = score(atom, sign)
      if score > bestScore { (best, bestScore) = (atom, score) }
    }
    let canHide =
      repair.mayHide && layout.figures[sum].role == .eligible && !isHidden[sum]
      && (sign < 0 || layout.figures[sum].canFall)
    let cost = Self.hidingCost * layout.figures[sum].cells.count - noise(sum)
    if canHide, best == nil || -cost > bestScore {
      repair.isToHide[sum] = true
      repair.touched.append(sum)
      return true
    }
    guard let best else { return false }
    change(best, by: sign)
    return true
  }

  private mutating func change(_ atom: Int, by sign: Int) {
    repair.difference[atom] = sign
    repair.order.append(atom)
    for sum in sumsOf[atom] {
      let imbalance = repair.imbalance[sum] + sign
      repair.imbalance[sum] = imbalance
      repair.touched.append(sum)
      if isBroken(sum, imbalance) { repair.waiting.append(sum) }
    }
  }

  /// Whether a sum shows a change: it is shown, or it would fall below what a reader knows.
  private func isBroken(_ sum: Int, _ imbalance: Int) -> Bool {
    if imbalance == 0 { return false }
    if !isHidden[sum], !repair.isToHide[sum] { return true }
    return imbalance < 0 && sum != repair.figure && !layout.figures[sum].canFall
  }

  private func canChange(_ atom: Int, _ sign: Int) -> Bool {
    let figure = layout.figureOfAtom[atom]
    guard repair.difference[atom] == 0, sign > 0 || layout.figures[figure].canFall else {
      return false
    }
    return isHidden[figure] || (repair.mayHide && layout.figures[figure].role == .eligible)
  }

  private static let mendingGain = 1_000
  private static let hidingCost = 700

  /// How much an atom mends, less what it breaks and what must be hidden for it.
  private func score(_ atom: Int, _ sign: Int) -> Int {
    let figure = layout.figureOfAtom[atom]
    var score = noise(figure)
    if !isHidden[figure] { score -= Self.hidingCost * layout.figures[figure].cells.count }
    for sum in sumsOf[atom] where !isHidden[sum] && !repair.isToHide[sum] {
      let imbalance = repair.imbalance[sum]
      score += imbalance * sign < 0 ? Self.mendingGain : -Self.mendingGain
    }
    return score
  }

  /// A number of 0 to 1023 from the keyed order, another for each attempt.
  private func noise(_ figure: Int) -> Int {
    Int(layout.figures[figure].order.mixed(with: repair.salt) >> 54)
  }
}

/// The state of one attempt, kept from one to the next so that nothing is allocated anew.
private struct Repair {
  /// The figure that is to change.
  var figure = 0
  var mayHide = false
  var salt: UInt64 = 0
  /// By how much each atom changes, and the atoms that do.
  var difference: [Int]
  var order: [Int] = []
  /// By how much each sum changes, which are to be hidden, and which were either.
  var imbalance: [Int]
  var isToHide: [Bool]
  var touched: [Int] = []
  /// Sums that were broken, in the order in which they were.
  var waiting: [Int] = []

  init(atomCount: Int, figureCount: Int) {
    difference = [Int](repeating: 0, count: atomCount)
    imbalance = [Int](repeating: 0, count: figureCount)
    isToHide = [Bool](repeating: false, count: figureCount)
  }

  mutating func begin(_ figure: Int, mayHide: Bool, salt: UInt64) {
    for atom in order { difference[atom] = 0 }
    for sum in touched { (imbalance[sum], isToHide[sum]) = (0, false) }
    order.removeAll(keepingCapacity: true)
    touched.removeAll(keepingCapacity: true)
    waiting.removeAll(keepingCapacity: true)
    (self.figure, self.mayHide, self.salt) = (figure, mayHide, salt)
  }
}

extension UInt64 {
  /// A number that looks unrelated for each salt (the finaliser of SplitMix64).
  func mixed(with salt: UInt64) -> UInt64 {
    var state = self &+ (salt &+ 1) &* 0x9E37_79B9_7F4A_7C15
    state = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    state = (state ^ (state >> 27)) &* 0x94D0_49BB_1331_11EB
    return state ^ (state >> 31)
  }
}
