public import CarrelValues

/// A column of a preview: one value of each patient, on synthetic people only.
public struct PreviewColumn: Hashable, Sendable, Codable {
  /// The name of the definition.
  public var name: String
  /// What is shown.
  public var expression: Expression
  /// The labels of a value that stands for a level, such as a band; empty for others.
  public var levels: [Level]

  /// A column of a preview.
  public init(name: String, expression: Expression, levels: [Level] = []) {
    self.name = name
    self.expression = expression
    self.levels = levels
  }
}

/// One patient of a preview.
public struct PreviewRow: Hashable, Sendable, Codable {
  /// The patient's index number at a site, or the identifier of a folder that is read directly.
  public var patient: Value
  /// A value for each column, in the same order.
  public var values: [Value]

  /// A patient's values.
  public init(patient: Value, values: [Value]) {
    self.patient = patient
    self.values = values
  }
}

/// An invented patient of a study's `example`, and what is expected of them.
public struct ExamplePlan: Hashable, Sendable, Codable {
  /// What the study calls the example.
  public var title: String
  /// The rows given, by table position in ``Plan/tables``; a value for each column of the table.
  public var rows: [[[Value]]]
  /// What must be true.
  public var expectations: [Expectation]

  /// An example with its rows and expectations.
  public init(title: String, rows: [[[Value]]], expectations: [Expectation]) {
    self.title = title
    self.rows = rows
    self.expectations = expectations
  }
}

/// One thing that an example expects.
public struct Expectation: Hashable, Sendable, Codable {
  /// The expectation as the study writes it.
  public var text: String
  /// Line of the study that it stands on, counted from 1.
  public var line: Int
  /// A boolean that must be true.
  public var condition: Expression
  /// What is compared, where the expectation compares something with a constant.
  public var subject: PreviewColumn?
  /// The constant that it is compared with, as a person reads it.
  public var expected: String

  /// An expectation of an example.
  public init(
    text: String, line: Int, condition: Expression, subject: PreviewColumn?, expected: String
  ) {
    self.text = text
    self.line = line
    self.condition = condition
    self.subject = subject
    self.expected = expected
  }
}
