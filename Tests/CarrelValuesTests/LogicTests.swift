import CarrelValues
import Testing

@Suite("Three-valued logic") struct LogicTests {
  static let table: [(Bool?, Bool?, and: Bool?, or: Bool?)] = [
    (true, true, and: true, or: true),
    (true, false, and: false, or: true),
    (true, nil, and: nil, or: true),
    (false, true, and: false, or: true),
    (false, false, and: false, or: false),
    (false, nil, and: false, or: nil),
    (nil, true, and: nil, or: true),
    (nil, false, and: false, or: nil),
    (nil, nil, and: nil, or: nil),
  ]

  @Test("and, or: known wherever the answer does not depend on what is missing", arguments: table)
  func connectives(_ row: (Bool?, Bool?, and: Bool?, or: Bool?)) {
    #expect(Logic.and(row.0, row.1) == row.and)
    #expect(Logic.or(row.0, row.1) == row.or)
  }

  @Test func `not keeps missing missing`() {
    #expect(Logic.not(true) == false)
    #expect(Logic.not(false) == true)
    #expect(Logic.not(nil) == nil)
  }

  @Test("De Morgan's laws hold with three values", arguments: table)
  func deMorgan(_ row: (Bool?, Bool?, and: Bool?, or: Bool?)) {
    #expect(Logic.not(Logic.and(row.0, row.1)) == Logic.or(Logic.not(row.0), Logic.not(row.1)))
  }
}
