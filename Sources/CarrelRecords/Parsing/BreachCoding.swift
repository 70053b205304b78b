internal import CarrelCatalogue

/// How a breach of format crosses from the process that parses: a number for each rule.
private enum RuleCode: UInt8 {
  case ragged, invalidUTF8, zeroByte, unclosedQuote, strayQuote, strayCarriageReturn, tooLong
  case empty, header, type, unknownLevel, missing, secondRow, identifier
  case hash, size, damagedCompression, expandsTooMuch

  init(_ rule: FormatBreach.Rule) {
    switch rule {
    case .csv(let reason): self.init(reason)
    case .empty: self = .empty
    case .header: self = .header
    case .type: self = .type
    case .unknownLevel: self = .unknownLevel
    case .missing: self = .missing
    case .secondRow: self = .secondRow
    case .identifier: self = .identifier
    case .hash: self = .hash
    case .size: self = .size
    case .damagedCompression: self = .damagedCompression
    case .expandsTooMuch: self = .expandsTooMuch
    case .repeatedKey, .unknownReference:
      preconditionFailure("keys are compared where they are kept")
    }
  }

  private init(_ reason: CSVError.Reason) {
    switch reason {
    case .ragged: self = .ragged
    case .invalidUTF8: self = .invalidUTF8
    case .zeroByte: self = .zeroByte
    case .unclosedQuote: self = .unclosedQuote
    case .strayQuote: self = .strayQuote
    case .strayCarriageReturn: self = .strayCarriageReturn
    case .tooLong: self = .tooLong
    }
  }
}

extension FrameWriter {
  /// Writes a breach of one table's format.
  func write(_ breach: FormatBreach, of resource: Resource) throws {
    guard let file = resource.paths.firstIndex(of: breach.file) else {
      preconditionFailure("a breach is in a file of its table")
    }
    begin(.breach)
    append(UInt16(file))
    append(UInt64(breach.line ?? 0))
    let field = breach.field.flatMap { name in resource.fields.firstIndex { $0.name == name } }
    append(field.map { UInt16($0) } ?? ParserFrame.noField)
    append(RuleCode(breach.rule).rawValue)
    switch breach.rule {
    case .csv(.ragged(let expected, let found)):
      append(UInt32(clamping: expected))
      append(UInt32(clamping: found))
    case .header(let mismatch): write(mismatch, of: resource)
    default: break
    }
    try end()
  }

  /// For each field 1 where it is missing and 2 where it is repeated, then how many columns more.
  private func write(_ mismatch: HeaderMismatch, of resource: Resource) {
    for field in resource.fields {
      append(
        UInt8(
          mismatch.missing.contains(field.name)
            ? 1 : mismatch.repeated.contains(field.name) ? 2 : 0))
    }
    append(UInt32(truncatingIfNeeded: Int32(clamping: mismatch.unexpectedCount)))
  }
}

extension FrameReader {
  /// Reads a breach of one table's format.
  mutating func breach(of resource: Resource) throws(ParserNonsense) -> FormatBreach {
    let file = Int(try number(UInt16.self))
    let line = try line()
    let field = try number(UInt16.self)
    guard file < resource.paths.count, field == ParserFrame.noField || field < resource.fields.count
    else { throw ParserNonsense() }
    let described = field == ParserFrame.noField ? nil : resource.fields[Int(field)]
    let rule = try rule(of: resource, described)
    return FormatBreach(
      resource.paths[file], line: line == 0 ? nil : line, field: described?.name, rule)
  }

  /// The number of a line, which a place has room for; 0 for none.
  mutating func line() throws(ParserNonsense) -> Int {
    let line = try number(UInt64.self)
    guard line < 1 << 40 else { throw ParserNonsense() }
    return Int(line)
  }

  private mutating func rule(
    of resource: Resource, _ field: Field?
  ) throws(ParserNonsense) -> FormatBreach.Rule {
    guard let code = RuleCode(rawValue: try number()) else { throw ParserNonsense() }
    switch code {
    case .ragged:
      return .csv(
        .ragged(expected: Int(try number(UInt32.self)), found: Int(try number(UInt32.self))))
    case .invalidUTF8: return .csv(.invalidUTF8)
    case .zeroByte: return .csv(.zeroByte)
    case .unclosedQuote: return .csv(.unclosedQuote)
    case .strayQuote: return .csv(.strayQuote)
    case .strayCarriageReturn: return .csv(.strayCarriageReturn)
    case .tooLong: return .csv(.tooLong(limitBytes: CSVReader.defaultLimitBytes))
    case .empty: return .empty
    case .header: return .header(try header(of: resource))
    case .type:
      guard let field else { throw ParserNonsense() }
      return .type(field.type)
    case .unknownLevel: return .unknownLevel
    case .missing: return .missing
    case .secondRow: return .secondRow
    case .identifier: return .identifier
    case .hash: return .hash
    case .size: return .size
    case .damagedCompression: return .damagedCompression
    case .expandsTooMuch: return .expandsTooMuch
    }
  }

  private mutating func header(of resource: Resource) throws(ParserNonsense) -> HeaderMismatch {
    var missing: [String] = []
    var repeated: [String] = []
    for field in resource.fields {
      switch try number(UInt8.self) {
      case 0: break
      case 1: missing.append(field.name)
      case 2: repeated.append(field.name)
      default: throw ParserNonsense()
      }
    }
    return HeaderMismatch(
      missing: missing, unexpectedCount: Int(Int32(bitPattern: try number(UInt32.self))),
      repeated: repeated, fieldsMatch: resource.fieldsMatch)
  }
}
