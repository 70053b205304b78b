internal import CarrelPlan
internal import CarrelValues

// Questions about a patient's rows. A picked row is its position among the patient's stored rows.
extension ReferencePatient {
  func columnValue(_ column: Int, of row: RowAtHand?) -> Value {
    guard let row else { preconditionFailure("a column is of the row at hand") }
    return row.columns[column]
  }

  func place(_ place: SequencePlace, of row: RowAtHand?) -> Value {
    guard let found = row?.place else { preconditionFailure("a place is in a sequence") }
    switch place {
    case .previous: return .known(found.previous)
    case .next: return .known(found.next)
    case .position: return .known(found.number)
    }
  }

  func columnValue(_ column: Int, ofRow picked: Value, in table: Int) -> Value {
    guard case .integer(let position) = picked else { return .missing }
    return rows[table][position][column]
  }

  func answer(to query: RowQuery) -> Value {
    switch query {
    case .any(let set): return .boolean(!rows(in: set).isEmpty)
    case .count(let set): return .integer(rows(in: set).count)
    case .countDistinct(let set, let operand):
      return .integer(Set(knownValues(of: operand, over: set)).count)
    case .countEpisodes(let set, let date, let gapDays):
      return .integer(episodes(of: knownValues(of: date, over: set), gapDays: gapDays))
    case .sum(let set, let operand): return Self.sum(of: knownValues(of: operand, over: set))
    case .mean(let set, let operand): return Self.mean(of: knownValues(of: operand, over: set))
    case .extremum(let end, let set, let operand):
      return extremum(end, of: knownValues(of: operand, over: set))
    case .pick(let pick): return row(picked: pick)
    }
  }

  /// The rows for which the set's condition holds, in stored order.
  private func rows(in set: RowSet) -> [RowAtHand] {
    let table = rows[set.table]
    let all =
      set.sequence.map { sequence($0, of: set.table) }
      ?? table.indices.map {
        RowAtHand(columns: table[$0], position: $0)
      }
    guard let condition = set.condition else { return all }
    return all.filter { value(of: condition, at: $0).holds }
  }

  /// The rows of a sequence, each with its place, in stored order.
  private func sequence(_ sequence: RowSequence, of table: Int) -> [RowAtHand] {
    let all = ordered(
      rows(in: RowSet(table: table, condition: sequence.condition)), by: sequence.order)
    let placed = all.filter { !$0.keys[0].isMissing }.map(\.row)
    let unplaced = all.filter { $0.keys[0].isMissing }.map { $0.row.placed(at: RowAtHand.Place()) }
    let numbered = placed.indices.map { index in
      placed[index].placed(
        at: RowAtHand.Place(
          number: index + 1, previous: index > 0 ? placed[index - 1].position : nil,
          next: index + 1 < placed.count ? placed[index + 1].position : nil))
    }
    return (unplaced + numbered).sorted { $0.position < $1.position }
  }

  /// What an expression gives for each row of a set, missing values among them.
  func values(of operand: Expression, over set: RowSet) -> [Value] {
    rows(in: set).map { value(of: operand, at: $0) }
  }

  private func knownValues(of operand: Expression, over set: RowSet) -> [Value] {
    values(of: operand, over: set).filter { !$0.isMissing }
  }

  private func episodes(of dates: [Value], gapDays: Int) -> Int {
    let days = dates.map { date in
      guard case .date(let date) = date else { preconditionFailure("episodes are of dates") }
      return date.dayNumber
    }.sorted()
    let gaps = zip(days, days.dropFirst()).map { $1 - $0 }
    return days.isEmpty ? 0 : 1 + gaps.filter { $0 > gapDays }.count
  }

  /// The row that a pick chooses, an integer, or missing where there is none.
  private func row(picked pick: Pick) -> Value {
    var candidates = ordered(rows(in: pick.rows), by: pick.order)
    if !pick.includesMissing { candidates.removeAll { $0.keys[0].isMissing } }
    let place: Int
    switch pick.position {
    case .first: place = 0
    case .last: place = candidates.count - 1
    case .nth(let number): place = max(number, 0) - 1
    }
    return candidates.indices.contains(place) ? .integer(candidates[place].row.position) : .missing
  }

  private struct OrderedRow {
    let keys: [Value]
    let row: RowAtHand
  }

  private func ordered(_ rows: [RowAtHand], by order: [SortKey]) -> [OrderedRow] {
    rows.map { row in
      OrderedRow(keys: order.map { value(of: $0.expression, at: row) }, row: row)
    }.sorted { isBefore($0, $1, in: order) }
  }

  private func isBefore(_ left: OrderedRow, _ right: OrderedRow, in order: [SortKey]) -> Bool {
    for (key, (a, b)) in zip(order, zip(left.keys, right.keys)) where a != b {
      return key.isDescending ? a > b : a < b
    }
    for (a, b) in zip(left.row.columns, right.row.columns) where a != b { return a < b }
    return left.row.position < right.row.position
  }
}

// Sums are exact before they are rounded once, so that no order of rows or patients can change them.
extension ReferencePatient {
  /// The sum of known integers or decimals; missing when there are none or it is out of range.
  static func sum(of numbers: [Value]) -> Value {
    guard let first = numbers.first else { return .missing }
    if case .integer = first {
      var sum = ExactIntegerSum()
      for case .integer(let integer) in numbers { sum.add(integer) }
      return .known(sum.total)
    }
    return .known(exactSum(of: numbers).total)
  }

  /// The sample standard deviation of known integers or decimals; missing for fewer than two.
  static func standardDeviation(of numbers: [Value]) -> Value {
    var moments = ExactMoments()
    for number in numbers {
      switch number {
      case .integer(let integer): moments.add(integer)
      case .decimal(let decimal): moments.add(decimal)
      default: preconditionFailure("a measure is a number")
      }
    }
    return .known(moments.standardDeviation)
  }

  private static func mean(of numbers: [Value]) -> Value {
    numbers.isEmpty ? .missing : .known(exactSum(of: numbers).mean(of: numbers.count))
  }

  private static func exactSum(of numbers: [Value]) -> ExactSum {
    var sum = ExactSum()
    for number in numbers {
      switch number {
      case .integer(let integer): sum.add(integer)
      case .decimal(let decimal): sum.add(decimal)
      default: preconditionFailure("a sum is of numbers")
      }
    }
    return sum
  }
}
