import CarrelCatalogue
import CarrelChecker
import CarrelDiagnostics
import CarrelSyntax
import CarrelValues
import Foundation
import Testing

private typealias Table = CarrelCatalogue.Table
private func causes() -> [Column] { var r = [Column(name: "date", type: .date), Column(name: "underlying_cause_of_death", type: .code(.icd10))]; for i in 1...15 { r.append(Column(name: "cause_of_death_" + (i < 10 ? "0" : "") + String(i), type: .code(.icd10))) }; return r }
private func cat(_ l: [String]) -> ColumnType { .category(levels: l.map { Level(.text($0)) }, isOrdered: false) }
@Test func examplesTrial() throws {
  let core = SampleSchemas.core
  let tables: [Table] = [
    core.tables[0],
    Table(name: "ons_deaths", rowsPerPatient: .one, columns: causes()),
    Table(name: "clinical_events", columns: core.tables[2].columns + [Column(name: "consultation_id", type: .integer)], orderedBy: ["date"]),
    Table(name: "medications", columns: core.tables[3].columns + [Column(name: "consultation_id", type: .integer)], orderedBy: ["date"]),
    Table(name: "practice_registrations", columns: core.tables[4].columns + [Column(name: "practice_nuts1_region_name", type: cat(["London", "East"]))], orderedBy: ["start_date"]),
    Table(name: "addresses", columns: core.tables[5].columns + [Column(name: "imd_decile", type: .integer, minimum: .integer(1), maximum: .integer(10)), Column(name: "imd_rounded", type: .integer, minimum: .integer(0), maximum: .integer(32844)), Column(name: "rural_urban_classification", type: .integer, minimum: .integer(1), maximum: .integer(8)), Column(name: "care_home_is_potential_match", type: .boolean)]),
    Table(name: "apcs", columns: core.tables[6].columns, orderedBy: ["admission_date"]),
    Table(name: "vaccinations", columns: [Column(name: "date", type: .date), Column(name: "target_disease", type: .text), Column(name: "product_name", type: .text)], orderedBy: ["date"]),
    Table(name: "ethnicity_from_sus", rowsPerPatient: .one, columns: [Column(name: "grouping_6", type: cat(["0", "1", "2", "3", "4", "5"]))]),
    Table(name: "sgss_covid_all_tests", columns: [Column(name: "specimen_taken_date", type: .date), Column(name: "is_positive", type: .boolean)], orderedBy: ["specimen_taken_date"]),
  ]
  let bench: [Table] = [
    Table(name: "patients", rowsPerPatient: .one, columns: [Column(name: "date_of_birth", type: .date, isRequired: true), core.tables[0].columns[1], Column(name: "death_date", type: .date), Column(name: "region", type: cat(["N", "S"])), core.tables[5].columns[3]]),
    Table(name: "registrations", columns: [Column(name: "start_date", type: .date), Column(name: "end_date", type: .date)]),
    Table(name: "clinical_events", columns: [Column(name: "date", type: .date), Column(name: "code", type: .code(.snomedct)), Column(name: "numeric_value", type: .decimal)], orderedBy: ["date"]),
    Table(name: "medications", columns: [Column(name: "date", type: .date), Column(name: "code", type: .code(.dmd))], orderedBy: ["date"]),
    Table(name: "admissions", columns: [Column(name: "date", type: .date)], orderedBy: ["date"]),
  ]
  var d = Diagnostics()
  let defs = StudyFile.parse(SourceText(name: "core.carrel", text: SampleSchemas.coreDefinitions), reporting: &d)
  let checker = StudyChecker(schemas: [SchemaInUse(schema: Schema(name: "tpp", tables: tables), definitions: defs), SchemaInUse(schema: Schema(name: "bench", tables: bench))]) { request in
    let codes = request.path.contains("icd") || request.path.contains("cardiac") ? "I21" : "195967001"
    return .read(CodelistFile.read(Array("code\(request.category.map { ",\($0)" } ?? "")\(request.column.map { ",\($0)" } ?? "")\n\(codes)\(request.category == nil ? "" : ",1")\(request.column == nil ? "" : ",\(codes)")\n".utf8), column: request.column, category: request.category))
  }
  for name in ["benchmark", "cookbook", "death-report", "dementia-deprescribing", "opioids", "pharmacy-first"] {
    let text = try String(contentsOfFile: "/work/shared/examples/\(name).carrel", encoding: .utf8)
    var d = Diagnostics()
    let study = StudyFile.parse(SourceText(name: name + ".carrel", text: text), reporting: &d)
    print("=====", name, TextRenderer().render(d))
    for diagnostic in checker.check(study).diagnostics.sorted where !diagnostic.code.rawValue.hasPrefix("C5") {
      print(TextRenderer().render(diagnostic))
    }
    print(TextRenderer().summary(of: checker.check(study).diagnostics))
  }
}
