struct NestedDifferencing: Subtraction {
  let name = "S1 nested differencing"
  let method = "count everyone, then the men; the rest are the few women"

  func questions(leaving few: Int, of many: Int) -> (runs: [[[[Int]]]], factors: [Int]) {
    ([[[Array(0..<many)]], [[Array(0..<(many + few))]]], [-1, 1])
  }
}

struct ShiftedAgeBands: Subtraction {
  let name = "S2 shifted age bands"
  let method = "move the edge of an age band by a month and subtract"

  func questions(leaving few: Int, of many: Int) -> (runs: [[[[Int]]]], factors: [Int]) {
    let all = Array(0..<(3 * many))
    let first = [Array(all[..<many]), Array(all[many...])]
    let second = [Array(all[..<(many + few)]), Array(all[(many + few)...])]
    return ([[first], [second]], [-1, 0, 1, 0])
  }
}

struct UnionMinusOne: Subtraction {
  let name = "S3 union minus one"
  let method = "count a union, then all its parts but the one that is hidden"

  func questions(leaving few: Int, of many: Int) -> (runs: [[[[Int]]]], factors: [Int]) {
    let parts = [
      Array(0..<many), Array(many..<(2 * many)), Array((2 * many)..<(2 * many + few)),
    ]
    return ([[parts], [[Array(0..<(2 * many + few))]]], [-1, -1, 0, 1])
  }
}

struct Complement: Subtraction {
  let name = "S4 complement"
  let method = "count a cohort by sex, then those of it who lack a condition"

  func questions(leaving few: Int, of many: Int) -> (runs: [[[[Int]]]], factors: [Int]) {
    let cohort = [Array(0..<many), Array(many..<(3 * many))]
    return ([[cohort], [[Array(0..<(3 * many - few))]]], [1, 1, -1])
  }
}

struct Tracker: Subtraction {
  let name = "S5 tracker"
  let method = "count a or b, a, and b; those who are both are counted twice"

  func questions(leaving few: Int, of many: Int) -> (runs: [[[[Int]]]], factors: [Int]) {
    let union = Array(0..<(2 * many))
    let right = Array((many - few)..<(2 * many))
    return ([[[union]], [[Array(0..<many)]], [[right]]], [-1, 1, 1])
  }
}

struct InclusionExclusion: Subtraction {
  let name = "S6 inclusion and exclusion"
  let method = "count three sets, their unions by two and that of all; the rest is in all three"

  func questions(leaving few: Int, of many: Int) -> (runs: [[[[Int]]]], factors: [Int]) {
    let common = Array(0..<few)
    func set(_ number: Int) -> [Int] {
      Array((few + number * many)..<(few + (number + 1) * many))
    }
    func union(_ numbers: [Int]) -> [Int] { common + numbers.flatMap(set) }
    // Of the seven terms those that are needed: |A|+|B|+|C| - |A or B or C| is twice the common.
    let sets = [[0], [1], [2]].map { [[union($0)]] }
    let unions = [[0, 1], [1, 2], [0, 2]].map { [[union($0)]] }
    let runs = sets + unions + [[[union([0, 1, 2])]]]
    return (runs, [1, 1, 1, -1, -1, -1, 1])
  }
}

struct TwoTablesAtOnce: Subtraction {
  let name = "F1 two tables, each safe alone"
  let method = "ask for both tables in one run, so that neither was released before the other"

  func questions(leaving few: Int, of many: Int) -> (runs: [[[[Int]]]], factors: [Int]) {
    ([[[Array(0..<many)], [Array(0..<(many + few))]]], [-1, 1])
  }
}
