import CarrelDifferencing
import Testing

@Suite("Cross-tabulations") struct CrossTabulationTests {
  /// Each shape with some others, and with itself.
  static let shapePairs = LabelVectorTests.shapes.enumerated().flatMap { number, shape in
    [0, 3].map { (shape, LabelVectorTests.shapes[(number + $0) % LabelVectorTests.shapes.count]) }
  }

  /// Counted patient by patient.
  private func counted(_ first: [UInt32], _ second: [UInt32]) -> [CrossTabulation.Entry] {
    var counts: [[UInt32]: Int] = [:]
    for index in 0..<max(first.count, second.count) {
      let pair = [
        index < first.count ? first[index] : 0, index < second.count ? second[index] : 0,
      ]
      if pair != [0, 0] { counts[pair, default: 0] += 1 }
    }
    return counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map {
      .init(Int($0.key[0]), Int($0.key[1]), count: $0.value)
    }
  }

  @Test("count who shares two labels", arguments: shapePairs)
  func agree(_ shapes: (String, String)) {
    let (first, second) = (LabelVectorTests.labels(shapes.0), LabelVectorTests.labels(shapes.1))
    #expect(
      CrossTabulation(.of(first), .of(second)).entries == counted(first, second))
  }
}
