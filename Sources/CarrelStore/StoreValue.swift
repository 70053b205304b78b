/// One value as SQLite stores it.
public enum StoreValue: Hashable, Sendable {
  case null
  case integer(Int)
  /// Never NaN, which SQLite stores as null.
  case decimal(Double)
  case text(String)
  case blob([UInt8])
}
