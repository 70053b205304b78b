import CarrelSite
import Testing

@Suite("The states of a run") struct RunStateTests {
  /// Every way from one state to another; what is not here cannot happen.
  private static let ways: [(RunState, RunEvent, RunState)] = [
    (.submitted, .compute, .held), (.submitted, .withdraw, .withdrawn),
    (.held, .approve, .approved), (.held, .return, .returned), (.held, .reject, .rejected),
    (.held, .withdraw, .withdrawn),
    (.approved, .release, .released), (.approved, .hold, .held), (.approved, .withdraw, .withdrawn),
    (.returned, .resubmit, .submitted), (.returned, .withdraw, .withdrawn),
    (.rejected, .withdraw, .withdrawn),
  ]

  @Test(
    "change only in the ways that are drawn", arguments: RunState.allCases, RunEvent.allCases)
  func transitions(from state: RunState, by event: RunEvent) {
    let way = Self.ways.first { $0.0 == state && $0.1 == event }
    #expect(state.after(event) == way?.2)
  }

  @Test func `that are final have no way out`() {
    for state in RunState.allCases {
      let leads = RunEvent.allCases.contains { state.after($0) != nil }
      #expect(state.isFinal == !leads, "\(state)")
    }
  }

  @Test func `look alike to a researcher until the end`() {
    #expect(
      RunState.allCases.map(\.publicName) == [
        "in review", "in review", "in review", "returned", "rejected", "withdrawn", "released",
      ])
  }
}

@Suite("The name of a run") struct RunNameTests {
  @Test func `is a bird and three digits`() throws {
    for _ in 0..<200 {
      let name = try RunName.random()
      #expect(try #/[a-z]+-[1-9][0-9]{2}/#.wholeMatch(in: name) != nil, "\(name)")
    }
  }

  @Test func `has a random identifier of version 4 beside it`() throws {
    let all = try (0..<100).map { _ in try RunName.randomUUID() }
    #expect(Set(all).count == 100)
    let form = #/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/#
    for id in all { #expect(try form.wholeMatch(in: id) != nil, "\(id)") }
  }
}
