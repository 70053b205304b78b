internal import CarrelStore
internal import CarrelValues

extension SQLFunctions {
  /// Lets SQL call the aggregates that say how values are spread.
  static func registerSpread(on database: Database) throws(StoreError) {
    try database.register(
      aggregate: SQLFunction.standardDeviation.rawValue, argumentCount: 1, initial: ExactMoments(),
      step: { moments, arguments in
        if let integer = arguments.integer(at: 0) {
          moments.add(integer)
        } else if let decimal = arguments.decimal(at: 0) {
          moments.add(decimal)
        }
      },
      finish: { moments in moments.standardDeviation.map { .decimal($0) } ?? .null })
    try database.register(
      aggregate: SQLFunction.quantile.rawValue, argumentCount: 4, initial: QuantileState(),
      step: { state, arguments in state.add(arguments) },
      finish: { state in state.figures.map { .text($0.text) } ?? .null })
    try database.register(
      aggregate: SQLFunction.integerConcentration.rawValue, argumentCount: 1, initial: [Int](),
      step: { integers, arguments in
        if let integer = arguments.integer(at: 0) { integers.append(integer) }
      },
      finish: { integers in .text(Concentration(of: integers).text) })
    try database.register(
      aggregate: SQLFunction.decimalConcentration.rawValue, argumentCount: 1, initial: [Double](),
      step: { decimals, arguments in
        if let decimal = arguments.decimal(at: 0) { decimals.append(decimal) }
      },
      finish: { decimals in .text(Concentration(of: decimals).text) })
  }
}

/// The numbers of a group of which a quantile is taken.
private struct QuantileState {
  private var numbers: [Double] = []
  private var hundredths = 0
  private var bins = BinScale.none

  /// Adds the first argument, if it is known; the others are the same for every row of a group.
  mutating func add(_ arguments: borrowing FunctionArguments) {
    guard let number = arguments.decimal(at: 0), let hundredths = arguments.integer(at: 1),
      let decimals = arguments.integer(at: 2), let count = arguments.integer(at: 3)
    else { return }
    numbers.append(number)
    self.hundredths = hundredths
    bins = BinScale(decimals: decimals, count: count)
  }

  var figures: QuantileFigures? {
    if numbers.isEmpty { return nil }
    return Quantile(hundredths: hundredths).figures(of: numbers, bins: bins)
      .map { QuantileFigures(value: $0.value, peopleByBin: $0.numbersByBin) }
  }
}

/// A quantile and the number of people in each bin around it, as one column of a statement.
struct QuantileFigures {
  let value: Double
  let peopleByBin: [Int]

  /// The bits of the quantile, then the numbers of people.
  fileprivate var text: String {
    ([String(value.bitPattern)] + peopleByBin.map(String.init)).joined(separator: " ")
  }
}

extension QuantileFigures {
  /// Reads the column back.
  init(reading text: String) {
    let parts = text.split(separator: " ")
    guard let first = parts.first, let bits = UInt64(first) else {
      preconditionFailure("a quantile is written by its own aggregate")
    }
    self.init(
      value: Double(bitPattern: bits), peopleByBin: parts.dropFirst().compactMap { Int($0) })
  }
}

extension Concentration {
  /// Its numbers, as one column of a statement.
  fileprivate var text: String {
    ([commonest, remainderPercentage] + largestPercentages).map(String.init).joined(separator: " ")
  }

  /// Reads the column back.
  init(reading text: String) {
    let numbers = text.split(separator: " ").compactMap { Int($0) }
    precondition(
      numbers.count == 2 + Self.mostLargest, "a concentration is written by its own aggregate")
    self.init(
      commonest: numbers[0], largestPercentages: Array(numbers[2...]),
      remainderPercentage: numbers[1])
  }
}
