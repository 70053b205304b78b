import CarrelValues
import TestSupport

/// Invented people in the schema `tpp`, for the example studies.
///
/// A few hundred meet every code of the studies' lists often enough that no table of a study is
/// empty. The same seed gives the same people.
struct TPPRecords {
  private var random: SeededGenerator
  private let codes: CodePools
  private var consultations = 0

  private var patients = GeneratedTable("patients", ["date_of_birth", "sex", "date_of_death"])
  private var registrations = GeneratedTable(
    "practice_registrations",
    ["start_date", "end_date", "practice_pseudo_id", "practice_nuts1_region_name"])
  private var addresses = GeneratedTable(
    "addresses",
    [
      "start_date", "end_date", "imd_rounded", "imd_quintile", "imd_decile",
      "rural_urban_classification", "care_home_is_potential_match",
    ])
  private var events = GeneratedTable(
    "clinical_events", ["date", "snomedct_code", "numeric_value", "consultation_id"])
  private var medications = GeneratedTable(
    "medications", ["date", "dmd_code", "consultation_id"])
  private var deaths = GeneratedTable(
    "ons_deaths",
    ["date", "underlying_cause_of_death"]
      + (1...15).map { "cause_of_death_\($0 < 10 ? "0" : "")\($0)" })
  private var hospitalEthnicity = GeneratedTable("ethnicity_from_sus", ["grouping_6"])
  private var admissions = GeneratedTable(
    "apcs", ["admission_date", "discharge_date", "primary_diagnosis", "all_diagnoses"])
  private var vaccinations = GeneratedTable(
    "vaccinations", ["date", "target_disease", "product_name"])
  private var covidTests = GeneratedTable(
    "sgss_covid_all_tests", ["specimen_taken_date", "is_positive"])

  private static let firstDay = CivilDate(2014, 1, 1)
  private static let lastDay = CivilDate(2024, 12, 31)
  private static let regions = ["North East", "London", "South West"]

  init(people: Int, seed: UInt64, codes: CodePools) {
    random = SeededGenerator(seed: seed)
    self.codes = codes
    for id in 1...people { add(person: id) }
  }

  /// Writes every table.
  func write(into folder: TemporaryFolder) throws {
    for table in [
      patients, registrations, addresses, events, medications, deaths, hospitalEthnicity,
      admissions, vaccinations, covidTests,
    ] {
      try table.write(into: folder)
    }
  }

  private mutating func add(person id: Int) {
    // Half are over 65, since one study is about older people.
    let birth =
      random.chance(50)
      ? random.day(CivilDate(1920, 1, 1), CivilDate(1955, 12, 31))
      : random.day(CivilDate(1956, 1, 1), CivilDate(2015, 12, 31))
    let death = random.chance(25) ? random.day(CivilDate(2018, 1, 1), Self.lastDay) : nil
    addDeath(id, birth, death)
    let start = max(birth, Self.firstDay)
    addStays(id, from: start)
    let end = death ?? Self.lastDay
    for _ in 0..<random.number(5...25) { addConsultation(id, on: random.day(start, end)) }
    addCourses(id, from: start, to: end)
    addHospital(id, from: start, to: end)
    addVaccinations(id, to: end)
  }

  /// The three sources of a date of death, which do not always agree.
  private mutating func addDeath(_ id: Int, _ birth: CivilDate, _ death: CivilDate?) {
    let isInPractice = random.chance(85)
    let noted = death?.moved(by: random.chance(30) ? random.number(-3...12) : 0)
    patients.add(
      id,
      [
        "date_of_birth": "\(birth.firstOfMonth)",
        "sex": random.chance(97) ? random.pick(["female", "male"]) : "unknown",
        "date_of_death": isInPractice ? noted.map { "\(min($0, Self.lastDay))" } : nil,
      ])
    guard let death else { return }
    if random.chance(90) {
      var row: [String: String?] = [
        "date": "\(death)", "underlying_cause_of_death": random.pick(codes.icd10),
      ]
      for position in 1...random.number(1...5) {
        row["cause_of_death_0\(position)"] = random.pick(codes.icd10)
      }
      deaths.add(id, row)
    }
    if random.chance(40) {
      events.add(
        id, ["date": "\(death)", "snomedct_code": random.pick(["419620001", "419099009"])])
    }
  }

