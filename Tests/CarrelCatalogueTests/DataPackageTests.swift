import CarrelCatalogue
import CarrelValues
import Testing

/// A small package of two tables, with room for one more property or field in each place.
func package(
  _ package: String = "", patients: String = "", schema: String = "", field: String = "",
  fields: String = "", events: String = "", eventSchema: String = ""
) -> String {
  """
  {
    "name": "core", "synthetic": true\(package),
    "resources": [
      {
        "name": "patients", "type": "table", "path": "patients.csv", "rowsPerPatient": "one"\(patients),
        "schema": {
          "fields": [
            {"name": "patient_id", "type": "integer", "privacy": "person-id"},
            {"name": "sex", "type": "string", "categories": ["female", "male"]\(field)}\(fields)
          ]\(schema)
        }
      },
      {
        "name": "events", "type": "table", "path": "events.csv.gz", "orderedBy": ["date"]\(events),
        "schema": {
          "fields": [
            {"name": "patient_id", "type": "integer", "privacy": "person-id"},
            {"name": "date", "type": "date", "constraints": {"required": true}},
            {"name": "code", "type": "string", "codingSystem": "snomedct"}
          ]\(eventSchema)
        }
      }
    ]
  }
  """
}

func read(_ text: String) -> DataPackage.Reading {
  DataPackage.read(Array(text.utf8), reservedWords: ["table", "from"])
}

