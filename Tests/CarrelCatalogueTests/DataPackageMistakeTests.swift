import CarrelCatalogue
import Testing

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
      package().replacing("\"name\": \"events\"", with: "\"name\": \"table\""),
      "error[S105] table: a table cannot be called `table`"
    ),
    (
      package().replacing("\"core\"", with: "\"from\""),
      "error[S105] package: the package cannot be called `from`"
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
      package(schema: #", "foreignKeys": ["sex"]"#),
      "error[S103] patients: a foreign key must be an object, not a text"
    ),
    (
      package(schema: #", "foreignKeys": [{"fields": ["sex"], "reference": {"fields": []}}]"#),
      "error[S103] patients: a foreign key needs `fields` and a `reference` with as many `fields`"
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
      package(fields: #", {"name": "at", "type": "time"}"#),
      "error[S107] patients.at: `type` `time` is not loaded"
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
      "error[S103] patients.sex: `date-precision` belongs to a `date` or a `datetime`"
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
      package(fields: #", {"name": "x", "type": "string", "registration": true}"#),
      "error[S103] patients.x: `registration` belongs to a `date` or a `datetime` that is kept to "
        + "the day"
    ),
    (
      package(
        fields: #", {"name": "x", "type": "date", "registration": true}"#
          + #", {"name": "y", "type": "datetime", "registration": true}"#),
      "error[S103] patients.y: another field has `registration` already"
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
