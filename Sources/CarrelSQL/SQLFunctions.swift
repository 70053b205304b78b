internal import CarrelStore
internal import CarrelValues

/// What generated SQL calls, on one connection.
///
/// Every function is one of `CarrelValues`, so that what SQL computes with it is what the reference
/// engine computes. A null argument gives null, except where missing values are passed over.
struct SQLFunctions {
  /// The code lists of the plan at hand, which statements refer to by position.
  ///
  /// The functions share it, and a connection may keep its functions for longer than an engine.
  final class Codelists {
    var tables: [CodeTable] = []
  }

  let codelists = Codelists()
  private let database: Database

  init(on database: Database) throws(StoreError) {
    self.database = database
    try registerIntegers()
    try registerDecimals()
    try registerDates()
    try registerTexts()
    try registerCodelists()
    try registerExtrema()
    try registerSums()
    try Self.registerSpread(on: database)
  }

  private func register(
    _ function: SQLFunction, _ argumentCount: Int,
    _ body: @escaping (borrowing FunctionArguments) -> StoreValue?
  ) throws(StoreError) {
    try database.register(function: function.rawValue, argumentCount: argumentCount) { arguments in
      body(arguments) ?? .null
    }
  }
}

extension SQLFunctions {
  private func registerIntegers() throws(StoreError) {
    try integers(.integerAdd, Arithmetic.add)
    try integers(.integerSubtract, Arithmetic.subtract)
    try integers(.integerMultiply, Arithmetic.multiply)
    try integers(.floorDivide, Arithmetic.floorDivide)
    try integers(.modulo, Arithmetic.modulo)
    for (function, body) in [
      (SQLFunction.integerNegate, Arithmetic.negate as (Int) -> Int?),
      (.integerAbsolute, Arithmetic.absolute),
    ] {
      try register(function, 1) { arguments in
        arguments.integer(at: 0).flatMap(body).map { .integer($0) }
      }
    }
  }

  private func integers(
    _ function: SQLFunction, _ body: @escaping (Int, Int) -> Int?
  ) throws(StoreError) {
    try register(function, 2) { arguments in
      guard let left = arguments.integer(at: 0), let right = arguments.integer(at: 1) else {
        return nil
      }
      return body(left, right).map { .integer($0) }
    }
  }

  private func registerDecimals() throws(StoreError) {
    try decimals(.decimalAdd, Arithmetic.add)
    try decimals(.decimalSubtract, Arithmetic.subtract)
    try decimals(.decimalMultiply, Arithmetic.multiply)
    try decimals(.divide, Arithmetic.divide)
    try decimals(.power, Arithmetic.power)
    for (function, body) in [
      (SQLFunction.squareRoot, Arithmetic.squareRoot as (Double) -> Double?),
      (.logarithm, Arithmetic.logarithm), (.exponential, Arithmetic.exponential),
    ] {
      try register(function, 1) { arguments in
        arguments.decimal(at: 0).flatMap(body).map { .decimal($0) }
      }
    }
    for (function, body) in [
      (SQLFunction.floor, Arithmetic.floor as (Double) -> Int?), (.round, Arithmetic.round),
    ] {
      try register(function, 1) { arguments in
        arguments.decimal(at: 0).flatMap(body).map { .integer($0) }
      }
    }
  }

  private func decimals(
    _ function: SQLFunction, _ body: @escaping (Double, Double) -> Double?
  ) throws(StoreError) {
    try register(function, 2) { arguments in
      guard let left = arguments.decimal(at: 0), let right = arguments.decimal(at: 1) else {
        return nil
      }
      return body(left, right).map { .decimal($0) }
    }
  }
}

extension SQLFunctions {
  private func registerDates() throws(StoreError) {
    for (function, part) in [
      (SQLFunction.year, \CivilDate.year), (.month, \.month), (.day, \.day),
      (.firstOfMonth, \.firstOfMonth.dayNumber), (.firstOfYear, \.firstOfYear.dayNumber),
    ] {
      try register(function, 1) { arguments in
        arguments.date(at: 0).map { .integer($0[keyPath: part]) }
      }
    }
    for (function, unit) in [
      (SQLFunction.moveDays, CalendarUnit.days), (.moveWeeks, .weeks), (.moveMonths, .months),
      (.moveYears, .years),
    ] {
      try register(function, 2) { arguments in
        guard let date = arguments.date(at: 0), let count = arguments.integer(at: 1) else {
          return nil
        }
        return date.adding(count, unit).map { .integer($0.dayNumber) }
      }
    }
    for (function, unit) in [
      (SQLFunction.spanWeeks, CalendarUnit.weeks), (.spanMonths, .months), (.spanYears, .years),
    ] {
      try register(function, 2) { arguments in
        guard let start = arguments.date(at: 0), let end = arguments.date(at: 1) else {
          return nil
        }
        return .integer(CivilDate.span(unit, from: start, to: end))
      }
    }
    try register(.makeDate, 3) { arguments in
      guard let year = arguments.integer(at: 0), let month = arguments.integer(at: 1),
        let day = arguments.integer(at: 2)
      else { return nil }
      return CivilDate(year: year, month: month, day: day).map { .integer($0.dayNumber) }
    }
  }

