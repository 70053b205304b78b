import CarrelCatalogue
import CarrelDiagnostics
import CarrelSyntax
import CarrelValues

/// A schema like `core`, small enough to hold in the head.
enum SampleSchemas {
  static let core = Schema(
    name: "core",
    tables: [
      Table(
        name: "patients", rowsPerPatient: .one,
        columns: [
          Column(
            name: "date_of_birth", type: .date, isRequired: true, minimum: day("1900-01-01"),
            maximum: day("2024-12-01"), privacy: .datePrecision),
          Column(
            name: "sex",
            type: .category(
              levels: ["female", "male", "intersex", "unknown"].map { Level(.text($0)) },
              isOrdered: false),
            isRequired: true),
          Column(name: "date_of_death", type: .date),
        ]),
      Table(
        name: "ons_deaths", rowsPerPatient: .one,
        columns: [
          Column(name: "date", type: .date),
          Column(name: "underlying_cause_of_death", type: .code(.icd10)),
        ]),
      Table(
        name: "clinical_events",
        columns: [
          Column(name: "date", type: .date), Column(name: "snomedct_code", type: .code(.snomedct)),
          Column(
            name: "numeric_value", type: .decimal, minimum: .decimal(0), maximum: .decimal(1000)),
        ], orderedBy: ["date"]),
      Table(
        name: "medications",
        columns: [
          Column(name: "date", type: .date), Column(name: "dmd_code", type: .code(.dmd)),
        ], orderedBy: ["date"]),
      Table(
        name: "practice_registrations",
        columns: [
          Column(name: "start_date", type: .date, isRequired: true),
          Column(name: "end_date", type: .date),
          Column(name: "practice_pseudo_id", type: .integer, isRequired: true, isUnit: true),
        ], orderedBy: ["start_date", "end_date", "practice_pseudo_id"]),
      Table(
        name: "addresses",
        columns: [
          Column(name: "start_date", type: .date, isRequired: true),
          Column(name: "end_date", type: .date),
          Column(
            name: "region",
            type: .category(
              levels: ["East", "London", "North", "South"].map { Level(.text($0)) },
              isOrdered: false)),
          Column(
            name: "imd_quintile", type: .integer, isRequired: true, minimum: .integer(1),
            maximum: .integer(5),
            integerLevels: [
              Level(.integer(1), label: "1 most deprived"), Level(.integer(2)),
              Level(.integer(3)), Level(.integer(4)),
              Level(.integer(5), label: "5 least deprived"),
            ]),
          Column(
            name: "town",
            type: .category(
              levels: ["Ashford", "Bury"].map { Level(.text($0)) }, isOrdered: false),
            privacy: .placeLevel),
        ]),
      Table(
        name: "admissions",
        columns: [
          Column(name: "admission_date", type: .date, isRequired: true),
          Column(name: "discharge_date", type: .date),
          Column(name: "primary_diagnosis", type: .code(.icd10)),
          Column(name: "all_diagnoses", type: .codes(.icd10)),
          Column(name: "is_emergency", type: .boolean),
          Column(name: "ward", type: .text),
          Column(name: "bed_days", type: .integer, minimum: .integer(0), maximum: .integer(999)),
          Column(name: "visits", type: .integer),
        ], orderedBy: ["admission_date"]),
    ], isSynthetic: true)

  /// What `uses core` brings, as `grammar.md` has it.
  static let coreDefinitions = """
    define age_on(d : date)         = years from patients.date_of_birth to d
    define alive_on(d : date)       = patients.date_of_death is missing or patients.date_of_death >= d
    define registration_on(d : date) = last row of practice_registrations
                                       where start_date <= d except where end_date < d by (start_date, end_date, practice_pseudo_id)
    define address_on(d : date)     = last row of addresses
                                       where start_date <= d except where end_date < d by (start_date, end_date)
    define registered_on(d : date)  = any practice_registrations where start_date <= d except where end_date < d
    define deregistered_on          = (last row of practice_registrations by (start_date, end_date)).end_date
    define snapshot_date            = 2024-12-31
    """

  private static func day(_ text: String) -> Value? { CivilDate(iso: text).map(Value.date) }
}
