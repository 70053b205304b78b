import CarrelDifferencing
import Testing

@Suite("Label vectors") struct LabelVectorTests {
  /// Labels by index, of every shape that a block can have.
  static func labels(_ shape: String) -> [UInt32] {
    var generator = Seeded(7)
    return switch shape {
    case "nobody": []
    case "one": [1]
    case "last alone": [UInt32](repeating: 0, count: 70_000) + [3]
    case "halves": (0..<10_000).map { _ in UInt32.random(in: 0...1, using: &generator) }
    case "runs": (0..<10_000).map { UInt32($0 / 900) }
    case "bits 2": (0..<5_001).map { _ in UInt32.random(in: 0...3, using: &generator) }
    case "bits 4": (0..<5_001).map { _ in UInt32.random(in: 0...15, using: &generator) }
    case "bits 8": (0..<5_001).map { _ in UInt32.random(in: 0...100, using: &generator) }
    case "bits 16": (0..<5_001).map { _ in UInt32.random(in: 0...5_000, using: &generator) }
    default: (0..<5_001).map { _ in UInt32.random(in: 0...100_000, using: &generator) }
    }
  }

  static let shapes = [
    "nobody", "one", "last alone", "halves", "runs", "bits 2", "bits 4", "bits 8", "bits 16",
    "bits 32",
  ]

  @Test("keep every label through bytes", arguments: shapes)
  func roundTrip(_ shape: String) throws {
    let labels = Self.labels(shape)
    let vector = LabelVector.of(labels)
    let read = try LabelVector(vector.bytes)
    #expect(read == vector)
    var seen = [UInt32](repeating: 0, count: labels.count)
    read.forEach { seen[Int($0)] = $1 }
    #expect(seen == labels)
    #expect(read.tally.reduce(0, +) == (labels.lastIndex { $0 != 0 } ?? -1) + 1)
  }

  @Test func `take less than a byte a patient where there are few cells`() {
    #expect(LabelVector.of(Self.labels("halves")).bytes.count < 10_000 / 8 + 40)
    #expect(LabelVector.of(Self.labels("last alone")).bytes.count < 400)
    #expect(LabelVector.of(Self.labels("runs")).bytes.count < 100)
  }

  @Test("refuse any damaged byte", arguments: shapes)
  func damage(_ shape: String) {
    let bytes = LabelVector.of(Self.labels(shape)).bytes
    for place in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 60)) {
      var damaged = bytes
      damaged[place] ^= 0x10
      #expect(throws: LabelVectorError.self) { try LabelVector(damaged) }
    }
    for count in [0, 4, 12, bytes.count - 1] {
      #expect(throws: LabelVectorError.self) { try LabelVector(Array(bytes[..<count])) }
    }
    #expect(throws: LabelVectorError.self) { try LabelVector(bytes + [0]) }
  }
}

extension LabelVector {
  /// A vector of labels by index.
  static func of(_ labels: [UInt32]) -> LabelVector {
    var builder = LabelVectorBuilder()
    for (index, label) in labels.enumerated() {
      builder.append(index: UInt32(index), label: label)
    }
    return builder.finished()
  }
}

/// A generator of the same numbers each time (Steele, Lea and Flood).
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
