import CarrelCatalogue
import CarrelValues
import Testing

@Suite("What a study may name") struct SchemaTests {
  static let sex = Column(
    name: "sex",
    type: .category(levels: [Level(.text("female")), Level(.text("male"))], isOrdered: false))

  @Test(
    "a column has levels where its values are declared and few",
    arguments: [
      (sex, ["female", "male"]),
      (Column(name: "flag", type: .boolean), ["false", "true"]),
      (
        Column(
          name: "imd", type: .integer,
          integerLevels: [Level(.integer(1), label: "1 most deprived"), Level(.integer(2))]),
        ["1 most deprived", "2"]
      ),
      (
        Column(name: "stage", type: .integer, minimum: .integer(-1), maximum: .integer(1)),
        ["-1", "0", "1"]
      ),
      (Column(name: "stage", type: .integer, minimum: .integer(1)), nil),
      (Column(name: "n", type: .integer, minimum: .integer(1), maximum: .integer(1_001)), nil),
      (
        Column(name: "n", type: .integer, minimum: .integer(.min), maximum: .integer(.max)),
        nil
      ),
      (Column(name: "bmi", type: .decimal, minimum: .decimal(10), maximum: .decimal(80)), nil),
      (Column(name: "code", type: .code(.snomedct)), nil),
    ] as [(Column, [String]?)])
  func levels(column: Column, labels: [String]?) {
    #expect(column.levels?.map(\.label) == labels)
  }

  @Test func `codes and levels are stored as texts`() {
    #expect(Self.sex.scalarType == .text)
    #expect(ColumnType.code(.dmd).scalarType == .text)
    #expect(ColumnType.codes(.icd10).scalarType == .text)
    #expect(ColumnType.integer.scalarType == .integer)
  }

  @Test func `a table's date is the first date of its declared order`() {
    let columns = [
      Column(name: "n", type: .integer), Column(name: "end", type: .date),
      Column(name: "start", type: .date),
    ]
    #expect(
      Table(name: "t", columns: columns, orderedBy: ["n", "start", "end"]).date?.name == "start")
    #expect(Table(name: "t", columns: columns).date == nil)
  }

  @Test func `tables and columns are found by their exact names`() {
    let schema = Schema(name: "core", tables: [Table(name: "patients", columns: [Self.sex])])
    #expect(schema.table(named: "patients")?.column(named: "sex")?.name == "sex")
    #expect(schema.table(named: "Patients") == nil)
    #expect(schema.table(named: "patients")?.column(named: "SEX") == nil)
  }
}

/// A day that exists.
func date(_ iso: String) -> CivilDate {
  guard let date = CivilDate(iso: iso) else { preconditionFailure("no such day: \(iso)") }
  return date
}
