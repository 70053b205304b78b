internal import CarrelCrypto

/// The number that each person has at a site, for good.
///
/// What was released is compared with what is asked for next by the members of groups, so a person
/// keeps one number through all snapshots. Whoever leaves keeps theirs too, which nobody else gets:
/// a number that came free would make a stranger of one group a member of another.
///
/// Entries lie in the order of their numbers, the first being 1: a byte that says under which of
/// the site's keys the pseudonym was made, counted from 0, and the 16 bytes of the pseudonym. After
/// a key has been exchanged, a load that meets a person again puts the new pseudonym in the place of
/// the old; whoever left before is known by the old one for ever. The bytes before the entries are
/// `carrel/patients/v1`, a zero byte and the number of entries as eight bytes, the lowest first.
public struct PatientNumbers: Hashable, Sendable {
  private var pseudonyms: [Pseudonym] = []
  private var keyNumbers: [UInt8] = []

  /// Numbers of nobody.
  public init() {}

  /// How many people have a number, those who left included.
  public var count: Int { pseudonyms.count }

  /// The greatest number that a person can have: label vectors hold numbers in 32 bits.
  static let greatest = Int(UInt32.max)

  /// Gives each person the number that they have, or the next that nobody had.
  ///
  /// - Parameter people: Each person's pseudonyms, under the first of the site's keys to the
  ///   present one. Who is new is numbered in the order in which they come.
  /// - Returns: The number of each.
  /// - Throws: ``LoadError/tooManyPeople`` where no number is left.
  mutating func numbers(
    of people: [[Pseudonym]]
  ) throws(LoadError) -> [Int] {
    let places = PlaceIndex(pseudonyms, keyNumbers)
    var numbers: [Int] = []
    numbers.reserveCapacity(people.count)
    for person in people {
      let present = UInt8(person.count - 1)
      if let place = places.place(of: person) {
        (pseudonyms[place], keyNumbers[place]) = (person[person.count - 1], present)
        numbers.append(place + 1)
      } else {
        guard count < Self.greatest else { throw .tooManyPeople }
        pseudonyms.append(person[person.count - 1])
        keyNumbers.append(present)
        numbers.append(count)
      }
    }
    return numbers
  }
}

extension PatientNumbers {
  private static let heading = Array("carrel/patients/v1".utf8) + [0]
  private static let entryByteCount = 1 + Pseudonym.byteCount

  /// The bytes of a file that holds them.
  public var bytes: [UInt8] {
    var bytes = Self.heading
    bytes.reserveCapacity(bytes.count + 8 + count * Self.entryByteCount)
    withUnsafeBytes(of: UInt64(count).littleEndian) { bytes.append(contentsOf: $0) }
    for (pseudonym, keyNumber) in zip(pseudonyms, keyNumbers) {
      bytes.append(keyNumber)
      bytes += pseudonym.bytes
    }
    return bytes
  }

  /// The numbers that a file holds; `nil` where the bytes are not those of such a file.
  public init?(bytes: [UInt8]) {
    let start = Self.heading.count + 8
    guard bytes.count >= start, bytes.starts(with: Self.heading) else { return nil }
    let stated = bytes[Self.heading.count..<start].reversed().reduce(UInt64(0)) {
      $0 << 8 | UInt64($1)
    }
    let (count, rest) = (bytes.count - start).quotientAndRemainder(dividingBy: Self.entryByteCount)
    guard rest == 0, count == stated, count <= Self.greatest else { return nil }
    for entry in 0..<count {
      let place = start + entry * Self.entryByteCount
      keyNumbers.append(bytes[place])
      pseudonyms.append(Pseudonym(bytes[(place + 1)..<(place + Self.entryByteCount)]))
    }
  }
}

/// What stands for a person: 16 bytes as two numbers, the first bytes being the highest.
struct Pseudonym: Hashable, Comparable, Sendable {
  let high: UInt64
  let low: UInt64

  static let byteCount = 16

  /// The pseudonym that 16 bytes are.
  init(_ bytes: some Collection<UInt8>) {
    precondition(bytes.count == Self.byteCount, "a pseudonym has 16 bytes")
    high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    low = bytes.dropFirst(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Its 16 bytes.
  var bytes: [UInt8] {
    [high, low].flatMap { half in withUnsafeBytes(of: half.bigEndian) { Array($0) } }
  }

  static func < (left: Pseudonym, right: Pseudonym) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}

/// Finds the place of a pseudonym among those that a site knows: places in the order of what is
/// there, which takes a fifth of what a dictionary would.
private struct PlaceIndex {
  private let pseudonyms: [Pseudonym]
  private let keyNumbers: [UInt8]
  private let places: [UInt32]

  init(_ pseudonyms: [Pseudonym], _ keyNumbers: [UInt8]) {
    self.pseudonyms = pseudonyms
    self.keyNumbers = keyNumbers
    places = (0..<UInt32(pseudonyms.count)).sorted { pseudonyms[Int($0)] < pseudonyms[Int($1)] }
  }

  /// The place of a person who was met under any of the site's keys, the present one first.
  func place(of person: [Pseudonym]) -> Int? {
    person.indices.reversed().lazy.compactMap { place(of: person[$0], madeUnder: $0) }.first
  }

  private func place(of pseudonym: Pseudonym, madeUnder key: Int) -> Int? {
    var (low, high) = (0, places.count)
    while low < high {
      let middle = (low + high) / 2
      if pseudonyms[Int(places[middle])] < pseudonym { low = middle + 1 } else { high = middle }
    }
    guard low < places.count else { return nil }
    let place = Int(places[low])
    return pseudonyms[place] == pseudonym && keyNumbers[place] == key ? place : nil
  }
}
