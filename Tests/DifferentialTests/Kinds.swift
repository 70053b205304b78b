import CarrelPlan
import CarrelValues

/// Everything that a plan can be made of, by name.
///
/// A new case does not compile until it is named here, and then fails the test until it is also
/// generated.
enum Kinds {
  static let all: Set<String> = Set(
    UnaryOperator.allCases.map(\.rawValue) + CodeMatch.allCases.map { "codelist \($0)" }
      + CalendarUnit.allCases.flatMap { ["move \($0)", "span \($0)"] }
      + Extremum.allCases.flatMap { ["\($0) of list", "\($0) of rows"] }
      + ScalarType.allCases.map { "constant \($0)" }
      + [
        "and", "or", "equal", "notEqual", "less", "lessOrEqual", "greater", "greaterOrEqual", "add",
        "subtract", "multiply", "divide", "floorDivide", "modulo", "power", "contains", "hasPrefix",
        "anyCodeHasPrefix", "otherwise", "value", "field", "isPresent", "column", "rowColumn",
        "choice", "oneOf", "categorised", "band", "countOf", "makeDate", "inValues", "any", "count",
        "countDistinct", "countEpisodes", "sum", "mean", "pick first", "pick last", "pick nth",
        "statistic count", "statistic percent", "statistic sum", "statistic mean",
        "statistic rate", "statistic personTimeRate", "statistic ratio",
        "statistic standardDeviation", "statistic quantile", "flow", "inclusion", "exclusion",
        "interval start", "interval end", "calendar", "follow-up", "summary", "histogram",
        "deciles",
      ])

  static func of(_ plan: Plan) -> Set<String> {
    var kinds: Set<String> = []
    for value in plan.values { add(value.expression, to: &kinds) }
    for criterion in plan.populations.flatMap(\.criteria) {
      kinds.insert(criterion.isExclusion ? "exclusion" : "inclusion")
      add(criterion.condition, to: &kinds)
    }
    for output in plan.outputs {
      switch output {
      case .flow: kinds.insert("flow")
      case .table(let table): add(table, to: &kinds)
      case .summary(let summary):
        kinds.insert("summary")
        add(summary.table, to: &kinds)
      case .histogram(let histogram):
        kinds.insert("histogram")
        add(histogram.table, to: &kinds)
      case .deciles(let deciles):
        kinds.insert("deciles")
        add(deciles.byUnit, to: &kinds)
      }
    }
    return kinds
  }

  private static func add(_ table: TableOutput, to kinds: inout Set<String>) {
    switch table.intervals?.extent {
    case .calendar: kinds.insert("calendar")
    case .followUp(let start, _):
      kinds.insert("follow-up")
      add(start, to: &kinds)
    case nil: break
    }
    for grouping in table.groupings { add(grouping.expression, to: &kinds) }
    for statistic in table.statistics { add(statistic.kind, to: &kinds) }
  }

  private static func add(_ statistic: Statistic.Kind, to kinds: inout Set<String>) {
    kinds.insert("statistic \(name(of: statistic))")
    for operand in statistic.operands { add(operand, to: &kinds) }
  }

  private static func name(of statistic: Statistic.Kind) -> String {
    switch statistic {
    case .count: "count"
    case .percent: "percent"
    case .sum: "sum"
    case .mean: "mean"
    case .rate: "rate"
    case .personTimeRate: "personTimeRate"
    case .ratio: "ratio"
    case .standardDeviation: "standardDeviation"
    case .quantile: "quantile"
    }
  }

  private static func add(_ expression: Expression, to kinds: inout Set<String>) {
    kinds.insert(name(of: expression))
    for part in expression.parts { add(part, to: &kinds) }
  }

  private static func name(of expression: Expression) -> String {
    switch expression {
    case .constant(_, let type): "constant \(type)"
    case .value: "value"
    case .field: "field"
    case .isPresent: "isPresent"
    case .column: "column"
    case .rowColumn: "rowColumn"
    case .unary(let unary, _): unary.rawValue
    case .binary(let binary, _, _): name(of: binary)
    case .choice: "choice"
    case .oneOf: "oneOf"
    case .inCodelist(_, _, let match): "codelist \(match)"
    case .categorised: "categorised"
    case .band: "band"
    case .extremum(let end, _): "\(end) of list"
    case .countOf: "countOf"
    case .makeDate: "makeDate"
    case .intervalStart: "interval start"
    case .intervalEnd: "interval end"
    case .query(let query): name(of: query)
    case .inValues: "inValues"
    }
  }

  private static func name(of binary: BinaryOperator) -> String {
    switch binary {
    case .move(let unit): "move \(unit)"
    case .span(let unit): "span \(unit)"
    case .and, .or, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .add,
      .subtract, .multiply, .divide, .floorDivide, .modulo, .power, .contains, .hasPrefix,
      .anyCodeHasPrefix, .otherwise:
      "\(binary)"
    }
  }

  private static func name(of query: RowQuery) -> String {
    switch query {
    case .any: "any"
    case .count: "count"
    case .countDistinct: "countDistinct"
    case .countEpisodes: "countEpisodes"
    case .sum: "sum"
    case .mean: "mean"
    case .extremum(let end, _, _): "\(end) of rows"
    case .pick(let pick):
      switch pick.position {
      case .first: "pick first"
      case .last: "pick last"
      case .nth: "pick nth"
      }
    }
  }
}
