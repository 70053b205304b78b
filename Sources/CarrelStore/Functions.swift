internal import CSQLite

/// The arguments of one call of a function that SQL makes; lent for the length of the call.
public struct FunctionArguments: ~Copyable {
  /// How many arguments there are.
  public let count: Int
  private let values: UnsafeMutablePointer<OpaquePointer?>?

  fileprivate init(count: CInt, values: UnsafeMutablePointer<OpaquePointer?>?) {
    self.count = Int(count)
    self.values = values
  }

  private func handle(at index: Int) -> OpaquePointer? {
    precondition(index >= 0 && index < count, "an argument is counted from 0")
    return values?[index]
  }

  /// Whether an argument is null.
  public func isNull(at index: Int) -> Bool {
    sqlite3_value_type(handle(at: index)) == SQLITE_NULL
  }

  /// An argument that is an integer, or `nil` for anything else.
  public func integer(at index: Int) -> Int? {
    let value = handle(at: index)
    return sqlite3_value_type(value) == SQLITE_INTEGER ? Int(sqlite3_value_int64(value)) : nil
  }

  /// An argument that is a number of either kind, or `nil` for anything else.
  public func decimal(at index: Int) -> Double? {
    let value = handle(at: index)
    switch sqlite3_value_type(value) {
    case SQLITE_INTEGER, SQLITE_FLOAT: return sqlite3_value_double(value)
    default: return nil
    }
  }

  /// An argument that is a text, or `nil` for anything else.
  public func text(at index: Int) -> String? {
    let value = handle(at: index)
    guard sqlite3_value_type(value) == SQLITE_TEXT else { return nil }
    return Self.withBytes(of: value) { String(decoding: $0, as: UTF8.self) }
  }

  /// Lends the UTF-8 bytes of an argument that is a text, for the length of one call.
  ///
  /// The result is `nil` where the argument is anything else.
  public func withText<Result>(at index: Int, _ body: (Span<UInt8>) -> Result) -> Result? {
    let value = handle(at: index)
    guard sqlite3_value_type(value) == SQLITE_TEXT else { return nil }
    return Self.withBytes(of: value) { bytes in
      bytes.withMemoryRebound(to: UInt8.self) { body($0.span) }
    }
  }

  /// An argument of any type.
  public subscript(index: Int) -> StoreValue {
    let value = handle(at: index)
    return switch sqlite3_value_type(value) {
    case SQLITE_INTEGER: .integer(Int(sqlite3_value_int64(value)))
    case SQLITE_FLOAT: .decimal(sqlite3_value_double(value))
    case SQLITE_TEXT: .text(Self.withBytes(of: value) { String(decoding: $0, as: UTF8.self) })
    case SQLITE_BLOB: .blob(Self.withBytes(of: value) { Array($0) })
    default: .null
    }
  }

  private static func withBytes<Result>(
    of value: OpaquePointer?, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    let start = sqlite3_value_blob(value)
    let count = Int(sqlite3_value_bytes(value))
    return body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
  }
}

extension Database {
  /// Lets SQL call a function of its arguments.
  ///
  /// - Parameters:
  ///   - name: The name in SQL, at most 255 bytes.
  ///   - argumentCount: How many arguments it takes; -1 for any number.
  ///   - isDeterministic: Whether equal arguments always give equal results, which lets SQLite
  ///     compute a call once.
  ///   - body: The function. A value that has no result is null; a function never fails.
  /// - Throws: ``StoreError`` where SQLite does not take the name or the number of arguments.
  public func register(
    function name: String, argumentCount: Int, isDeterministic: Bool = true,
    _ body: @escaping (borrowing FunctionArguments) -> StoreValue
  ) throws(StoreError) {
    let function = Unmanaged.passRetained(ScalarFunction(body: body)).toOpaque()
    let code = sqlite3_create_function_v2(
      connection, name, CInt(argumentCount), Self.flags(isDeterministic), function,
      { context, count, values in
        let function = userData(of: context, as: ScalarFunction.self)
        answer(context, function.body(FunctionArguments(count: count, values: values)))
      }, nil, nil, { releaseUserData($0) })
    guard code == SQLITE_OK else { throw StoreError(.register, name, code: code) }
  }

