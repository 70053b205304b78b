// The library of mathematical functions, for rounding.
import Glibc

/// Linear equations solved for some variables in terms of the others, with bounds on all.
///
/// `basic = entries × nonbasic + constants`, where the constants are implied by the values, which
/// satisfy the equations at all times. A nonbasic variable may have any value within its bounds,
/// so that a search can start from any table.
struct Tableau {
  var lower: [Double]
  var upper: [Double]
  var value: [Double]
  /// For each row the variable that it gives.
  var basic: [Int]
  /// For each column its variable.
  var nonbasic: [Int]
  /// Row after row, `nonbasic.count` entries each.
  var entries: [Double]

  /// What is smaller than this is nothing; entries are near whole numbers of small size.
  static let tolerance = 1e-7

  /// The entries of a row.
  func row(_ row: Int) -> Range<Int> {
    row * nonbasic.count..<(row + 1) * nonbasic.count
  }

  /// Changes a nonbasic variable, and the basic ones with it.
  mutating func move(column: Int, by amount: Double) {
    guard amount != 0 else { return }
    value[nonbasic[column]] = Self.clean(value[nonbasic[column]] + amount)
    let width = nonbasic.count
    for row in basic.indices {
      let entry = entries[row * width + column]
      if entry != 0 { value[basic[row]] = Self.clean(value[basic[row]] + entry * amount) }
    }
  }

  /// Exchanges the variable of a row with that of a column; values stay.
  mutating func pivot(row: Int, column: Int) {
    let width = nonbasic.count
    let basicCount = basic.count
    entries.withUnsafeMutableBufferPointer { entries in
      let start = row * width
      let inverse = 1 / entries[start + column]
      for index in start..<start + width where entries[index] != 0 {
        entries[index] = Self.clean(-entries[index] * inverse)
      }
      entries[start + column] = Self.clean(inverse)
      for other in 0..<basicCount where other != row {
        let offset = other * width
        let factor = entries[offset + column]
        guard factor != 0 else { continue }
        entries[offset + column] = 0
        for index in 0..<width where entries[start + index] != 0 {
          entries[offset + index] = Self.clean(
            entries[offset + index] + factor * entries[start + index])
        }
      }
    }
    swap(&basic[row], &nonbasic[column])
  }

  /// A number without the dust of arithmetic: what is all but whole is whole.
  private static func clean(_ number: Double) -> Double {
    let whole = number.rounded()
    return abs(number - whole) < 1e-9 ? whole : number
  }
}

// MARK: The simplex method

extension Tableau {
  /// How a run of the method ended.
  enum Outcome { case optimal, infeasible, undecided }

  /// Raises a weighted sum of variables as far as it goes, from values within the bounds.
  mutating func maximize(_ weights: [(variable: Int, weight: Double)]) -> Outcome {
    var weightOf = [Double](repeating: 0, count: value.count)
    for (variable, weight) in weights { weightOf[variable] = weight }
    return improve { tableau, slopes in
      for column in tableau.nonbasic.indices {
        slopes[column] = weightOf[tableau.nonbasic[column]]
      }
      for row in tableau.basic.indices where weightOf[tableau.basic[row]] != 0 {
        tableau.addRow(row, times: weightOf[tableau.basic[row]], to: &slopes)
      }
      return true
    }
  }

  /// Brings every variable within its bounds, or finds that this cannot be.
  mutating func makeFeasible() -> Outcome {
    for column in nonbasic.indices {
      let variable = nonbasic[column]
      let target = min(max(value[variable], lower[variable]), upper[variable])
      move(column: column, by: target - value[variable])
    }
    let outcome = improve { tableau, slopes in
      for column in slopes.indices { slopes[column] = 0 }
      var isOutside = false
      for row in tableau.basic.indices {
        let side = tableau.side(of: tableau.basic[row])
        guard side != 0 else { continue }
        isOutside = true
        tableau.addRow(row, times: -side, to: &slopes)
      }
      return isOutside
    }
    guard outcome == .optimal else { return outcome }
    return basic.allSatisfy { side(of: $0) == 0 } ? .optimal : .infeasible
  }

  /// -1 below its bounds, 1 above, 0 within.
  private func side(of variable: Int) -> Double {
    if value[variable] < lower[variable] - Self.tolerance { return -1 }
    return value[variable] > upper[variable] + Self.tolerance ? 1 : 0
  }

  private func addRow(_ row: Int, times weight: Double, to slopes: inout [Double]) {
    let start = row * nonbasic.count
    for column in slopes.indices { slopes[column] += weight * entries[start + column] }
  }

  /// Steps uphill until no step leads up; the slopes are asked for again at each vertex.
  ///
  /// - Parameter slopes: Fills in the slope of each column; false where the goal is reached.
  /// - Returns: How it ended.
  private mutating func improve(
    _ slopes: (borrowing Tableau, inout [Double]) -> Bool
  ) -> Outcome {
    var slope = [Double](repeating: 0, count: nonbasic.count)
    var stalled = 0
    for _ in 0..<(200 + 20 * (basic.count + nonbasic.count)) {
      guard slopes(self, &slope) else { return .optimal }
      // After a long stall the first variable in a fixed order is taken, which cannot go in circles.
      let isCareful = stalled > 20 + nonbasic.count
      guard let column = entering(slope, isCareful: isCareful) else { return .optimal }
      let direction: Double = slope[column] > 0 ? 1 : -1
      let (row, length) = step(column: column, direction: direction, isCareful: isCareful)
      guard length.isFinite else { return .undecided }
      stalled = length > Self.tolerance ? 0 : stalled + 1
      move(column: column, by: direction * length)
      if let row { pivot(row: row, column: column) }
    }
    return .undecided
  }

  private func entering(_ slope: [Double], isCareful: Bool) -> Int? {
    var best: Int?
    var bestRank = Self.tolerance
    for column in nonbasic.indices where abs(slope[column]) > Self.tolerance {
      let variable = nonbasic[column]
      let room =
        slope[column] > 0 ? upper[variable] - value[variable] : value[variable] - lower[variable]
      guard room > Self.tolerance else { continue }
      let rank = isCareful ? 1 / Double(variable + 1) : abs(slope[column])
      if rank > bestRank {
        best = column
        bestRank = rank
      }
    }
    return best
  }

  /// How far a column can go, and the row that stops it; none if its own bound does.
  private func step(
    column: Int, direction: Double, isCareful: Bool
  ) -> (row: Int?, length: Double) {
    let entering = nonbasic[column]
    var length =
      direction > 0
      ? upper[entering] - value[entering] : value[entering] - lower[entering]
    var blocking: Int?
    var blockingEntry = 0.0
    let width = nonbasic.count
    for row in basic.indices {
      let rate = entries[row * width + column] * direction
      guard abs(rate) > Self.tolerance else { continue }
      let variable = basic[row]
      let side = side(of: variable)
      // A variable outside its bounds only stops at the bound that it comes back to.
      let bound: Double
      if rate > 0 {
        if side > 0 { continue }
        bound = side < 0 ? lower[variable] : upper[variable]
      } else {
        if side < 0 { continue }
        bound = side > 0 ? upper[variable] : lower[variable]
      }
      let room = max(0, (bound - value[variable]) / rate)
      let isNearer = room < length - Self.tolerance
      let isTie = room <= length + Self.tolerance && blocking != nil
      let isBetter =
        isCareful
        ? variable < blocking.map { basic[$0] } ?? .max : abs(rate) > blockingEntry
      if isNearer || (isTie && isBetter) {
        length = min(length, room)
        blocking = row
        blockingEntry = abs(rate)
      }
    }
    return (blocking, length)
  }
}
