import CarrelJSON
import Testing

@Suite("JSON as the form of a Swift value")
struct JSONCodingTests {
  indirect enum Tree: Codable, Equatable {
    case leaf(Double)
    case named(String, count: Int)
    case branch([Tree], isLast: Bool)
    case nothing
  }

  struct Record: Codable, Equatable {
    var tree: Tree
    var note: String?
    var table: [[Int]]
  }

  @Test("a value comes back as it went, through bytes")
  func roundTrip() throws {
    let record = Record(
      tree: .branch([.leaf(0.1), .named("é", count: -3), .nothing], isLast: true), note: nil,
      table: [[1, 2], []])
    let bytes = try JSON(encoding: record).bytes()
    #expect(try JSON(parsing: bytes).decoded(as: Record.self) == record)
  }

  @Test("the form follows the declaration, and what is absent is left out")
  func form() throws {
    let record = Record(tree: .named("a", count: 1), note: nil, table: [[7]])
    #expect(
      try JSON(encoding: record).text()
        == #"{"tree":{"named":{"_0":"a","count":1}},"table":[[7]]}"#)
  }

  @Test(
    "what has another form is refused",
    arguments: [
      #"{"tree":{"leaf":{"_0":"x"}},"table":[]}"#, #"{"tree":{"twig":{}},"table":[]}"#,
      #"{"tree":{"nothing":{}}}"#, "[]", "null", #"{"tree":{"nothing":{}},"table":[1]}"#,
    ])
  func refusal(_ text: String) throws {
    let json = try JSON(parsing: text)
    #expect(throws: DecodingError.self) { try json.decoded(as: Record.self) }
  }
}
