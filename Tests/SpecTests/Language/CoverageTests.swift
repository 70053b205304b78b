import CarrelChecker
import CarrelPlan
import CarrelSyntax
import TestSupport
import Testing

/// The reference leaves nothing of the language out.
@Suite("The reference is whole") struct CoverageTests {
  /// Every word that stands in a study of the reference.
  private static func words() throws -> Set<String> {
    Set(
      try SpecExample.all.flatMap { example in
        var text = example.study
        if case .gives(let table) = example.claim {
          text += table.heading.dropFirst().map { "\ndefine shown = \($0)" }.joined()
        }
        return try SpecExample.words(of: text)
      })
  }

  @Test func `every word of the language stands in an example`() throws {
    let all = Words.reserved.union(Words.undeclarable).union(Words.clauses)
    #expect(all.subtracting(try Self.words()).sorted() == [])
  }

  @Test func `every function stands in an example`() throws {
    #expect(Set(Function.allCases.map(\.rawValue)).subtracting(try Self.words()).sorted() == [])
  }

  @Test func `every operator, query and statistic of a plan is in an example`() throws {
    var met: Set<String> = []
    for example in SpecExample.all {
      var definitions: [String] = []
      switch example.claim {
      case .isRefused, .isFormatted: continue
      case .gives(let table):
        definitions = table.heading.dropFirst().enumerated().map { "define shown_\($0) = \($1)" }
      case .isAccepted, .releases: break
      }
      let study = try example.accepted(adding: definitions)
      met.formUnion(Kinds.of(study.plan))
      met.formUnion(Kinds.of(study.patientPlan))
    }
    #expect(Kinds.all.subtracting(met).sorted() == [])
  }
}
