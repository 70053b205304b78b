public import CarrelDiagnostics

/// The intervals of an output.
///
/// `each = "each" integer? unit ( "from" sum "to" sum | "for" duration "from" sum )`
public struct Intervals: Sendable {
  /// How long one is; the count is 1 where it is not written.
  public let length: DurationLiteral
  /// Which ones there are.
  public let extent: Extent
  /// Where the clause is written.
  public let span: SourceSpan

  /// Which intervals there are.
  public enum Extent: Sendable {
    /// Those of the calendar from one day to another.
    case calendar(from: Expression, to: Expression)
    /// Those of a length of time from a date of each patient's own.
    case followUp(DurationLiteral, from: Expression)
  }
}

/// The groups of an output: `by = "by" ("each" "of")? list(item)`.
public struct Grouping: Sendable {
  /// Whether each item makes a table of its own.
  public let isEachOf: Bool
  /// What people are grouped by, at least one.
  public let items: [Item]
  /// Where the clause is written.
  public let span: SourceSpan
}

/// The margins of an output: `totals = "totals" ("over" list(NAME))?`.
public struct Totals: Sendable {
  /// The groupings that are summed over; empty for all.
  public let over: [Name]
  /// Where the clause is written.
  public let span: SourceSpan
}

/// A value with the name of its column: `item = expr ("as" STRING)?`.
public struct Item: Sendable {
  /// The value.
  public let value: Expression
  /// What it is called.
  public let label: Label?
  /// Where it is written.
  public let span: SourceSpan
}

/// A statistic of a group.
///
/// `figure ("standardised" …)? ("with" "interval" number "%")? ("as" STRING)?`
public struct Statistic: Sendable {
  /// What is worked out.
  public let figure: Figure
  /// How it is standardised.
  public let standardisation: Standardisation?
  /// The level of its interval in percent: an integer or a decimal.
  public let intervalPercent: Literal?
  /// What it is called.
  public let label: Label?
  /// Where it is written.
  public let span: SourceSpan
}

/// What a statistic works out: `figure`.
public enum Figure: Sendable {
  /// `"count"`: how many people.
  case count
  /// `("percent" | "sum" | "mean" | "sd" | "median") expr`.
  case of(Measure, Expression)
  /// `"quantile" number "of" expr`.
  case quantile(Literal, of: Expression)
  /// `"rate" expr "per" integer ("person_years" "over" expr)?`; days are those after `over`.
  case rate(Expression, per: IntegerTerm, personDays: Expression?)
  /// `"ratio" sum "to" sum`.
  case ratio(Expression, to: Expression)

  /// A statistic of one value.
  public enum Measure: String, Sendable, Hashable, CaseIterable {
    case percent
    case sum
    case mean
    case sd
    case median
  }
}

/// A standard population: `"standardised" "to" STRING "by" "(" list(item) ")"`.
public struct Standardisation: Sendable {
  /// The name of the weights, or the path of their file.
  public let weights: Label
  /// The groupings of the weights, at least one.
  public let items: [Item]
}

/// From when to what: `time = "from" expr "event" expr ("competing" expr)? ("censor" expr)?`.
public struct TimeToEvent: Sendable {
  /// When time starts.
  public let start: Expression
  /// When the event is.
  public let event: Expression
  /// When an event is that rules it out.
  public let competing: Expression?
  /// When a patient is no longer seen.
  public let censor: Expression?
}

/// The distribution of an outcome.
///
/// `family = "linear" | "logistic" | "poisson" | "negative" "binomial"`
public enum ModelFamily: String, Sendable, Hashable, CaseIterable {
  case linear
  case logistic
  case poisson
  case negativeBinomial = "negative binomial"
}

/// What a model is on.
///
/// `term = expr ("reference" value)? | "interaction" "of" "(" expr "," expr ")"`
public enum ModelTerm: Sendable {
  /// A value, with the level the others are compared with.
  case value(Expression, reference: Literal?)
  /// Two values and how they change each other.
  case interaction(Expression, Expression)
}
