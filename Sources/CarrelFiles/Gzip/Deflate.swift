/// The bits of a deflate stream (RFC 1951), the lowest of each byte first.
struct BitReader: Sendable {
  private var bytes: [UInt8] = []
  private var position = 0
  private var isFinished = false
  private var bits: UInt64 = 0
  private var count = 0

  /// Fills up to 57 bits or more, as far as there are any.
  @inline(__always)
  private mutating func fill(_ source: () throws -> [UInt8]) throws {
    while count <= 56 {
      if position == bytes.count {
        if isFinished { return }
        bytes = try source()
        position = 0
        isFinished = bytes.isEmpty
        if isFinished { return }
      }
      bits |= UInt64(bytes[position]) &<< UInt64(count)
      position += 1
      count += 8
    }
  }

  private mutating func drop(_ number: Int) throws(GzipError) {
    guard number <= count else { throw GzipError() }
    bits &>>= UInt64(number)
    count -= number
  }

  /// The next so many bits, at most 32, as a number.
  mutating func take(_ number: Int, _ source: () throws -> [UInt8]) throws -> Int {
    if count < number { try fill(source) }
    let value = Int(bits & (1 &<< UInt64(number) - 1))
    try drop(number)
    return value
  }

  /// The next eight bits.
  mutating func byte(_ source: () throws -> [UInt8]) throws -> Int { try take(8, source) }

  /// Leaves out what is left of the byte at hand.
  mutating func align() {
    bits &>>= UInt64(count & 7)
    count &= ~7
  }

  /// Whether there is nothing more.
  mutating func isAtEnd(_ source: () throws -> [UInt8]) throws -> Bool {
    if count == 0 { try fill(source) }
    return count == 0
  }

  /// The next symbol of a code.
  mutating func symbol(of code: HuffmanCode, _ source: () throws -> [UInt8]) throws -> Int {
    if count < HuffmanCode.longest { try fill(source) }
    let (symbol, length) = try code.first(of: bits)
    try drop(length)
    return symbol
  }
}

/// A prefix code as deflate describes it: by the length of each symbol's code.
struct HuffmanCode: Sendable {
  /// The longest code.
  static let longest = 15
  private static let tableBits = 10

  /// For the next ten bits the symbol and, in the lowest four bits, how long its code is; 0 where it
  /// is longer than ten.
  private var table = [UInt16](repeating: 0, count: 1 << tableBits)
  private var counts = [Int](repeating: 0, count: longest + 1)
  private var symbols: [UInt16]

  /// A code of these lengths, 0 for a symbol that has none.
  ///
  /// - Throws: ``GzipError`` where there are more codes than fit, or room for more; a code of one
  ///   symbol, or of none, is allowed that room.
  init(lengths: some RandomAccessCollection<UInt8>) throws(GzipError) {
    for length in lengths { counts[Int(length)] += 1 }
    let used = lengths.count - counts[0]
    counts[0] = 0
    var room = 1
    for length in 1...Self.longest {
      room = room << 1 - counts[length]
      guard room >= 0 else { throw GzipError() }
    }
    guard room == 0 || used <= 1 else { throw GzipError() }
    var places = [0, 0]
    for length in 1..<Self.longest { places.append(places[length] + counts[length]) }
    symbols = Array(repeating: 0, count: used)
    for (symbol, length) in lengths.enumerated() where length > 0 {
      symbols[places[Int(length)]] = UInt16(symbol)
      places[Int(length)] += 1
    }
    for next in table.indices { table[next] = entry(for: UInt64(next)) }
  }

  private func entry(for bits: UInt64) -> UInt16 {
    guard let (symbol, length) = search(bits, upTo: Self.tableBits) else { return 0 }
    return UInt16(symbol << 4 | length)
  }

  /// The symbol that bits begin with, and how long its code is.
  @inline(__always)
  func first(of bits: UInt64) throws(GzipError) -> (symbol: Int, length: Int) {
    let entry = table[Int(bits & (1 << UInt64(Self.tableBits) - 1))]
    if entry != 0 { return (Int(entry >> 4), Int(entry & 15)) }
    guard let found = search(bits, upTo: Self.longest) else { throw GzipError() }
    return found
  }

