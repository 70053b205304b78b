import CarrelDisclosure
import CarrelPolicy
import TestSupport
import Testing

/// Three tables of the same people in a ring: age by sex, sex by region, region by age.
///
/// What they say together is found here by going through every table of all three.
@Suite("Tables that share things in a ring") struct RingTests {
  /// People by age, sex and region, the region moving fastest.
  struct Crossed {
    var sizes: [Int]
    var people: [Int]

    /// The two things that each table shows.
    static let pairs = [[0, 1], [1, 2], [0, 2]]

    /// For each table its groups, each as the places that it adds up.
    var groups: [[[Int]]] {
      Self.pairs.map { pair in
        (0..<sizes[pair[0]]).flatMap { first in
          (0..<sizes[pair[1]]).map { second in
            people.indices.filter { level($0, pair[0]) == first && level($0, pair[1]) == second }
          }
        }
      }
    }

    private func level(_ place: Int, _ thing: Int) -> Int {
      place / sizes[(thing + 1)...].reduce(1, *) % sizes[thing]
    }

    /// The three tables as a study shows them.
    func released(
      under policy: Policy, order: SuppressionOrder = .fixed
    ) throws -> [[String]] {
      let names = ["age", "sex", "region"]
      let tables = zip(Self.pairs, groups).map { pair, groups in
        RawExample(
          by: pair.map { LinkedTableTests.grouping(names[$0], sizes[$0]) }, show: [.count],
          cells: groups.map { .people($0.reduce(0) { $0 + people[$1] }) })
      }
      return try LinkedTableTests.drawn(tables, under: policy, order: order)
    }

    /// For each group that is hidden for its few people the numbers that it has in some table which
    /// shows the same: one number, or two where there are more.
    ///
    /// - Parameters:
    ///   - shown: What each table shows.
    ///   - tables: The tables that are looked at.
    /// - Returns: The numbers by the places that a group adds up.
    func numbers(
      behind shown: [[String]], in tables: [Int] = [0, 1, 2]
    ) -> [[Int]: Set<Int>] {
      var facts: [(places: [Int], number: Int?)] = []
      for table in tables {
        for (places, mark) in zip(groups[table], shown[table]) {
          facts.append((places, mark == "zero" ? 0 : Int(mark)))
        }
      }
      var found: [[Int]: Set<Int>] = [:]
      let hidden = facts.filter { $0.number == nil }.map(\.places)
        .filter { (1...2).contains($0.reduce(0) { $0 + people[$1] }) }
      Enumeration(count: people.count, facts: facts).each { table in
        for places in hidden where found[places, default: []].count < 2 {
          found[places, default: []].insert(places.reduce(0) { $0 + table[$1] })
        }
        return hidden.allSatisfy { found[$0, default: []].count > 1 }
      }
      return found
    }
  }

  static func policy() throws -> Policy {
    try Policies.written(
      "hide 1 to 2", "secondary on", "protect not exact", "means need 3 patients")
  }

  /// One person of the second age is in the third region.
  ///
  /// Most cells of age by region are hidden.
  private static let people = Crossed(
    sizes: [2, 3, 3], people: [3, 0, 5, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 5, 1, 5, 3, 0])
  private static let one = [11, 14, 17]

  @Test func `three tables can determine what no two of them do`() {
    let shown = [
      ["8", "5", "zero", "zero", "6", "8"],
      ["3", "zero", "5", "zero", "5", "6", "5", "3", "zero"],
      ["R", "zero", "R", "R", "R", "R"],
    ]
    #expect(Self.people.numbers(behind: shown)[Self.one] == [1])
    for pair in [[0, 2], [1, 2]] {
      #expect(Self.people.numbers(behind: shown, in: pair)[Self.one]?.count == 2, "\(pair)")
    }
  }

  @Test("what would be determined does not leave", arguments: 0..<4 as Range<UInt64>)
  func isHeld(key: UInt64) throws {
    // So few people are not shown in nine groups, whichever are hidden.
    #expect(throws: ReleaseHeld.self) {
      try Self.people.released(under: Self.policy(), order: EveryTableTests.order(key))
    }
  }

  @Test("a ring that tells nothing leaves", arguments: 0..<4 as Range<UInt64>)
  func leaves(key: UInt64) throws {
    // Five people of one age and sex; all else is large, and rounded.
    let crossed = Crossed(sizes: [2, 2, 2], people: [2, 3, 60, 45, 70, 85, 40, 55])
    let shown = try crossed.released(
      under: Policies.named("opensafely"), order: EveryTableTests.order(key))
    #expect(
      shown == [
        ["R", "105", "155", "95"], ["70", "90", "100", "100"], ["60", "50", "110", "140"],
      ])
  }
}

/// Every table of whole numbers that agrees with some facts, of which one that is hidden is nobody
/// never.
struct Enumeration {
  private let count: Int
  private let facts: [(places: [Int], number: Int?)]
  private let factsOf: [[Int]]

  init(count: Int, facts: [(places: [Int], number: Int?)]) {
    self.count = count
    self.facts = facts
    factsOf = (0..<count).map { place in facts.indices.filter { facts[$0].places.contains(place) } }
  }

  /// Goes through the tables until a body says that it has seen enough.
  func each(_ body: ([Int]) -> Bool) {
    var table = [Int](repeating: 0, count: count)
    var sums = [Int](repeating: 0, count: facts.count)
    _ = fill(0, &table, &sums, body)
  }

  private func fill(
    _ place: Int, _ table: inout [Int], _ sums: inout [Int], _ body: ([Int]) -> Bool
  ) -> Bool {
    if place == count { return body(table) }
    let known = factsOf[place].compactMap { fact in facts[fact].number.map { $0 - sums[fact] } }
    let most = known.min() ?? 12
    if most < 0 { return false }
    for number in 0...most {
      for fact in factsOf[place] { sums[fact] += number }
      defer { for fact in factsOf[place] { sums[fact] -= number } }
      let isPossible = factsOf[place].allSatisfy { fact in
        guard facts[fact].places.last == place else { return true }
        return facts[fact].number.map { $0 == sums[fact] } ?? (sums[fact] > 0)
      }
      table[place] = number
      if isPossible, fill(place + 1, &table, &sums, body) { return true }
    }
    return false
  }
}
