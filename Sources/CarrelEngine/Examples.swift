public import CarrelPlan
public import CarrelValues

/// What came of a study's `example`.
public struct ExampleOutcome: Hashable, Sendable {
  /// What the study calls the example.
  public let title: String
  /// One for each expectation, in order.
  public let expectations: [ExpectationOutcome]

  /// Whether every expectation is met.
  public var isMet: Bool { expectations.allSatisfy(\.isMet) }

  /// The outcome of an example.
  public init(title: String, expectations: [ExpectationOutcome]) {
    self.title = title
    self.expectations = expectations
  }
}

/// What came of one expectation.
public struct ExpectationOutcome: Hashable, Sendable {
  /// The expectation.
  public let expectation: Expectation
  /// Whether its condition holds; a condition that is missing does not.
  public let isMet: Bool
  /// The value of its subject, `nil` where it compares nothing with a constant.
  public let found: Value?

  /// The outcome of an expectation.
  public init(expectation: Expectation, isMet: Bool, found: Value?) {
    self.expectation = expectation
    self.isMet = isMet
    self.found = found
  }
}

extension ReferenceEngine {
  /// Runs one example of a study: an invented patient with the rows given and no others.
  public static func outcome(of example: ExamplePlan, in plan: Plan) -> ExampleOutcome {
    let patient = ReferencePatient(of: example.rows, in: plan)
    let expectations = example.expectations.map { expectation in
      ExpectationOutcome(
        expectation: expectation, isMet: patient.value(of: expectation.condition).holds,
        found: expectation.subject.map { patient.value(of: $0.expression) })
    }
    return ExampleOutcome(title: example.title, expectations: expectations)
  }
}
