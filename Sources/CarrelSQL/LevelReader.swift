internal import CarrelEngine
internal import CarrelPlan
internal import CarrelStore
internal import CarrelValues

/// Finds the levels of a table's groupings that the rows of a statement are at.
struct LevelReader {
  private let groupings: [Grouping]
  private let types: [ScalarType]
  /// For each grouping, the position of each level by its value.
  private let positions: [[Value: Int]]

  init(of output: TableOutput, in plan: Plan) {
    groupings = output.groupings
    types = output.groupings.map { plan.type(of: $0.expression) }
    positions = output.groupings.map { grouping in
      let positions = grouping.levels.enumerated().map { ($1.value, $0) }
      return Dictionary(positions) { first, _ in first }
    }
  }

  /// The level of a row in a grouping, where the groupings' values begin at a column.
  func level(
    in grouping: Int, of row: Statement, from first: Int
  ) throws(EngineError) -> Int {
    let value = row.value(at: first + grouping, as: types[grouping])
    guard let level = positions[grouping][value] else {
      throw EngineError.undeclaredLevel(of: groupings[grouping])
    }
    return level
  }
}
