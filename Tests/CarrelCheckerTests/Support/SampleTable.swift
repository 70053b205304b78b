import CarrelChecker
import CarrelPlan
import Testing

/// A study of one table, and that table as the plan has it.
func table(_ clauses: String, of criteria: String = "include true") throws -> TableOutput {
  let study = try checked(
    """
    define age = age_on(2024-01-01)
    define band = bands of age at (18, 65)
    define home = last row of addresses by start_date
    define heavy = any admissions where bed_days > 5
    population everyone \(criteria)
    table t of everyone \(clauses)
    """)
  guard case .table(let table)? = study.plan.outputs.first else {
    throw NoTable()
  }
  return table
}

struct NoTable: Error {}
