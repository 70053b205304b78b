public import CarrelPlan
internal import CarrelValues

extension Plan {
  /// The statements that an SQLite database answers this plan with: one for each output, in order.
  public var sqliteStatements: [SQLStatement] {
    outputs.map { output in
      let generator = SQLGenerator(plan: self, dialect: .sqlite)
      return switch output {
      case .table(let table): generator.statement(of: table)
      case .summary(let summary): generator.statement(of: summary.table)
      case .histogram(let histogram): generator.statement(of: histogram.table)
      case .deciles(let deciles): generator.statement(of: deciles.byUnit)
      case .flow(let flow): generator.statement(of: populations[flow.population])
      }
    }
  }

  /// The statements that say who is in which group: one for each output that has groups, with the
  /// output's position, in order.
  var sqliteMembershipStatements: [(output: Int, statement: SQLStatement)] {
    outputs.enumerated().compactMap { index, output in
      let generator = SQLGenerator(plan: self, dialect: .sqlite)
      switch output {
      case .deciles: return nil
      case .flow(let flow):
        return (index, generator.membershipStatement(of: populations[flow.population]))
      case .table, .summary, .histogram:
        return output.table.map { (index, generator.membershipStatement(of: $0)) }
      }
    }
  }

  /// The statement that gives columns for each patient, the patient's number first.
  public func sqlitePreviewStatement(of columns: [PreviewColumn]) -> SQLStatement {
    SQLGenerator(plan: self, dialect: .sqlite).statement(of: columns)
  }
}

extension SQLGenerator {
  /// A row for every group that has anybody in it: the breakdown, the interval if there are any, the
  /// values of the table's groupings, the number of patients, then a column or two for each statistic.
  func statement(of table: TableOutput) -> SQLStatement {
    let members = selection(memberColumns(of: table, operands: operandColumns(of: table)))
    let selects = table.breakdowns.enumerated().map { index, breakdown in
      select(breakdown, number: index, of: table)
    }
    return statement(
      with: members.stages + ["carrel_members AS MATERIALIZED (\n  \(members.select))"],
      selects.joined(separator: "\nUNION ALL "))
  }

  /// A row for every member in order: the patient's number, the interval if there are any, the
  /// values of the table's groupings, whether the member is in each share, and the value of each
  /// measure that is compared.
  func membershipStatement(of table: TableOutput) -> SQLStatement {
    let members = selection(
      memberColumns(of: table) {
        table.shares.map { share in
          let operand = self.memberFragment(of: share.expression).text
          return switch share.rule {
          case .holds: "(\(operand) IS TRUE)"
          case .isKnown: "(\(operand) IS NOT NULL)"
          case .isNotZero: "((\(operand) <> 0) IS TRUE)"
          }
        }
          + table.valueMeasures.map { self.memberFragment(of: $0.expression).text }
      }, order: "\n  ORDER BY s.patient")
    return statement(with: members.stages, members.select)
  }

  /// The columns of each member: the patient's number, the interval if there are any, the values of
  /// the groupings, and others, which are written once it is settled who is a member.
  private func memberColumns(of table: TableOutput, operands: () -> [String]) -> [String] {
    if let intervals = table.intervals { cross(with: crossing(with: intervals)) }
    let tests =
      plan.populations[table.population].criteria.map { test($0, isPassed: true) }
      + (table.intervals.map(presence) ?? [])
    for tests in [tests.filter { !$0.isOfInterval }, tests.filter(\.isOfInterval)]
    where !tests.isEmpty {
      keepOnly(combine(tests, .boolean, nil) { $0.joined(separator: " AND ") })
    }
    let groupings = table.groupings.enumerated().map { index, grouping in
      "\(memberFragment(of: grouping.expression).text) AS g\(index)"
    }
    let interval = table.intervals.map { _ in [IntervalCrossing.number] } ?? []
    return ["s.patient"] + interval + groupings + operands()
  }

  /// What statistics are computed from.
  private func operandColumns(of table: TableOutput) -> () -> [String] {
    {
      table.statistics.enumerated().flatMap { index, statistic in
        zip(statistic.kind.operands, Self.operandNames(index)).map { operand, name in
          "\(self.memberFragment(of: operand).text) AS \(name)"
        }
      }
    }
  }

  /// What an expression is of each member, computed once for all intervals where it can be.
  private func memberFragment(of expression: Expression) -> SQLFragment {
    let fragment = fragment(of: expression, in: nil)
    return hasIntervals && !fragment.isOfInterval ? patientColumn(for: fragment) : fragment
  }

  private func select(_ breakdown: Breakdown, number: Int, of table: TableOutput) -> String {
    let keys = table.groupings.indices.map { index in
      breakdown.groupings.contains(index) ? "m.g\(index)" : "NULL"
    }
    let statistics = table.statistics.enumerated().flatMap { index, statistic in
      statistic.kind.aggregates(of: Self.operandNames(index).map { "m.\($0)" })
    }
    let interval = table.intervals.map { _ in ["m.interval_number"] } ?? []
    let columns = ["\(number)"] + interval + keys + ["COUNT(*)"] + statistics
    let groups = (interval + breakdown.groupings.map { "m.g\($0)" }).joined(separator: ", ")
    return "SELECT \(columns.joined(separator: ", ")) FROM carrel_members AS m"
      + (groups.isEmpty ? "" : " GROUP BY \(groups)")
  }

  /// The columns of what a statistic is computed from, and of what that is divided by.
  private static func operandNames(_ index: Int) -> [String] { ["n\(index)", "d\(index)"] }

  /// A row for every number of criteria passed that anybody has: the number, then how many have it.
  func statement(of population: Population) -> SQLStatement {
    let patients = selection(["\(passed(of: population)) AS passed"])
    return statement(
      with: patients.stages + ["carrel_people AS MATERIALIZED (\n  \(patients.select))"],
      "SELECT p.passed, COUNT(*) FROM carrel_people AS p GROUP BY p.passed")
  }

  /// A row for every patient in order: the patient's number, then how many criteria are passed.
  func membershipStatement(of population: Population) -> SQLStatement {
    let patients = selection(
      ["s.patient", passed(of: population)], order: "\n  ORDER BY s.patient")
    return statement(with: patients.stages, patients.select)
  }

  /// How many criteria a patient passes before one that is failed.
  private func passed(of population: Population) -> String {
    let failures = population.criteria.enumerated().map { index, criterion in
      let failure = test(criterion, isPassed: false)
      return (failure, "WHEN \(failure.text) THEN \(index) ")
    }
    return failures.isEmpty
      ? "0" : "CASE \(failures.map(\.1).joined())ELSE \(population.criteria.count) END"
  }

  /// A row for every patient in order: the patient's number, then the columns.
  func statement(of columns: [PreviewColumn]) -> SQLStatement {
    let values = columns.enumerated().map { index, column in
      "\(fragment(of: column.expression, in: nil).text) AS c\(index)"
    }
    let patients = selection(["s.patient"] + values, order: "\n  ORDER BY s.patient")
    return statement(with: patients.stages, patients.select)
  }

  /// Whether a criterion lets a patient pass, or fails; never missing.
  private func test(_ criterion: Criterion, isPassed: Bool) -> SQLFragment {
    let condition = fragment(of: criterion.condition, in: nil)
    let mustHold = criterion.isExclusion != isPassed
    return combine([condition], .boolean, nil) { texts in
      "(\(texts[0]) IS \(mustHold ? "TRUE" : "NOT TRUE"))"
    }
  }
}
