internal import CarrelCatalogue
internal import CarrelStore
internal import CarrelValues

/// How the values of one field cross from the process that parses to the one that stores.
struct ValueCoding {
  private let type: FieldType
  private let levels: [Value]?
  private let numbers: [Value: UInt32]
  private let isRequired: Bool

  /// The coding of a field's values, as they are stored.
  init(_ field: Field, of resource: Resource) {
    type = field.type
    levels = field.levels?.map(\.value)
    numbers = Dictionary(
      (levels ?? []).enumerated().map { ($1, UInt32($0)) }, uniquingKeysWith: { first, _ in first })
    isRequired = resource.demands(field)
  }

  /// Writes a value.
  func write(_ value: Value, to writer: FrameWriter) {
    writer.append(!value.isMissing)
    switch value {
    case .missing: break
    case .boolean(let boolean): writer.append(boolean)
    case .integer(let integer): writer.append(UInt64(bitPattern: Int64(integer)))
    case .decimal(let decimal): writer.append(decimal.bitPattern)
    case .date(let date): writer.append(UInt64(bitPattern: Int64(date.dayNumber)))
    case .text where levels != nil:
      guard let number = numbers[value] else {
        preconditionFailure("a category is one of its levels")
      }
      writer.append(number)
    case .text(let text):
      let bytes = Array(text.utf8)
      writer.append(UInt32(bytes.count))
      writer.append(bytes[...])
    }
  }

  /// Reads a value that may be one of the field's, and fills a parameter with it as records are
  /// stored: dates as numbers of days, booleans as 0 and 1.
  func bind(_ reader: inout FrameReader, to statement: Statement, at index: Int) throws {
    guard try reader.flag() else {
      if isRequired { throw ParserNonsense() }
      return try statement.bindNull(at: index)
    }
    switch type {
    case .boolean: try statement.bind(try reader.flag() ? 1 : 0, at: index)
    case .integer: try statement.bind(try integer(&reader), at: index)
    case .number:
      let number = Double(bitPattern: try reader.number())
      guard number.isFinite else { throw ParserNonsense() }
      try statement.bind(number, at: index)
    case .date, .datetime:
      guard let date = CivilDate(dayNumber: try reader.integer()) else { throw ParserNonsense() }
      try statement.bind(date.dayNumber, at: index)
    case .string: try bindText(&reader, to: statement, at: index)
    }
  }

  private func integer(_ reader: inout FrameReader) throws(ParserNonsense) -> Int {
    let integer = try reader.integer()
    guard levels?.contains(.integer(integer)) != false else { throw ParserNonsense() }
    return integer
  }

  private func bindText(
    _ reader: inout FrameReader, to statement: Statement, at index: Int
  ) throws {
    let number = try reader.number(UInt32.self)
    if let levels {
      guard number < levels.count, case .text(let level) = levels[Int(number)] else {
        throw ParserNonsense()
      }
      return try statement.bind(level, at: index)
    }
    let bytes = try reader.take(Int(number))
    guard bytes.count <= CSVReader.defaultLimitBytes, !bytes.contains(0),
      let text = String(validating: bytes, as: UTF8.self)
    else { throw ParserNonsense() }
    try statement.bind(text, at: index)
  }
}

extension FrameReader {
  /// The next eight bytes as an integer.
  fileprivate mutating func integer() throws(ParserNonsense) -> Int {
    Int(Int64(bitPattern: try number(UInt64.self)))
  }
}

extension Resource {
  /// Whether every row has a value of a field.
  func demands(_ field: Field) -> Bool {
    field.constraints.isRequired || field.privacy == .personIdentifier
      || primaryKey.contains(field.name)
  }
}
