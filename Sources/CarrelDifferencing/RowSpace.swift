/// The sums that known sums determine by adding and subtracting: the integer rank test.
///
/// Counted modulo a prime of 31 bits, so in whole numbers throughout. What follows over the
/// fractions follows here, unless a denominator is a multiple of the prime, which no table of people
/// brings about; what follows here alone is taken for derivable as well.
struct RowSpace {
  private static let prime: UInt64 = 2_147_483_647
  private let width: Int
  /// Reduced rows: each has a 1 at its pivot, where every other row has 0.
  private var rows: [[UInt64]] = []
  private var pivots: [Int] = []
  /// For each column the row whose pivot it is.
  private var rowOfPivot: [Int?]

  /// How many of the sums do not follow from the others.
  var rank: Int { rows.count }

  init(width: Int) {
    self.width = width
    rowOfPivot = [Int?](repeating: nil, count: width)
  }

  /// Adds a known sum of some columns.
  mutating func insert(_ columns: [Int]) { insert(row: Self.row(columns, width: width)) }

  /// The rank where only some columns are looked at.
  func rank(where isKept: (Int) -> Bool) -> Int {
    let kept = (0..<width).map(isKept)
    var space = RowSpace(width: width)
    for row in rows { space.insert(row: zip(row, kept).map { $1 ? $0 : 0 }) }
    return space.rank
  }

  private mutating func insert(row: [UInt64]) {
    var row = reduced(row)
    guard let pivot = row.firstIndex(where: { $0 != 0 }) else { return }
    let factor = Self.inverse(row[pivot])
    for column in row.indices where row[column] != 0 {
      row[column] = row[column] * factor % Self.prime
    }
    for number in rows.indices where rows[number][pivot] != 0 {
      Self.subtract(row, times: rows[number][pivot], from: &rows[number])
    }
    rowOfPivot[pivot] = rows.count
    rows.append(row)
    pivots.append(pivot)
  }

  /// Whether the sum of some columns follows from the known ones.
  func contains(_ columns: [Int]) -> Bool {
    if columns.count == 1 {
      guard let row = rowOfPivot[columns[0]] else { return false }
      return rows[row].count { $0 != 0 } == 1
    }
    return reduced(Self.row(columns, width: width)).allSatisfy { $0 == 0 }
  }

  private static func row(_ columns: [Int], width: Int) -> [UInt64] {
    var row = [UInt64](repeating: 0, count: width)
    for column in columns { row[column] = 1 }
    return row
  }

  /// A sum less what the known ones explain of it.
  private func reduced(_ row: [UInt64]) -> [UInt64] {
    var row = row
    for (number, pivot) in pivots.enumerated() where row[pivot] != 0 {
      Self.subtract(rows[number], times: row[pivot], from: &row)
    }
    return row
  }

  private static func subtract(_ row: [UInt64], times factor: UInt64, from other: inout [UInt64]) {
    let negative = prime - factor
    for column in row.indices where row[column] != 0 {
      other[column] = (other[column] + row[column] * negative) % prime
    }
  }

  /// By Fermat: the power of two less than the prime.
  private static func inverse(_ number: UInt64) -> UInt64 {
    var (result, base, exponent) = (UInt64(1), number, prime - 2)
    while exponent > 0 {
      if exponent & 1 == 1 { result = result * base % prime }
      base = base * base % prime
      exponent >>= 1
    }
    return result
  }
}
