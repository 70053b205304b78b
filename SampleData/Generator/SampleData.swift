import CarrelValues
import Glibc

/// Writes the tables of `SampleData/` as CSV files: twenty thousand invented people.
///
/// Run by `make sample-data`. The same program gives the same bytes everywhere.
@main
struct SampleData {
  private static let seed: UInt64 = 2024
  private static let people = 1...20_000

  private var patients = CSVTable(
    "patients", columns: ["patient_id", "date_of_birth", "sex", "date_of_death"])
  private var registrations = CSVTable(
    "practice_registrations",
    columns: ["patient_id", "start_date", "end_date", "practice_pseudo_id"])
  private var deaths = CSVTable(
    "ons_deaths",
    columns: ["patient_id", "date", "underlying_cause_of_death"]
      + (1...15).map { "cause_of_death_\($0 < 10 ? "0" : "")\($0)" })
  private var events = CSVTable(
    "clinical_events", columns: ["patient_id", "date", "snomedct_code", "numeric_value"])
  private var medications = CSVTable("medications", columns: ["patient_id", "date", "dmd_code"])
  private var addresses = CSVTable(
    "addresses", columns: ["patient_id", "start_date", "end_date", "region", "imd_quintile"])
  private var vaccinations = CSVTable(
    "vaccinations", columns: ["patient_id", "date", "target_disease", "product_name"])
  private var admissions = CSVTable(
    "admissions",
    columns: [
      "patient_id", "admission_date", "discharge_date", "primary_diagnosis", "all_diagnoses",
    ])

  static func main() {
    guard CommandLine.arguments.count == 2 else {
      report("usage: sample-data FOLDER")
      exit(2)
    }
    var data = SampleData()
    for id in people { data.addPerson(id) }
    do {
      for table in data.tables { try table.write(into: CommandLine.arguments[1]) }
    } catch {
      report("error: \(error)")
      exit(5)
    }
  }

  private var tables: [CSVTable] {
    [
      patients, registrations, deaths, events, medications, addresses, vaccinations, admissions,
    ]
  }

  private static func report(_ message: String) {
    let line = Array("\(message)\n".utf8)
    _ = line.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}

extension SampleData {
  private mutating func addPerson(_ id: Int) {
    var random = SplitMix64(seed: Self.seed, member: id)
    let person = Person(id: id, from: &random)
    let residence = Residence(of: person, from: &random)
    let history = History(of: person, at: residence, from: &random)
    let hospital = Admissions(of: person, with: history, from: &random)
    let shots = Vaccinations(of: person, with: history, from: &random)

    // A month of birth is all that a researcher's copy of a record holds.
    patients.append([
      field(id), field(person.birth.firstOfMonth), person.sex, field(person.death),
    ])
    for row in residence.registrationRows(of: person) { registrations.append(row) }
    for row in residence.addressRows(of: person) { addresses.append(row) }
    if let death = DeathRegistration(of: person, with: history, from: &random) {
      deaths.append(death.row(of: person))
    }
    add(history, of: id)
    for dose in shots.doses {
      vaccinations.append([field(id), field(dose.date), dose.disease, dose.product])
    }
    for stay in hospital.stays {
      admissions.append([
        field(id), field(stay.admitted), field(stay.discharged), stay.primary,
        stay.all.joined(separator: ","),
      ])
    }
  }

  private mutating func add(_ history: History, of id: Int) {
    for event in history.events {
      events.append([field(id), field(event.date), event.code, field(event.value)])
    }
    for prescription in history.prescriptions {
      medications.append([field(id), field(prescription.date), prescription.code])
    }
  }
}
