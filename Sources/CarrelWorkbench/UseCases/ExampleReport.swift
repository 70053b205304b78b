import CarrelChecker
import CarrelDiagnostics
import CarrelEngine
public import CarrelJSON
import CarrelPlan
import CarrelSyntax
import CarrelValues

/// What became of the examples of a study.
///
/// Examples hold only what the researcher typed, so what was found can be shown in full.
public struct ExampleReport {
  private let path: String
  private let outcomes: [ExampleOutcome]

  /// Runs every example of a study on the reference interpreter, and reads no record.
  public init(of study: ReadyStudy) {
    path = study.file.source.name
    outcomes = study.checked.examples.map {
      ReferenceEngine.outcome(of: $0, in: study.checked.patientPlan)
    }
  }

  /// Whether every example is met; also where there is none.
  public var allPassed: Bool { outcomes.allSatisfy(\.isMet) }

  /// A line for each example, and for each expectation that failed what was found.
  public var text: String {
    guard !outcomes.isEmpty else { return "no examples in \(path)" }
    let failures = outcomes.count { !$0.isMet }
    let noun = outcomes.count == 1 ? "example" : "examples"
    let summary =
      failures == 0
      ? "\(outcomes.count) \(noun) passed" : "\(failures) of \(outcomes.count) \(noun) failed"
    return (outcomes.flatMap(lines) + [summary]).joined(separator: "\n")
  }

  private func lines(of outcome: ExampleOutcome) -> [String] {
    guard !outcome.isMet else { return ["ok    \"\(outcome.title)\""] }
    let unmet = outcome.expectations.filter { !$0.isMet }
    let title = "fail  \"\(outcome.title)\""
    let place = unmet.first.map { "\(path):\($0.expectation.line)" } ?? path
    let gap = max(2, 100 - title.count - place.count)
    return [title + String(repeating: " ", count: gap) + place] + unmet.map(\.line)
  }

  /// The report for programs.
  public var json: JSON {
    .object([
      .init("carrel", 1), .init("command", "test"), .init("ok", .boolean(allPassed)),
      .init("examples", .array(outcomes.map(\.json))),
    ])
  }
}

extension ExpectationOutcome {
  fileprivate var line: String {
    guard let subject = expectation.subject, let found else {
      return "      \(expectation.text)   expected true   found \(isMet)"
    }
    let value = subject.labelled(found).plainText
    return "      \(subject.name)   expected \(expectation.expected)   found \(value)"
  }

  fileprivate var json: JSON {
    var members: [JSON.Member] = [
      .init("expectation", .string(expectation.text)), .init("line", .integer(expectation.line)),
      .init("met", .boolean(isMet)),
    ]
    if let subject = expectation.subject, let found {
      members.append(.init("found", subject.labelled(found).json))
    }
    return .object(members)
  }
}

extension ExampleOutcome {
  fileprivate var json: JSON {
    .object([
      .init("title", .string(title)), .init("met", .boolean(isMet)),
      .init("expectations", .array(expectations.map(\.json))),
    ])
  }
}
