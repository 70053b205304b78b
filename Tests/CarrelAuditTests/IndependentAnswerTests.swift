import CarrelAudit
import CarrelJSON
import CarrelWitness
import Foundation
import Testing

/// Answers of HiGHS, an independent solver, made by `Fixtures/highs.py`.
@Suite("Intervals of hidden cells agree with an independent solver")
struct IndependentAnswerTests {
  struct Fixture: Decodable, CustomTestStringConvertible {
    var kind: String
    var atoms: Int
    var facts: [[Int?]]
    var cells: [[Int]]
    var table: [Int]
    var intervals: [[Int?]]

    var problem: AuditProblem {
      AuditProblem(
        atomCount: atoms,
        facts: facts.map { fact in
          PublishedFact(
            fact.dropFirst(2).compactMap { $0 }, from: fact[0] ?? 0, to: fact[1])
        }, cells: cells)
    }

    var testDescription: String { kind }

    static func all() throws -> [Fixture] {
      let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "Fixtures/highs.json")
      return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
        try JSON(parsing: String($0)).decoded(as: Fixture.self)
      }
    }
  }

  @Test(
    "exactly, with and without the true table to start from", arguments: [false, true])
  func exactly(isTruthKnown: Bool) throws {
    let fixtures = try Fixture.all()
    #expect(fixtures.count > 400)
    for (number, fixture) in fixtures.enumerated() {
      var problem = fixture.problem
      if isTruthKnown { problem.table = fixture.table }
      let audit = try Audit(problem)
      let found: [[Int?]] = audit.intervals.map { [$0.low, $0.high] }
      #expect(found == fixture.intervals, "line \(number + 1): \(fixture.kind)")
      let isDecided = audit.intervals.allSatisfy { $0.isDecided }
      #expect(isDecided, "line \(number + 1)")
      try expectProof(audit, of: problem)
    }
  }

  /// The checker, which shares nothing with the solver, confirms both ends of every interval.
  private func expectProof(_ audit: Audit, of problem: AuditProblem) throws {
    let cells = zip(problem.cells, audit.intervals).map { atoms, interval in
      WitnessChecker.ProtectedCell(
        atoms, .covers(interval.low...(interval.high ?? interval.low)))
    }
    let faults = WitnessChecker(facts: problem.facts, protecting: cells).faults(
      in: audit.witnesses)
    #expect(faults.isEmpty)
  }
}
