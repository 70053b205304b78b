/// The words of the study language that are never, or not always, names.
package enum Words {
  /// Words that begin a statement.
  package static let statements = [
    "study", "parameter", "let", "list", "codelist", "events", "define", "population", "flow",
    "table", "summary", "deciles", "survival", "model", "trend", "histogram", "example", "for",
  ]

  /// Words that stand between or before operands.
  package static let operators = [
    "and", "or", "not", "in", "is", "between", "to", "otherwise", "contains", "matches", "div",
    "mod", "categorised",
  ]

  /// Words of queries, values and clauses.
  private static let others = [
    "of", "where", "except", "by", "from", "sequenced", "descending", "including",
    "true", "false", "missing", "case", "when", "then",
    "each", "over", "totals", "show", "include", "exclude", "given", "expect", "at", "as", "on",
    "per", "with", "across", "every",
  ]

  /// Words that are never a bare name.
  package static let reserved = Set(statements + operators + others)

  /// Words that open a construct where an operand may stand, and the units that name an interval;
  /// columns may have these names, a study's own declarations may not.
  package static let undeclarable: Set<String> = [
    "any", "count", "sum", "mean", "smallest", "largest", "earliest", "latest", "first", "last",
    "row", "bands", "interaction", "days", "weeks", "months", "years", "distinct", "episodes",
    "day", "week", "month", "quarter", "year",
  ]

  /// Words that have a meaning only where no operand can stand, and are names elsewhere.
  package static let clauses: Set<String> = [
    "question", "uses", "column", "category", "gap", "labelled", "known", "event", "competing",
    "censor", "reference", "offset", "breaks", "seasonal", "interval", "standardised",
    "person_years", "percent", "sd", "median", "quantile", "rate", "ratio", "linear", "logistic",
    "poisson", "negative", "binomial", "cox",
  ]

  /// The unit a word of a duration names.
  static let units: [String: TimeUnit] = [
    "day": .day, "days": .day, "week": .week, "weeks": .week, "month": .month, "months": .month,
    "quarter": .quarter, "quarters": .quarter, "year": .year, "years": .year,
  ]

  /// The unit a word before `from` counts in.
  static let elapsedUnits: [String: TimeUnit] = [
    "days": .day, "weeks": .week, "months": .month, "years": .year,
  ]
}

/// How a statement is written, and the words that may begin its clauses, in their order.
struct StatementShape: Sendable {
  let usage: String
  let clauses: [String]

  static let all: [String: StatementShape] = [
    "study": StatementShape(
      usage: "study \"TITLE\" question \"QUESTION\" uses SCHEMA", clauses: ["question", "uses"]),
    "parameter": StatementShape(usage: "parameter NAME : TYPE = VALUE", clauses: []),
    "let": StatementShape(usage: "let NAME = VALUE", clauses: []),
    "list": StatementShape(usage: "list NAME = WORD, WORD", clauses: []),
    "codelist": StatementShape(
      usage: "codelist NAME from \"FILE\"", clauses: ["from", "column", "category"]),
    "events": StatementShape(
      usage: "events NAME = TABLE where CONDITION", clauses: ["where", "except", "sequenced"]),
    "define": StatementShape(usage: "define NAME = VALUE", clauses: []),
    "population": StatementShape(usage: "population NAME include CONDITION", clauses: []),
    "flow": StatementShape(usage: "flow NAME of POPULATION", clauses: []),
    "table": StatementShape(
      usage: "table NAME of POPULATION by GROUPS show STATISTICS",
      clauses: ["each", "by", "totals", "show"]),
    "deciles": StatementShape(
      usage: "deciles NAME of POPULATION across UNIT show STATISTICS",
      clauses: ["each", "across", "show"]),
    "summary": StatementShape(
      usage: "summary NAME of POPULATION by GROUPS show VALUES",
      clauses: ["by", "totals", "show"]),
    "histogram": StatementShape(
      usage: "histogram NAME of POPULATION show VALUE from LOW to HIGH every WIDTH",
      clauses: ["by", "show", "from", "to", "every"]),
    "survival": StatementShape(
      usage: "survival NAME of POPULATION from DATE event DATE every DURATION for DURATION",
      clauses: ["by", "from", "event", "competing", "censor", "every", "for"]),
    "model": StatementShape(
      usage: "model NAME of POPULATION logistic VALUE on TERMS",
      clauses: ["from", "event", "competing", "censor", "on", "offset"]),
    "trend": StatementShape(
      usage: "trend NAME of TABLE FAMILY breaks DATES", clauses: ["breaks", "seasonal"]),
    "example": StatementShape(
      usage: "example \"TITLE\" given TABLE (COLUMN VALUE) expect CONDITIONS",
      clauses: ["given", "expect"]),
    "for": StatementShape(usage: "for each NAME in LIST STATEMENT", clauses: ["in"]),
  ]
}
