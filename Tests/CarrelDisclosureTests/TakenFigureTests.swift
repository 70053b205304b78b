import CarrelDisclosure
import CarrelPlan
import CarrelPolicy
import TestSupport
import Testing

/// Figures that show what an earlier one showed of nearly the same people, beside others that do not.
@Suite("Figures taken from an earlier release") struct TakenFigureTests {
  private static let sex = RawExample(
    by: [LinkedTableTests.grouping("sex", 2)], show: [.count], cells: [.people(100), .people(60)])

  /// The men are 50 and 50; an earlier release showed 57 and 57 of nearly the same.
  private static let both = RawExample(
    by: [LinkedTableTests.grouping("sex", 2), LinkedTableTests.grouping("band", 2)],
    show: [.count], cells: [.people(57), .people(57), .people(3), .people(57)])

  private func released(taking groups: [Int]) throws -> [String] {
    var withheld = Withheld()
    for group in groups {
      withheld.taken[.init(output: 1, interval: 0, breakdown: 0, group: group)] = 11
    }
    let tables = [Self.sex, Self.both]
    let results = try DisclosureGate.release(
      RawResults(outputs: tables.flatMap(\.raw.outputs)),
      of: Plan(
        populations: Self.sex.plan.populations, outputs: tables.flatMap(\.plan.outputs)),
      under: Policies.named("opensafely"), withholding: withheld)
    guard case .table(let table) = results.outputs[1] else { throw DrawingError() }
    return table.drawn[0]
  }

  @Test func `leave as they are, though they do not add up with the rest`() throws {
    #expect(try released(taking: [0, 1]) == ["55", "55", "R", "55"])
  }

  @Test func `hide all that is beside them where they are not known to be taken`() throws {
    #expect(try released(taking: []) == ["R", "R", "R", "R"])
  }
}
