import CarrelAudit
import CarrelWitness
import Testing

@Suite("The audit gives up on the safe side") struct ProofTests {
  /// Cells in one sum are as free as it leaves them, and other sums nothing to them.
  @Test func `what is not tied together is audited apart`() throws {
    let audit = try Audit(
      AuditProblem(
        atomCount: 5, facts: [PublishedFact([0, 1], is: 4), PublishedFact([2, 3], is: 0)],
        cells: [[0], [2], [4], [0, 4]]))
    #expect(audit.intervals.map(\.low) == [0, 0, 0, 0])
    #expect(audit.intervals.map(\.high) == [4, 0, nil, nil])
    #expect(audit.intervals.map(\.isExact) == [false, true, false, false])
  }

  @Test func `figures with which no table agrees are an error`() {
    // Half a person each: every pair makes one.
    let facts = [[0, 1], [1, 2], [0, 2]].map { PublishedFact($0, is: 1) }
    #expect(throws: AuditError.noTableAgrees) {
      try Audit(AuditProblem(atomCount: 3, facts: facts, cells: [[0]]))
    }
  }

  @Test func `a linear bound that no whole number reaches is not believed`() throws {
    // Three pairs of at most 1 each: together at most 1.5, so 1.
    let facts = [[0, 1], [1, 2], [0, 2]].map { PublishedFact($0, from: 0, to: 1) }
    let audit = try Audit(AuditProblem(atomCount: 3, facts: facts, cells: [[0, 1, 2]]))
    #expect(audit.intervals[0].high == 1)
    #expect(audit.intervals[0].isDecided)
  }

  @Test func `a search that reaches its limit leaves the cell undecided`() throws {
    let facts = [[0, 1], [1, 2], [0, 2]].map { PublishedFact($0, from: 0, to: 1) }
    let problem = AuditProblem(
      atomCount: 3, facts: facts, cells: [[0, 1, 2]], table: [0, 0, 0])
    let audit = try Audit(problem, nodeLimit: 1)
    #expect(!audit.intervals[0].isDecided)
  }
}