@Suite("Reading a data package") struct DataPackageTests {
  @Test func `a study may name the columns, but neither the person nor free text`() throws {
    let reading = read(
      package(fields: #", {"name": "note", "type": "string", "privacy": "free-text"}"#))
    let schema = try #require(reading.package?.schema)
    #expect(reading.problems.isEmpty)
    #expect(schema.name == "core" && schema.isSynthetic)
    #expect(schema.tables.map(\.name) == ["patients", "events"])
    let patients = try #require(schema.table(named: "patients"))
    #expect(patients.columns.map(\.name) == ["sex"])
    #expect(patients.personIdentifier == "patient_id")
    #expect(patients.rowsPerPatient == .one)
    #expect(schema.table(named: "events")?.date?.name == "date")
    let resource = try #require(reading.package?.resource(named: "patients"))
    #expect(resource.fields.map(\.name) == ["patient_id", "sex", "note"])
  }

  @Test(
    "a field becomes a column of the type it declares",
    arguments: [
      (#""type": "boolean""#, .boolean), (#""type": "integer""#, .integer),
      (#""type": "number""#, .decimal), (#""type": "date""#, .date),
      (#""type": "string""#, .text),
      (#""type": "string", "codingSystem": "dmd""#, .code(.dmd)),
      (#""type": "string", "codingSystem": "icd10", "multiple": true"#, .codes(.icd10)),
      (
        #""type": "string", "categories": [{"value": "n", "label": "None"}, "s"]"#
          + #", "categoriesOrdered": true"#,
        .category(
          levels: [Level(.text("n"), label: "None"), Level(.text("s"))], isOrdered: true)
      ),
    ] as [(String, ColumnType)])
  func types(properties: String, type: ColumnType) throws {
    let reading = read(package(fields: ", {\"name\": \"x\", \(properties)}"))
    #expect(reading.problems.isEmpty)
    let column = try #require(reading.package?.schema.tables[0].column(named: "x"))
    #expect(column.type == type)
  }

  @Test(
    "bounds come from constraints, from declared levels, and cut to the month where dates are",
    arguments: [
      (
        #""type": "integer", "constraints": {"minimum": 0, "maximum": "12"}"#,
        Value.integer(0), Value.integer(12), 13
      ),
      (
        #""type": "integer", "categories": [{"value": 5, "label": "least"}, 1]"#,
        .integer(1), .integer(5), 2
      ),
      (
        #""type": "number", "constraints": {"minimum": 10, "maximum": 80.5}"#,
        .decimal(10), .decimal(80.5), nil
      ),
      (
        #""type": "date", "constraints": {"minimum": "1900-01-15", "maximum": "2024-03-31"}"#,
        .date(date("1900-01-15")), .date(CivilDate(iso: "2024-03-31")!), nil
      ),
      (
        #""type": "date", "privacy": "date-precision", "constraints": {"minimum": "1900-01-15"}"#,
        .date(date("1900-01-01")), nil, nil
      ),
    ] as [(String, Value?, Value?, Int?)])
  func bounds(properties: String, minimum: Value?, maximum: Value?, levels: Int?) throws {
    let reading = read(package(fields: ", {\"name\": \"x\", \(properties)}"))
    #expect(reading.problems.isEmpty)
    let column = try #require(reading.package?.schema.tables[0].column(named: "x"))
    #expect(column.minimum == minimum)
    #expect(column.maximum == maximum)
    #expect(column.levels?.count == levels)
  }

  @Test func `every property of the standard that describes files is kept for the loader`() throws {
    let reading = read(
      package(
        patients: #"""
          , "path": ["a.csv", "sub/b.csv"], "bytes": 12, "encoding": "UTF-8", "format": "csv",
          "hash": "sha256:\#(String(repeating: "0aF", count: 21))1",
          "dialect": {"delimiter": "\t", "quoteChar": "'", "header": false}
          """#.replacing(#""path": ["a.csv", "sub/b.csv"], "#, with: ""),
        schema: #"""
          , "fieldsMatch": "equal", "missingValues": ["", "NA"], "primaryKey": "patient_id",
          "uniqueKeys": [["patient_id", "sex"]]
          """#,
        field: #", "constraints": {"unique": true, "required": true}"#,
        eventSchema: #"""
          , "fieldsMatch": ["subset"], "foreignKeys": [{"fields": "patient_id",
            "reference": {"resource": "patients", "fields": ["patient_id"]}}]
          """#))
    #expect(reading.problems.isEmpty)
    let patients = try #require(reading.package?.resource(named: "patients"))
    #expect(patients.paths == ["patients.csv"])
    #expect(patients.sizeBytes == 12)
    #expect(patients.hash?.algorithm == .sha256 && patients.hash?.hexadecimal.count == 64)
    #expect(patients.dialect.delimiter == 9 && patients.dialect.quote == 39)
    #expect(!patients.dialect.hasHeader)
    #expect(patients.fieldsMatch == .equal)
    #expect(patients.primaryKey == ["patient_id"])
    #expect(patients.uniqueKeys == [["patient_id", "sex"], ["sex"]])
    #expect(patients.field(named: "sex")?.missingTexts == ["", "NA"])
    let events = try #require(reading.package?.resource(named: "events"))
    #expect(events.fieldsMatch == .subset)
    #expect(events.foreignKeys.first?.table == "patients")
    #expect(Resource.isCompressed(events.paths[0]) && !Resource.isCompressed(patients.paths[0]))
  }

  @Test func `a description without any file is a schema alone`() throws {
    let text = package().replacing(#""path": "patients.csv", "#, with: "")
    #expect(read(text).problems.map(\.description) == ["error[S102] patients: `path` is missing"])
    let schema = read(text.replacing(#""path": "events.csv.gz", "#, with: ""))
    #expect(schema.problems.isEmpty && schema.package?.hasFiles == false)
  }

  @Test func `what is not a table is left out with a warning`() throws {
    let reading = read(
      package().replacing(
        "\"resources\": [", with: "\"resources\": [{\"name\": \"readme\", \"path\": \"README.md\"},"
      ))
    #expect(reading.package?.resources.count == 2)
    #expect(
      reading.problems.map(\.description)
        == ["warning[S104] readme: this resource is not a table and is left out"])
  }

  @Test func `a protected site refuses an open text that nobody declared`() throws {
    let open = #"{"name": "open", "type": "string"}"#
    let declared = [
      #"{"name": "a", "type": "string", "constraints": {"pattern": "[A-Z]{2}"}}"#,
      #"{"name": "b", "type": "string", "constraints": {"enum": ["x"]}}"#,
      #"{"name": "c", "type": "string", "privacy": "sensitive"}"#,
      #"{"name": "d", "type": "string", "privacy": "free-text"}"#,
    ]
    let reading = read(package(fields: ", " + ([open] + declared).joined(separator: ",")))
    #expect(reading.problems.isEmpty)
    #expect(reading.package?.undeclaredFreeText.map(\.place) == ["patients.open"])
  }
}
