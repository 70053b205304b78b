/// One record of a CSV table: its fields as bytes, quotes removed.
///
/// A reader fills the same record again and again, so that reading a table allocates nothing per
/// row.
public struct CSVRecord: Hashable, Sendable {
  /// The line of the file where the record begins, counted from 1.
  public internal(set) var line = 1
  var bytes: [UInt8] = []
  var ranges: [Range<Int>] = []

  /// A record without fields, for a reader to fill.
  public init() {}

  /// How many fields the record has.
  public var count: Int { ranges.count }

  /// The bytes of a field, which are valid UTF-8.
  public subscript(index: Int) -> ArraySlice<UInt8> { bytes[ranges[index]] }

  /// The text of a field.
  public func text(_ index: Int) -> String { String(decoding: self[index], as: UTF8.self) }

  /// The texts of all fields.
  public var texts: [String] { ranges.indices.map(text) }

  /// The texts of all fields without white space around them: the names of a header.
  public var header: [String] { texts.map(\.trimmed) }

  mutating func reset(line: Int) {
    self.line = line
    bytes.removeAll(keepingCapacity: true)
    ranges.removeAll(keepingCapacity: true)
  }
}

extension String {
  /// The text without white space at either end.
  var trimmed: String {
    var scalars = Substring(self).unicodeScalars
    while scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
    while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
    return String(scalars)
  }
}
