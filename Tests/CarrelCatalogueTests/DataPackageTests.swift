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

func read(_ text: String) -> DataPackage.Reading { DataPackage.read(Array(text.utf8)) }

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

@Suite("Mistakes in a data package") struct DataPackageMistakeTests {
  /// What is added to the small package, and the only problem that it makes.
  static let mistakes: [(String, String)] = [
    (package(#", "titel": "x""#), "warning[S104] package: `titel` is not a known property"),
    (
      package(field: #", "coding_system": "icd10""#),
      "warning[S104] patients.sex: `coding_system` is not a known property"
    ),
    (
      package(#", "synthetic ": true"#),
      "warning[S104] package: `synthetic ` is not a known property"
    ),
    (
      package(patients: #", "missingValues": ["NA"]"#),
      "warning[S104] patients: `missingValues` is not a known property"
    ),
    (
      package().replacing("\"synthetic\": true", with: "\"synthetic\": \"yes\""),
      "error[S103] package: `synthetic` must be true or false, not `yes`"
    ),
    (
      package(#", "definitions": "../x.carrel""#),
      "error[S112] package: `../x.carrel` is not a path inside the package's folder"
    ),
    (
      package().replacing("\"core\"", with: "\"my-core\""),
      "error[S105] package: the package cannot be called `my-core`"
    ),
    (
      package().replacing("\"name\": \"events\", ", with: ""),
      "error[S102] resource 2: `name` is missing"
    ),
    (
      package().replacing("\"name\": \"events\"", with: "\"name\": \"Patients\""),
      "error[S106] Patients: another table has this name"
    ),
    (
      package().replacing("\"name\": \"events\"", with: "\"name\": \"sqlite_x\""),
      "error[S105] sqlite_x: names beginning with `sqlite_` or `carrel_` are kept for storage"
    ),
    (
      package().replacing("\"rowsPerPatient\": \"one\"", with: "\"rowsPerPatient\": \"two\""),
      "error[S103] patients: `rowsPerPatient` must be one of `one`, `many`, not `two`"
    ),
    (
      package().replacing("[\"date\"]", with: "[\"day\"]"),
      "error[S109] events: `orderedBy` names `day`, which is no column of the table"
    ),
    (
      package().replacing("[\"date\"]", with: "[\"patient_id\"]"),
      "error[S109] events: `orderedBy` names `patient_id`, which is no column of the table"
    ),
    (
      package().replacing("\"patients.csv\"", with: "\"/etc/passwd\""),
      "error[S112] patients: `/etc/passwd` is not a path inside the package's folder"
    ),
    (
      package().replacing("\"patients.csv\"", with: "\"https://example.org/a.csv\""),
      "error[S112] patients: `https://example.org/a.csv` is not a path inside the package's folder"
    ),
    (
      package(patients: #", "hash": "sha256:12""#),
      "error[S103] patients: `hash` is not a digest that can be checked"
    ),
    (
      package(patients: #", "encoding": "latin-1""#),
      "error[S113] patients: `encoding` `latin-1` is not supported"
    ),
    (
      package(patients: #", "dialect": {"delimiter": "||"}"#),
      "error[S103] patients: `delimiter` must be one ASCII character"
    ),
    (
      package(patients: #", "dialect": {"commentChar": "%"}"#),
      "error[S113] patients: `commentChar` is not supported"
    ),
    (
      package(schema: #", "fieldsMatch": "some""#),
      "error[S103] patients: `fieldsMatch` must be one of `exact`, `equal`, `subset`, `superset`, "
        + "`partial`, not `some`"
    ),
    (
      package(schema: #", "primaryKey": ["id"]"#),
      "error[S109] patients: a key names `id`, which is no field"
    ),
    (
      package(
        eventSchema: #", "foreignKeys": [{"fields": ["code"], "reference": {"resource": "codes","#
          + #" "fields": ["code"]}}]"#),
      "error[S109] events: a foreign key refers to a table `codes` that is not there"
    ),
    (
      package().replacing(
        "\"privacy\": \"person-id\"", with: "\"privacy\": \"sensitive\"", maxReplacements: 1),
      "error[S108] patients: no field says whose row it is"
    ),
    (
      package(fields: #", {"name": "nhs", "type": "string", "privacy": "person-id"}"#),
      "error[S108] patients: 2 fields say whose row it is"
    ),
    (
      package(fields: #", {"name": "Date of birth", "type": "date"}"#),
      "error[S105] patients.Date of birth: a study cannot write the name `Date of birth`"
    ),
    (
      package(fields: #", {"name": "Carrel_Row", "type": "integer"}"#),
      "error[S105] patients.Carrel_Row: `Carrel_Row` is kept for storage"
    ),
    (
      package(fields: #", {"name": "SEX", "type": "integer"}"#),
      "error[S106] patients.SEX: another field has this name"
    ),
    (
      package(fields: #", {"name": "at", "type": "datetime"}"#),
      "error[S107] patients.at: `type` `datetime` is not loaded"
    ),
    (
      package(fields: #", {"name": "at", "type": "date", "format": "%d/%m/%Y"}"#),
      "error[S113] patients.at: `format` `%d/%m/%Y` is not supported"
    ),
    (
      package(fields: #", {"name": "x", "type": "number", "decimalChar": ","}"#),
      "error[S113] patients.x: `decimalChar` is not supported"
    ),
    (
      package(field: #", "privacy": "secret""#),
      "error[S103] patients.sex: `privacy` must be one of `person-id`, `date-precision`, "
        + "`place-level`, `quasi-identifier`, `sensitive`, `free-text`, not `secret`"
    ),
    (
      package(field: #", "privacy": "date-precision""#),
      "error[S103] patients.sex: `date-precision` belongs to a `date`"
    ),
    (
      package(fields: #", {"name": "x", "type": "string", "codingSystem": "icd11"}"#),
      "error[S103] patients.x: `codingSystem` must be one of `snomedct`, `dmd`, `icd10`, `ctv3`, "
        + "`opcs4`, `bnf`, `read2`, not `icd11`"
    ),
    (
      package(fields: #", {"name": "x", "type": "string", "multiple": true}"#),
      "error[S103] patients.x: `multiple` belongs to a field with a `codingSystem`"
    ),
    (
      package(fields: #", {"name": "x", "type": "date", "unit": true}"#),
      "error[S103] patients.x: `unit` belongs to a `string` or an `integer`"
    ),
    (
      package(fields: #", {"name": "x", "type": "string", "categories": ["a", "missing"]}"#),
      "error[S110] patients.x: a level cannot be called `missing`, which means that there is no value"
    ),
    (
      package(fields: #", {"name": "x", "type": "string", "categories": ["a", "a"]}"#),
      "error[S110] patients.x: a level occurs twice"
    ),
    (
      package(fields: #", {"name": "x", "type": "string", "categories": ["a", ""]}"#),
      "error[S110] patients.x: a level is empty, or one of `missingValues`"
    ),
    (
      package(fields: #", {"name": "x", "type": "integer", "categories": ["1"]}"#),
      "error[S110] patients.x: each of `categories` must be a value of the field's type, or an "
        + "object with `value` and `label`"
    ),
    (
      package(
        fields: #", {"name": "x", "type": "integer", "constraints": {"minimum": 2, "maximum": 1}}"#),
      "error[S111] patients.x: `minimum` is greater than `maximum`"
    ),
    (
      package(
        fields: #", {"name": "x", "type": "date", "constraints": {"minimum": "2024-02-30"}}"#),
      "error[S111] patients.x: `minimum` must be a value of the field's type, a number or a date"
    ),
    (
      package(fields: #", {"name": "x", "type": "string", "constraints": {"pattern": "("}}"#),
      "error[S111] patients.x: `pattern` is not a regular expression"
    ),
    (
      package(
        fields: #", {"name": "x", "type": "boolean", "trueValues": ["y"], "falseValues": ["y"]}"#),
      "error[S103] patients.x: a text is among both `trueValues` and `falseValues`"
    ),
    ("{\"name\": \"core\", \"resources\": []}", "error[S102] package: there is no table"),
    ("[]", "error[S103] package: a data package must be an object, not a list"),
    ("{\n  \"name\": core\n}", "error[S101] package: not JSON at 2:11: expected a value"),
  ]

  @Test("one mistake makes one problem, at its place", arguments: mistakes)
  func one(text: String, problem: String) {
    let reading = read(text)
    #expect(reading.problems.map(\.description) == [problem])
    #expect((reading.package == nil) == problem.hasPrefix("error"))
  }

  @Test func `all mistakes are found in one reading`() {
    let reading = read(
      package(
        #", "definitions": "/x""#, field: #", "unit": "yes""#,
        fields: #", {"name": "at", "type": "time"}, {"type": "date"}"#, events: #", "bytes": -1"#))
    #expect(reading.package == nil)
    #expect(
      reading.problems.map { "\($0.code.rawValue) \($0.place)" }
        == [
          "S112 package", "S103 patients.sex", "S107 patients.at", "S102 patients.field 4",
          "S103 events",
        ])
  }

  @Test func `a property that is nearly right is suggested`() {
    let reading = read(package(field: #", "Codingsystem": "icd10""#))
    #expect(reading.problems.first?.help == "did you mean `codingSystem`?")
  }

  @Test func `codes of problems are all different`() {
    #expect(Set(PackageProblem.Code.allCases.map(\.rawValue)).count == 14)
  }
}