  /// One practice and address after another, now and then with a gap between them.
  private mutating func addStays(_ id: Int, from start: CivilDate) {
    var start = start
    for stay in 0..<random.number(1...3) where start < Self.lastDay {
      let isLast = stay == 2 || random.chance(60)
      let end = isLast ? nil : start.moved(by: random.number(200...2000))
      let text = end.map { "\(min($0, Self.lastDay))" }
      registrations.add(
        id,
        [
          "start_date": "\(start)", "end_date": text,
          "practice_pseudo_id": "\(random.number(1...12))",
          "practice_nuts1_region_name": random.chance(97) ? random.pick(Self.regions) : nil,
        ])
      let rank = random.chance(95) ? random.number(1...327) * 100 : nil
      addresses.add(
        id,
        [
          "start_date": "\(start)", "end_date": text, "imd_rounded": rank.map(String.init),
          "imd_quintile": rank.map { "\(min(5, 1 + $0 / 6569))" },
          "imd_decile": rank.map { "\(min(10, 1 + $0 / 3285))" },
          "rural_urban_classification": "\(random.number(1...8))",
          "care_home_is_potential_match": random.chance(8) ? "true" : "false",
        ])
      guard let end else { return }
      start = end.moved(by: random.chance(20) ? random.number(2...400) : 1)
    }
  }

  /// Events and medicines of one day, under one identifier.
  private mutating func addConsultation(_ id: Int, on day: CivilDate) {
    consultations += 1
    let service = random.chance(15) && day.year >= 2023 ? ["1577041000000109"] : []
    for code in service + (0..<random.number(1...3)).map({ _ in random.pick(codes.snomedct) }) {
      let value = random.chance(50) ? "\(random.number(10...140))" : nil
      events.add(
        id,
        [
          "date": "\(day)", "snomedct_code": code, "numeric_value": value,
          "consultation_id": "\(consultations)",
        ])
    }
    for _ in 0..<random.number(0...2) {
      medications.add(
        id,
        [
          "date": "\(day)", "dmd_code": random.pick(codes.dmd),
          "consultation_id": "\(consultations)",
        ])
    }
  }

  /// Medicines taken for months or years, with gaps; older people take more of them.
  private mutating func addCourses(_ id: Int, from start: CivilDate, to end: CivilDate) {
    for _ in 0..<random.number(0...12) {
      let code = random.pick(codes.dmd)
      var day = random.day(start, end)
      for _ in 0..<random.number(2...24) where day <= end {
        medications.add(id, ["date": "\(day)", "dmd_code": code])
        day = day.moved(by: random.chance(90) ? random.number(26...32) : random.number(60...200))
      }
    }
  }

  private mutating func addHospital(_ id: Int, from start: CivilDate, to end: CivilDate) {
    if random.chance(60) {
      hospitalEthnicity.add(id, ["grouping_6": random.chance(95) ? "\(random.number(1...5))" : nil])
    }
    for _ in 0..<random.number(0...3) {
      let admitted = random.day(start, end)
      let all = (0..<random.number(1...4)).map { _ in random.pick(codes.icd10) }
      let left = admitted.moved(by: random.number(0...14))
      admissions.add(
        id,
        [
          "admission_date": "\(admitted)", "discharge_date": left <= end ? "\(left)" : nil,
          "primary_diagnosis": all[0], "all_diagnoses": all.joined(separator: " ,"),
        ])
    }
    for _ in 0..<random.number(0...2) where end > CivilDate(2020, 3, 1) {
      covidTests.add(
        id,
        [
          "specimen_taken_date": "\(random.day(CivilDate(2020, 3, 1), end))",
          "is_positive": random.chance(30) ? "true" : "false",
        ])
    }
  }

  private mutating func addVaccinations(_ id: Int, to end: CivilDate) {
    var day = random.day(CivilDate(2020, 12, 8), CivilDate(2021, 8, 31))
    for _ in 0..<random.number(0...5) where day <= end {
      vaccinations.add(
        id,
        [
          "date": "\(day)", "target_disease": "SARS-2 CORONAVIRUS",
          "product_name": random.pick(["Comirnaty", "Vaxzevria", "Spikevax"]),
        ])
      day = day.moved(by: random.number(14...200))
    }
  }
}
