import CarrelDisclosure
import CarrelPlan
import CarrelPolicy
import CarrelValues
import TestSupport
import Testing

/// Values that a study makes up to carry a message: what they say of one patient, beside what a
/// count of the same people says.
@Suite("A sum of a made-up value") struct PayloadTests {
  /// People in six classes, and what each class adds to the sum.
  private struct Payload {
    var people: [Int]
    var weights: [Int]

    init(using generator: inout SeededGenerator) {
      let few = (0..<5).map { _ in Int.random(in: 0...60, using: &generator) }
      people = few + [500 - few.reduce(0, +)]
      let base = [2, 10, 501].randomElement(using: &generator) ?? 2
      weights = (0..<6).map { digit in (0..<digit).reduce(1) { power, _ in power * base } }
      weights.shuffle(using: &generator)
    }

    /// The same people when one of the last class, whose secret it is, is of another.
    func telling(_ secret: Int) -> Payload {
      var other = self
      other.people[5] -= 1
      other.people[secret] += 1
      return other
    }

    func released(under policy: Policy) throws -> [ReleasedFigure] {
      let sum = zip(people, weights).reduce(0) { $0 + $1.0 * $1.1 }
      let range = Double(weights.min() ?? 0)...Double(weights.max() ?? 0)
      let example = RawExample(
        by: [], show: [.sum("payload", in: range)],
        cells: [
          RawCell(patients: 500, statistics: [.sum(.integer(sum), contributors: 500)])
        ])
      return try example.released(under: policy).figures
    }

    /// The same secret as a count asks for it.
    func count(of secret: Int, under policy: Policy) throws -> [ReleasedFigure] {
      let example = RawExample(by: [], show: [.count], cells: [.people(people[secret])])
      return try example.released(under: policy).figures
    }
  }

  @Test(
    "A1: a payload never says more of one patient than a count of the same people",
    arguments: ["opensafely", "nhs-england", "ons"])
  func payload(name: String) throws {
    let policy = try Policies.named(name)
    var generator = SeededGenerator(seed: 501)
    var (told, counted) = (0, 0)
    for _ in 0..<400 {
      let payload = Payload(using: &generator)
      let secret = Int.random(in: 0..<5, using: &generator)
      let other = payload.telling(secret)
      told += try payload.released(under: policy) != other.released(under: policy) ? 1 : 0
      counted +=
        try payload.count(of: secret, under: policy) != other.count(of: secret, under: policy)
        ? 1 : 0
    }
    // Of whom one asks to know, a rounded count tells by chance; a payload tells no more often.
    #expect(counted > 40)
    #expect(told <= counted, "\(told) of 400, and \(counted) by counting")
  }
}
