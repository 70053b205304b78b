public import CarrelDiagnostics

/// An expression as written: `expr = case | alt ("otherwise" alt)*` and all below it.
///
/// Parentheses leave no node; ``span`` includes them. Sugar stays as written: `x not in y` is a
/// negated membership, `x is known` a presence, `date of first e` a query.
public struct Expression: Sendable {
  /// What the expression is.
  public let kind: Kind
  /// Where it is written, parentheses included.
  public let span: SourceSpan
  /// How many levels it has, itself included; at most ``maximumDepth``.
  public let depth: Int

  /// How many levels an expression may have, so that whatever walks one needs bounded memory.
  public static let maximumDepth = 256

  /// Makes an expression.
  public init(_ kind: Kind, at span: SourceSpan) {
    self.kind = kind
    self.span = span
    self.depth = 1 + kind.children.reduce(0) { max($0, $1.depth) }
  }

  /// The kinds of expression.
  public indirect enum Kind: Sendable {
    /// A value as written.
    case literal(Literal)
    /// A name by itself: a column, a declaration, a parameter, a table.
    case name(Name)
    /// `NAME "(" list(expr)? ")"`.
    case call(Name, [Expression])
    /// `primary "." word`.
    case member(Expression, Name)
    /// `"-" unary`.
    case negative(Expression)
    /// `"not" not`.
    case not(Expression)
    /// Two operands and an operator between them.
    case binary(BinaryOperator, Expression, Expression)
    /// `range "not"? ("in" | "matches") …`.
    case membership(Membership)
    /// `range "not"? "between" sum "and" sum`.
    case between(Between)
    /// `range "is" ("missing" | "known")`.
    case presence(Expression, isKnown: Bool)
    /// `("days" | "weeks" | "months" | "years") "from" sum "to" sum`.
    case elapsed(TimeUnit, from: Expression, to: Expression)
    /// `operand "categorised" "by" NAME`.
    case categorised(Expression, by: Name)
    /// `"case" alt? ("when" alt "then" alt)+ ("otherwise" alt)?`.
    case choice(Choice)
    /// `"bands" "of" range "at" "(" list(expr) ")" ("labelled" "(" list(STRING) ")")?`.
    case bands(Bands)
    /// `("earliest" | "latest" | "smallest" | "largest" | "count") "of" "(" list(expr) ")"`.
    case combination(Combination, [Expression])
    /// A question about rows.
    case query(Query)
  }
}

/// An operator that stands between two operands, spelled as in the language.
public enum BinaryOperator: String, Sendable, Hashable, CaseIterable {
  case or
  case and
  /// The first that is known.
  case otherwise
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case contains
  /// The period from one day to another.
  case to
  case plus = "+"
  case minus = "-"
  case times = "*"
  case dividedBy = "/"
  case div
  case mod
}

/// What takes the best, or the number, of several values of a patient.
public enum Combination: String, Sendable, Hashable, CaseIterable {
  case earliest
  case latest
  case smallest
  case largest
  /// How many hold.
  case count
}

/// Whether a value is one of several.
///
/// `range "not"? ("in" | "matches") (range | "(" expr "," list(expr) ")")`
public struct Membership: Sendable {
  /// The value asked about.
  public let operand: Expression
  /// Whether `not` stands before the word.
  public let isNegated: Bool
  /// `in` or `matches`.
  public let relation: Relation
  /// What it is looked up in: one expression, or the members of a list of two or more.
  public let members: [Expression]

  /// How a value is compared with the members.
  public enum Relation: String, Sendable, Hashable {
    /// Equal to one.
    case `in`
    /// Beginning with one.
    case matches
  }
}

/// Whether a number lies between two: `range "not"? "between" sum "and" sum`.
public struct Between: Sendable {
  /// The value asked about.
  public let operand: Expression
  /// Whether `not` stands before the word.
  public let isNegated: Bool
  /// The lower end, included.
  public let lower: Expression
  /// The upper end, included.
  public let upper: Expression
}

/// A choice: `"case" alt? ("when" alt "then" alt)+ ("otherwise" alt)?`.
public struct Choice: Sendable {
  /// What the `when`s are compared with; without it each is a condition.
  public let subject: Expression?
  /// The alternatives, at least one, in order.
  public let branches: [Branch]
  /// What holds where no branch does; without it, missing.
  public let otherwise: Expression?

  /// One `when … then …`.
  public struct Branch: Sendable {
    /// The condition, or the value the subject is compared with.
    public let condition: Expression
    /// The result.
    public let result: Expression
  }
}

/// Bands of a number.
///
/// `"bands" "of" range "at" "(" list(expr) ")" ("labelled" "(" list(STRING) ")")?`
public struct Bands: Sendable {
  /// The number.
  public let operand: Expression
  /// Where one band ends and the next begins.
  public let cuts: [Expression]
  /// The labels as written, or `nil` where they are made from the cuts.
  public let labels: [Label]?
}

extension Expression.Kind {
  /// The expressions directly inside, in the order written.
  public var children: [Expression] {
    switch self {
    case .literal, .name: []
    case .call(_, let arguments), .combination(_, let arguments): arguments
    case .member(let operand, _), .negative(let operand), .not(let operand),
      .presence(let operand, _), .categorised(let operand, _):
      [operand]
    case .binary(_, let left, let right), .elapsed(_, let left, let right): [left, right]
    case .membership(let membership): [membership.operand] + membership.members
    case .between(let between): [between.operand, between.lower, between.upper]
    case .choice(let choice): choice.children
    case .bands(let bands): [bands.operand] + bands.cuts
    case .query(let query): query.children
    }
  }
}

extension Choice {
  fileprivate var children: [Expression] {
    [subject].compactMap(\.self) + branches.flatMap { [$0.condition, $0.result] }
      + [otherwise].compactMap(\.self)
  }
}
