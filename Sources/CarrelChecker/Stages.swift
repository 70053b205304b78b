import CarrelCatalogue
import CarrelPlan
import CarrelSyntax

// A study and its plan share their words: both have tables, populations and expressions. In the
// checker, which holds both, each word says whose it is.

/// What a study says, as the parser read it.
enum Written {
  typealias Expression = CarrelSyntax.Expression
  typealias Population = CarrelSyntax.Population
  typealias Criterion = CarrelSyntax.Criterion
  typealias Table = CarrelSyntax.Table
  typealias Statistic = CarrelSyntax.Statistic
  typealias Grouping = CarrelSyntax.Grouping
  typealias Intervals = CarrelSyntax.Intervals
  typealias BinaryOperator = CarrelSyntax.BinaryOperator
  typealias SortKey = CarrelSyntax.SortKey
  typealias Choice = CarrelSyntax.Choice
}

/// What an engine is asked, as the plan says it.
enum Lowered {
  typealias Expression = CarrelPlan.Expression
  typealias Population = CarrelPlan.Population
  typealias Criterion = CarrelPlan.Criterion
  typealias Statistic = CarrelPlan.Statistic
  typealias Grouping = CarrelPlan.Grouping
  typealias Intervals = CarrelPlan.Intervals
  typealias BinaryOperator = CarrelPlan.BinaryOperator
  typealias UnaryOperator = CarrelPlan.UnaryOperator
  typealias SortKey = CarrelPlan.SortKey
  typealias Branch = CarrelPlan.Branch
}

/// A table that a study may name.
typealias SchemaTable = CarrelCatalogue.Table
/// A column that a study may name.
typealias SchemaColumn = CarrelCatalogue.Column