  /// Codes of one length follow each other in the order of their symbols.
  private func search(_ bits: UInt64, upTo longest: Int) -> (symbol: Int, length: Int)? {
    var (code, first, place) = (0, 0, 0)
    for length in 1...longest {
      code |= Int(bits &>> UInt64(length - 1) & 1)
      if code - first < counts[length] { return (Int(symbols[place + code - first]), length) }
      place += counts[length]
      first = (first + counts[length]) << 1
      code <<= 1
    }
    return nil
  }
}

/// The two codes of a compressed block.
struct DeflateCodes: Sendable {
  let literals: HuffmanCode
  let distances: HuffmanCode

  /// The codes of blocks that describe none.
  static let fixed: DeflateCodes = {
    let literals = (0..<288).map { symbol -> UInt8 in
      switch symbol {
      case ..<144: 8
      case ..<256: 9
      case ..<280: 7
      default: 8
      }
    }
    do {
      return DeflateCodes(
        literals: try HuffmanCode(lengths: literals),
        distances: try HuffmanCode(lengths: [UInt8](repeating: 5, count: 32)))
    } catch { preconditionFailure("the codes of the standard are whole") }
  }()

  private init(literals: HuffmanCode, distances: HuffmanCode) {
    self.literals = literals
    self.distances = distances
  }

  /// The order in which a block states the lengths of the code that its codes are written in.
  private static let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

  /// Reads the codes at the beginning of a block.
  init(reading bits: inout BitReader, _ source: () throws -> [UInt8]) throws {
    let literalCount = try bits.take(5, source) + 257
    let distanceCount = try bits.take(5, source) + 1
    let lengthCount = try bits.take(4, source) + 4
    guard literalCount <= 286, distanceCount <= 30 else { throw GzipError() }
    var first = [UInt8](repeating: 0, count: Self.order.count)
    for place in Self.order.prefix(lengthCount) { first[place] = UInt8(try bits.take(3, source)) }
    let code = try HuffmanCode(lengths: first)
    var lengths: [UInt8] = []
    while lengths.count < literalCount + distanceCount {
      switch try bits.symbol(of: code, source) {
      case 16:
        guard let last = lengths.last else { throw GzipError() }
        lengths += Array(repeating: last, count: 3 + (try bits.take(2, source)))
      case 17: lengths += Array(repeating: 0, count: 3 + (try bits.take(3, source)))
      case 18: lengths += Array(repeating: 0, count: 11 + (try bits.take(7, source)))
      case let length: lengths.append(UInt8(length))
      }
    }
    guard lengths.count == literalCount + distanceCount, lengths[256] > 0 else {
      throw GzipError()
    }
    literals = try HuffmanCode(lengths: lengths[..<literalCount])
    distances = try HuffmanCode(lengths: lengths[literalCount...])
  }
}

/// What the symbols of lengths and distances stand for (RFC 1951, 3.2.5).
enum Deflate {
  private static let lengths = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
  ]
  private static let lengthBits = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distances = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1_025, 1_537,
    2_049, 3_073, 4_097, 6_145, 8_193, 12_289, 16_385, 24_577,
  ]
  private static let distanceBits = [
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13,
    13,
  ]

  static func length(
    of symbol: Int, _ bits: inout BitReader, _ source: () throws -> [UInt8]
  ) throws -> Int {
    let place = symbol - 257
    guard place < lengths.count else { throw GzipError() }
    return lengths[place] + (try bits.take(lengthBits[place], source))
  }

  static func distance(
    of symbol: Int, _ bits: inout BitReader, _ source: () throws -> [UInt8]
  ) throws -> Int {
    guard symbol < distances.count else { throw GzipError() }
    return distances[symbol] + (try bits.take(distanceBits[symbol], source))
  }
}