  private func registerTexts() throws(StoreError) {
    try texts(.contains) { TextMatching.contains($0, $1) }
    try texts(.hasPrefix) { TextMatching.hasPrefix($0, $1) }
    try texts(.anyCodeHasPrefix) { field, prefix in
      TextMatching.anyCode(in: field) { TextMatching.hasPrefix($0, prefix) }
    }
  }

  private func texts(
    _ function: SQLFunction, _ body: @escaping (Span<UInt8>, Span<UInt8>) -> Bool
  ) throws(StoreError) {
    try register(function, 2) { arguments in
      arguments.withText(at: 0) { left -> Bool? in
        arguments.withText(at: 1) { right in body(left, right) }
      }.flatMap { $0 }.map { .integer($0 ? 1 : 0) }
    }
  }
}

extension SQLFunctions {
  private func registerCodelists() throws(StoreError) {
    try codes(.inCodelist) { .truth($0.position(of: $1) != nil) }
    try codes(.prefixInCodelist) { .truth($0.hasPrefix(of: $1)) }
    try codes(.anyPrefixInCodelist) { table, field in
      .truth(TextMatching.anyCode(in: field) { table.hasPrefix(of: $0) })
    }
    try codes(.category) { table, code in
      table.position(of: code).map { .text(table.categories[$0]) }
    }
  }

  private func codes(
    _ function: SQLFunction, _ body: @escaping (CodeTable, Span<UInt8>) -> StoreValue?
  ) throws(StoreError) {
    try register(function, 2) { [codelists] arguments in
      guard let handle = arguments.integer(at: 1) else { return nil }
      return arguments.withText(at: 0) { body(codelists.tables[handle], $0) }.flatMap { $0 }
    }
  }

  private func registerExtrema() throws(StoreError) {
    try extremum(.least) { $0 < $1 }
    try extremum(.greatest) { $0 > $1 }
  }

  private func extremum(
    _ function: SQLFunction, _ isBetter: @escaping (Value, Value) -> Bool
  ) throws(StoreError) {
    try register(function, -1) { arguments in
      var best = (value: Value.missing, stored: StoreValue.null)
      for index in 0..<arguments.count {
        let stored = arguments[index]
        let value = Value(comparing: stored)
        if !value.isMissing, best.value.isMissing || isBetter(value, best.value) {
          best = (value, stored)
        }
      }
      return best.stored
    }
  }
}

extension SQLFunctions {
  private func registerSums() throws(StoreError) {
    try database.register(
      aggregate: SQLFunction.integerSum.rawValue, argumentCount: 1,
      initial: (sum: ExactIntegerSum(), count: 0),
      step: { state, arguments in
        guard let integer = arguments.integer(at: 0) else { return }
        state.sum.add(integer)
        state.count += 1
      },
      finish: { state in
        state.count == 0 ? .null : state.sum.total.map { .integer($0) } ?? .null
      })
    try exactSums(.decimalSum) { sum, _ in sum.total }
    try exactSums(.mean) { sum, count in sum.mean(of: count) }
  }

  private func exactSums(
    _ function: SQLFunction, _ finish: @escaping (ExactSum, Int) -> Double?
  ) throws(StoreError) {
    try database.register(
      aggregate: function.rawValue, argumentCount: 1, initial: (sum: ExactSum(), count: 0),
      step: { state, arguments in
        if let integer = arguments.integer(at: 0) {
          state.sum.add(integer)
        } else if let decimal = arguments.decimal(at: 0) {
          state.sum.add(decimal)
        } else {
          return
        }
        state.count += 1
      },
      finish: { state in
        state.count == 0 ? .null : finish(state.sum, state.count).map { .decimal($0) } ?? .null
      })
  }
}

extension FunctionArguments {
  /// An argument that is the number of a representable day, or `nil` for anything else.
  fileprivate borrowing func date(at index: Int) -> CivilDate? {
    integer(at: index).flatMap { CivilDate(dayNumber: $0) }
  }
}

extension StoreValue {
  /// A boolean as it is stored.
  fileprivate static func truth(_ boolean: Bool) -> StoreValue { .integer(boolean ? 1 : 0) }
}

extension Value {
  /// A stored value for comparing with others of its type, whatever that type means.
  fileprivate init(comparing stored: StoreValue) {
    self =
      switch stored {
      case .null, .blob: .missing
      case .integer(let integer): .integer(integer)
      case .decimal(let decimal): .decimal(decimal)
      case .text(let text): .text(text)
      }
  }
}
