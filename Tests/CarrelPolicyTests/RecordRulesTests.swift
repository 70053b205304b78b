import CarrelPolicy
import TestSupport
import Testing

@Suite("What a policy asks of records") struct RecordRulesTests {
  @Test func `is strict where it says nothing`() throws {
    let silent = try Policies.written()
    #expect(silent.oldestOptOutsDays == 7 && silent.mostRefusedRowsPerMillion == 1_000)
    #expect(PolicyRule.optOuts.statement(of: silent) == "a list of 7 days or less is needed")
    #expect(
      PolicyRule.refusedRows.statement(of: silent) == "at most 1000 in a million of a table")
  }

  @Test func `is what it says`() throws {
    let said = try Policies.written(
      "oldest opt-outs 1 day", "refused at most 0 per million rows")
    #expect(said.oldestOptOutsDays == 1 && said.mostRefusedRowsPerMillion == 0)
    #expect(PolicyRule.optOuts.statement(of: said) == "a list of 1 day or less is needed")
    let comparison = PolicyComparison(said, try Policies.written())
    #expect(comparison.relation(in: .optOuts) == .firstIsStricter)
    #expect(comparison.relation(in: .refusedRows) == .firstIsStricter)
    #expect(comparison.firstIsAtLeastAsStrict)
    #expect(!PolicyComparison(try Policies.written(), said).firstIsAtLeastAsStrict)
  }
}
