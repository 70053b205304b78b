import CarrelPlan
import CarrelValues

/// Random tables and nasty records: missing values everywhere, the ends of every range, duplicates,
/// texts that SQL or Unicode could read as something else, patients without rows.
struct RandomRecords {
  private(set) var tables: [TableUse] = []
  private(set) var patients: [[[[Value]]]] = []

  init(using random: inout SplitMix) {
    let names = Self.tableNames.shuffled(using: &random).prefix(random.number(2...4))
    for (index, name) in names.enumerated() {
      tables.append(
        Self.table(index, name, hasOneRow: index > 0 && random.chance(40), using: &random))
    }
    let patientCount = random.number(6...9)
    patients = (0..<patientCount).map { _ in
      tables.map { Self.rows(of: $0, using: &random) }
    }
  }

  /// What a statement could mistake for a word, or for a name of its own.
  private static let tableNames = [
    "visits", "order", "a \"quoted\" name", "naïve", "t'; --", "patients", "people", "members",
    "stage_1", "w2", "g", "m", "s", "main", "pragma_table_info",
  ]
  private static let columnNames = [
    "date", "code", "select", "r1", "s", "patient", "x1", "carrel", "group by", "\"", "row", "É",
    "v0", "rowid", "NULL", "true", "carrel_3", "carrel_4", "Carrel_5", "carrel_6",
  ]

  private static func table(
    _ index: Int, _ name: String, hasOneRow: Bool, using random: inout SplitMix
  ) -> TableUse {
    let names = columnNames.shuffled(using: &random)
    // The first table has a column of each type, so that every operator finds its operands.
    let types =
      index == 0
      ? ScalarType.allCases + [random.one(of: ScalarType.allCases)]
      : (0..<random.number(1...5)).map { _ in random.one(of: ScalarType.allCases) }
    return TableUse(
      name: name, hasOneRowPerPatient: hasOneRow,
      columns: zip(names, types).map { ColumnUse(name: $0, type: $1) })
  }

  private static func rows(of table: TableUse, using random: inout SplitMix) -> [[Value]] {
    let count =
      table.hasOneRowPerPatient ? random.number(0...1) : max(0, random.number(-1...5))
    var rows: [[Value]] = []
    for _ in 0..<count {
      if let last = rows.last, random.chance(15) {
        rows.append(last)
      } else {
        rows.append(table.columns.map { value(of: $0.type, using: &random) })
      }
    }
    return rows
  }

  /// A value as records may hold it; missing a quarter of the time.
  static func value(of type: ScalarType, using random: inout SplitMix) -> Value {
    if random.chance(25) { return .missing }
    return switch type {
    case .boolean: .boolean(random.chance(50))
    case .integer: .integer(random.chance(60) ? random.number(-3...12) : random.one(of: integers))
    case .decimal:
      random.chance(60)
        ? .decimal(Double(random.number(-12...12)) / 4) : .decimal(random.one(of: decimals))
    case .text: .text(random.one(of: texts))
    case .date: .date(random.one(of: dates))
    }
  }

  /// The ends of the range more than once, so that they meet every operator.
  static let integers = [
    Int.min, Int.min, Int.min, Int.min, Int.max, Int.max, Int.max, Int.min + 1, Int.max,
    Int.max - 1, 1 << 53 + 1, -(1 << 53) - 1, 1 << 32, 2_024,
    1_900, 9_999, 31, 29, 3_037_000_500, -3_000_000_000,
  ]
  static let decimals = [
    -0.0, 0.1, 0.2, -0.3, 1e16, -1e16, 1e308, -1e308, .greatestFiniteMagnitude,
    .leastNonzeroMagnitude,
    2.225_073_858_507_201_4e-308, 9_223_372_036_854_775_808, -9_223_372_036_854_775_808,
    9_007_199_254_740_991.5, 0.499_999_999_999_999_94, 1_000_000,
  ]
  static let texts = [
    "", "a", "A", "ab", "b", "a%", "%", "_", "a_b", "a'b", "a\"b", " a", "a ", "é", "e\u{301}",
    "👩‍🔬", "🔬", "\u{fffd}", "J45", "J45.9", "J4", "I21", "I21 J45.9", "I21,J4||X", "12", "12.0",
    "NULL", "\u{0}", "a\u{0}b",
  ]
  static let dates = [
    "1900-01-01", "1900-01-31", "9999-12-31", "9999-12-01", "2020-02-29", "2020-02-28",
    "2020-03-01", "2020-03-31", "2020-03-15", "2020-03-20", "2019-12-31", "2020-01-01",
    "1970-01-01", "1969-12-31", "2021-02-28", "2000-02-29",
  ].compactMap { CivilDate(iso: $0) }
}
