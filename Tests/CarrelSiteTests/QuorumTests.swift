import CarrelLedger
import CarrelSite
import Testing

/// Somebody on the roster from moment 0 on.
func person(
  _ id: String, of organisation: String = "North", _ roles: Set<Person.Role> = [.guardian],
  added: Int = 0, lapsed: Int? = nil
) -> Person {
  Person(
    id: id, name: "Name of \(id)", organisation: organisation, roles: roles,
    publicKey: Array(id.utf8) + Array(repeating: 0, count: 32 - id.utf8.count), addedAt: added,
    lapsedAt: lapsed)
}

/// A decision made at moment 10 that counts until moment 100.
func decision(
  _ guardian: String, _ word: SignedWord, at moment: Int = 10, until expiry: Int = 100
) -> Decision {
  Decision(
    guardian: guardian, word: word, decidedAt: moment, expiresAt: expiry, reason: "", message: nil,
    envelope: [])
}

@Suite("A quorum of guardians") struct QuorumTests {
  private let two = Quorum(guardians: 2, organisations: 1)
  private let roster = [
    person("g-1"), person("g-2"), person("g-3", of: "South"), person("r-1", [.researcher]),
    person("r-2", [.researcher, .guardian]), person("old", lapsed: 5),
  ]
  private let work = Independence(author: "r-1", researchers: ["r-1", "r-2"], coauthors: ["g-9"])

  private func verdict(_ decisions: [Decision], of quorum: Quorum? = nil) -> Quorum.Verdict {
    (quorum ?? two).verdict(of: decisions, by: roster, independentOf: work, at: 20)
  }

  @Test func `waits until enough have decided`() {
    #expect(verdict([]) == .waiting(guardians: 2))
    #expect(verdict([decision("g-1", .approve)]) == .waiting(guardians: 1))
    #expect(verdict([decision("g-1", .reject)]) == .waiting(guardians: 1))
  }

  @Test(
    "lets one refusal outweigh approval, and a request for a change too",
    arguments: [
      (
        SignedWord.approve, SignedWord.approve,
        SignedWord.approve
      ),
      (.approve, .return, .return), (.return, .approve, .return), (.approve, .reject, .reject),
      (.return, .reject, .reject), (.return, .return, .return), (.reject, .reject, .reject),
    ])
  func outcome(
    first: SignedWord, second: SignedWord, result: SignedWord
  ) {
    #expect(verdict([decision("g-1", first), decision("g-2", second)]) == .decided(result))
  }

  @Test func `counts people, not signatures`() {
    #expect(
      verdict([decision("g-1", .approve), decision("g-1", .approve, at: 11)])
        == .waiting(guardians: 1))
  }

  @Test(
    "does not count who is not independent, or not a guardian now",
    arguments: ["r-1", "r-2", "old", "stranger"])
  func uncounted(id: String) {
    #expect(verdict([decision("g-1", .approve), decision(id, .approve)]) == .waiting(guardians: 1))
  }

  @Test func `does not count a decision that has expired, or one from the future`() {
    let sound = decision("g-1", .approve)
    #expect(verdict([sound, decision("g-2", .approve, until: 20)]) == .waiting(guardians: 1))
    #expect(verdict([sound, decision("g-2", .approve, at: 21)]) == .waiting(guardians: 1))
  }

  @Test func `F8: from two organisations is not met by two people of one`() {
    let both = Quorum(guardians: 2, organisations: 2)
    let colleagues = [decision("g-1", .approve), decision("g-2", .approve)]
    #expect(verdict(colleagues, of: both) == .waiting(guardians: 1))
    #expect(verdict(colleagues + [decision("g-3", .approve)], of: both) == .decided(.approve))
  }

  @Test func `F8: objects to an author, a colleague on the project and a recent co-author`() {
    let work = Independence(author: "r-1", researchers: ["r-2"], coauthors: ["g-1"])
    let author = person("r-1", [.researcher, .guardian])
    #expect(work.objection(to: author, at: 20) == .author)
    #expect(work.objection(to: roster[4], at: 20) == .researcherOfTheProject)
    #expect(work.objection(to: roster[0], at: 20) == .recentCoauthor)
    #expect(work.objection(to: roster[3], at: 20) == .notAGuardian)
    #expect(work.objection(to: roster[1], at: 20) == nil)
  }
}
