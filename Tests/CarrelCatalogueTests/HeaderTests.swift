import CarrelCatalogue
import Testing

@Suite("Matching a file's header to the fields") struct HeaderTests {
  func resource(_ match: String, schema: String = "") throws -> Resource {
    let reading = read(
      package(
        schema: #", "fieldsMatch": "\#(match)"\#(schema)"#,
        fields: #", {"name": "age", "type": "integer"}"#))
    return try #require(reading.package?.resources[0])
  }

  @Test(
    "columns are found by the rule of `fieldsMatch`",
    arguments: [
      ("exact", "patient_id,sex,age", [0, 1, 2]),
      ("equal", "age,patient_id,sex", [1, 2, 0]),
      ("subset", "x,age,y,patient_id,sex,x", [3, 4, 1]),
      ("superset", "sex,patient_id", [1, 0, nil]),
      ("superset", "patient_id,sex,age", [0, 1, 2]),
      ("partial", "x,patient_id", [1, nil, nil]),
    ] as [(String, String, [Int?])])
  func found(match: String, header: String, indices: [Int?]) throws {
    let names = header.split(separator: ",").map(String.init)
    #expect(try resource(match).columnIndices(for: names) == indices)
  }

  @Test(
    "a header that does not fit says what is missing, and never what it holds",
    arguments: [
      ("exact", "sex,patient_id,age", "the columns are not in the order of the fields"),
      ("exact", "patient_id,sex,age,x", "1 column is not described"),
      ("exact", "patient_id,sex", "the header lacks `age`"),
      ("equal", "patient_id,Sex,age", "the header lacks `sex`; 1 column is not described"),
      (
        "equal", "1,female,44",
        "the header lacks `patient_id`, `sex`, `age`; 3 columns are not described"
      ),
      ("subset", "patient_id,sex", "the header lacks `age`"),
      ("subset", "patient_id,sex,age,sex", "the header names `sex` more than once"),
      ("superset", "patient_id,x", "1 column is not described"),
      ("superset", "sex,age", "the header lacks `patient_id`"),
      ("partial", "x,y", "the header lacks `patient_id`"),
    ])
  func mismatch(match: String, header: String, message: String) throws {
    let names = header.split(separator: ",").map(String.init)
    let resource = try resource(match)
    let error = #expect(throws: HeaderMismatch.self) { try resource.columnIndices(for: names) }
    #expect(error?.description == message)
    #expect(error?.help.isEmpty == false)
  }

  @Test func `a required field may not be left out even where fewer are allowed`() throws {
    let keyed = try resource("superset", schema: #", "primaryKey": ["age"]"#)
    let error = #expect(throws: HeaderMismatch.self) {
      try keyed.columnIndices(for: ["patient_id", "sex"])
    }
    #expect(error?.missing == ["age"])
  }

  @Test func `without a header, columns are taken in order`() throws {
    let reading = read(package(patients: #", "dialect": {"header": false}"#))
    let resource = try #require(reading.package?.resources[0])
    #expect(try resource.columnIndices(for: ["", ""]) == [0, 1])
    #expect(throws: HeaderMismatch.self) { try resource.columnIndices(for: ["", "", ""]) }
    let error = #expect(throws: HeaderMismatch.self) { try resource.columnIndices(for: [""]) }
    #expect(error?.description == "1 too few columns")
  }
}
