import CarrelDifferencing
import Testing

/// The people behind a mean are those in the cell whose value is known: a group like any other.
@Suite("The people who have a value, with few of them left out") struct ContributorTests {
  static let people = 200
  static let minimum = 7

  static func contributors(_ name: String, leavingOut: Set<Int> = []) -> Drawn {
    Drawn(people, cells: [(name: name, people: (0..<people).filter { !leavingOut.contains($0) })])
  }

  static func verdicts(of new: [Drawn], against earlier: [Drawn] = []) -> [[FigureVerdict]] {
    DifferencingGuard(DifferencingRules(minimum: minimum)).judgement(of: new, against: earlier)
      .verdicts
  }

  @Test("A3: two means whose contributors differ by 1..k never both leave", arguments: 1...minimum)
  func differ(count: Int) {
    let plain = Self.contributors("x")
    let without = Self.contributors("y", leavingOut: Set((0..<count).map { $0 * 27 }))
    for (first, second) in [(plain, without), (without, plain)] {
      // What takes an earlier fact shows nothing of its own.
      #expect(Self.verdicts(of: [first, second]).last != [.fine])
      #expect(Self.verdicts(of: [second], against: [first]) != [[.fine]])
    }
  }

  @Test func `A3: two means whose contributors differ by more than k both leave`() {
    let plain = Self.contributors("x")
    let far = Self.contributors("z", leavingOut: Set((0..<40).map { $0 * 5 }))
    #expect(Self.verdicts(of: [plain, far]) == [[.fine], [.fine]])
    #expect(Self.verdicts(of: [far], against: [plain]) == [[.fine]])
  }
}
