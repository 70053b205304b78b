import CarrelValues
import TestSupport

/// Invented people in the schema `bench`, for the benchmark's eight analyses.
///
/// The same seed gives the same people.
struct BenchRecords {
  private var random: SeededGenerator
  private let codes: CodePools

  private var patients = GeneratedTable(
    "patients", ["date_of_birth", "sex", "region", "imd_quintile", "death_date"])
  private var registrations = GeneratedTable("registrations", ["start_date", "end_date"])
  private var events = GeneratedTable("clinical_events", ["date", "code", "numeric_value"])
  private var medications = GeneratedTable("medications", ["date", "code"])
  private var admissions = GeneratedTable("admissions", ["date"])

  private static let firstDay = CivilDate(2010, 1, 1)
  private static let lastDay = CivilDate(2024, 12, 31)

  init(people: Int, seed: UInt64, codes: CodePools) {
    random = SeededGenerator(seed: seed)
    self.codes = codes
    for id in 1...people { add(person: id) }
  }

  /// Writes every table.
  func write(into folder: TemporaryFolder) throws {
    for table in [patients, registrations, events, medications, admissions] {
      try table.write(into: folder)
    }
  }

  private mutating func add(person id: Int) {
    let birth = random.day(CivilDate(1925, 1, 1), CivilDate(2015, 12, 31))
    let death = random.chance(15) ? random.day(CivilDate(2018, 1, 1), Self.lastDay) : nil
    patients.add(
      id,
      [
        "date_of_birth": "\(birth)", "sex": random.pick(["F", "M"]),
        "region": random.pick(["North East", "London", "South West"]),
        "imd_quintile": random.chance(95) ? "\(random.number(1...5))" : nil,
        "death_date": death.map { "\($0)" },
      ])
    let start = max(birth, Self.firstDay)
    let end = death ?? Self.lastDay
    let left = random.chance(25) ? random.day(start, end) : nil
    registrations.add(id, ["start_date": "\(start)", "end_date": left.map { "\($0)" }])
    for _ in 0..<random.number(5...30) {
      let value = random.chance(80) ? "\(random.number(90...180))" : nil
      events.add(
        id,
        [
          "date": "\(random.day(start, end))", "code": random.pick(codes.snomedct),
          "numeric_value": value,
        ])
    }
    for _ in 0..<random.number(0...30) {
      medications.add(
        id, ["date": "\(random.day(start, end))", "code": random.pick(codes.dmd)])
    }
    for _ in 0..<random.number(0...3) { admissions.add(id, ["date": "\(random.day(start, end))"]) }
  }
}