  /// Lets SQL call an aggregate, which folds the rows of a group into a state.
  ///
  /// - Parameters:
  ///   - name: The name in SQL, at most 255 bytes.
  ///   - argumentCount: How many arguments it takes; -1 for any number.
  ///   - initial: The state before the first row of a group; also the state of a group of no rows.
  ///   - step: Takes one row into the state.
  ///   - finish: The result of a group.
  /// - Throws: ``StoreError`` where SQLite does not take the name or the number of arguments.
  public func register<State>(
    aggregate name: String, argumentCount: Int, initial: State,
    step: @escaping (inout State, borrowing FunctionArguments) -> Void,
    finish: @escaping (State) -> StoreValue
  ) throws(StoreError) {
    let definition = AggregateFunction(
      makeState: { AggregateState(initial) },
      step: { state, arguments in
        step(&unsafeDowncast(state, to: AggregateState<State>.self).value, arguments)
      },
      finish: { finish(unsafeDowncast($0, to: AggregateState<State>.self).value) })
    let code = sqlite3_create_function_v2(
      connection, name, CInt(argumentCount), Self.flags(true),
      Unmanaged.passRetained(definition).toOpaque(), nil, stepAggregate, finishAggregate,
      { releaseUserData($0) })
    guard code == SQLITE_OK else { throw StoreError(.register, name, code: code) }
  }

  /// No function may be called from the schema of a file: only the program's own SQL calls them.
  private static func flags(_ isDeterministic: Bool) -> CInt {
    SQLITE_UTF8 | SQLITE_DIRECTONLY | (isDeterministic ? SQLITE_DETERMINISTIC : 0)
  }
}

private final class ScalarFunction {
  let body: (borrowing FunctionArguments) -> StoreValue

  init(body: @escaping (borrowing FunctionArguments) -> StoreValue) { self.body = body }
}

private final class AggregateFunction {
  let makeState: () -> AnyObject
  let step: (AnyObject, borrowing FunctionArguments) -> Void
  let finish: (AnyObject) -> StoreValue

  init(
    makeState: @escaping () -> AnyObject,
    step: @escaping (AnyObject, borrowing FunctionArguments) -> Void,
    finish: @escaping (AnyObject) -> StoreValue
  ) {
    self.makeState = makeState
    self.step = step
    self.finish = finish
  }
}

private final class AggregateState<State> {
  var value: State

  init(_ value: State) { self.value = value }
}

/// SQLite keeps one pointer for each group, nil before its first row; it owns the group's state.
private func statePointer(
  of context: OpaquePointer?, byteCount: CInt
) -> UnsafeMutablePointer<UnsafeMutableRawPointer?>? {
  sqlite3_aggregate_context(context, byteCount)?
    .assumingMemoryBound(to: UnsafeMutableRawPointer?.self)
}

private func stepAggregate(
  _ context: OpaquePointer?, _ count: CInt, _ values: UnsafeMutablePointer<OpaquePointer?>?
) {
  let definition = userData(of: context, as: AggregateFunction.self)
  let byteCount = CInt(MemoryLayout<UnsafeMutableRawPointer?>.size)
  guard let pointer = statePointer(of: context, byteCount: byteCount) else {
    return sqlite3_result_error_nomem(context)
  }
  let state: AnyObject
  if let existing = pointer.pointee {
    state = Unmanaged<AnyObject>.fromOpaque(existing).takeUnretainedValue()
  } else {
    state = definition.makeState()
    pointer.pointee = Unmanaged.passRetained(state).toOpaque()
  }
  definition.step(state, FunctionArguments(count: count, values: values))
}

/// SQLite calls this once for each group, also where the statement was stopped before its end.
private func finishAggregate(_ context: OpaquePointer?) {
  let definition = userData(of: context, as: AggregateFunction.self)
  if let pointer = statePointer(of: context, byteCount: 0), let existing = pointer.pointee {
    let state = Unmanaged<AnyObject>.fromOpaque(existing).takeRetainedValue()
    pointer.pointee = nil
    answer(context, definition.finish(state))
  } else {
    answer(context, definition.finish(definition.makeState()))
  }
}

private func userData<Object: AnyObject>(
  of context: OpaquePointer?, as type: Object.Type
) -> Object {
  guard let pointer = sqlite3_user_data(context) else {
    preconditionFailure("a registered function has its closure")
  }
  return Unmanaged<Object>.fromOpaque(pointer).takeUnretainedValue()
}

private func releaseUserData(_ pointer: UnsafeMutableRawPointer?) {
  if let pointer { Unmanaged<AnyObject>.fromOpaque(pointer).release() }
}

private func answer(_ context: OpaquePointer?, _ value: StoreValue) {
  switch value {
  case .null: sqlite3_result_null(context)
  case .integer(let integer): sqlite3_result_int64(context, sqlite3_int64(integer))
  case .decimal(let decimal): sqlite3_result_double(context, decimal)
  case .text(var text):
    text.withUTF8 { carrel_result_text(context, $0.baseAddress, UInt64($0.count)) }
  case .blob(let bytes):
    bytes.withUnsafeBytes { carrel_result_blob(context, $0.baseAddress, UInt64($0.count)) }
  }
}
