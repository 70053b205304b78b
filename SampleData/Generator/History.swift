import CarrelValues

/// What the practices recorded of a person: events and prescriptions, drawn while they were
/// registered and alive.
struct History {
  struct Event {
    var date: CivilDate
    var code: String
    var value: Int?
  }
  struct Prescription {
    var date: CivilDate
    var code: String
  }

  let person: Person
  let residence: Residence
  private(set) var events: [Event] = []
  private(set) var prescriptions: [Prescription] = []
  private(set) var hasAsthma = false
  private(set) var hasHypertension = false
  private(set) var hasDepression = false

  init(of person: Person, at residence: Residence, from random: inout SplitMix64) {
    self.person = person
    self.residence = residence
    drawBackground(from: &random)
    drawAsthma(from: &random)
    drawBloodPressure(from: &random)
    drawAntidepressants(from: &random)
    drawFalls(from: &random)
    // By everything a row holds, so that the order never rests on how a sort treats equals.
    events.sort {
      ($0.date, $0.code, $0.value ?? -1) < ($1.date, $1.code, $1.value ?? -1)
    }
    prescriptions.sort { ($0.date, $0.code) < ($1.date, $1.code) }
  }

  /// Records an event, unless nobody was there to do so.
  private mutating func record(_ code: String, on date: CivilDate, value: Int? = nil) {
    guard isSeen(on: date) else { return }
    events.append(Event(date: date, code: code, value: value))
  }

  private mutating func prescribe(_ code: String, on date: CivilDate) {
    guard isSeen(on: date) else { return }
    prescriptions.append(Prescription(date: date, code: code))
  }

  private func isSeen(on date: CivilDate) -> Bool {
    date <= Calendar.snapshot && person.isAlive(on: date) && residence.isRegistered(on: date)
  }
}

extension History {
  /// Ethnicity, and for adults smoking, as asked on a first visit; some are never asked.
  private mutating func drawBackground(from random: inout SplitMix64) {
    guard let joined = residence.stays.first?.start else { return }
    let asked = joined.plus(random.within(0...400))
    if random.chance(perThousand: 880) { record(random.pick(Code.ethnicity), on: asked) }
    let grown = max(asked, person.birth.plus(18 * 366))
    if random.chance(perThousand: 850) {
      record(random.pick(Code.smoking), on: random.day(from: grown, to: Calendar.snapshot))
    }
  }

  /// Falls, which older people have more often.
  private mutating func drawFalls(from random: inout SplitMix64) {
    for year in 2018...2024 {
      let age = year - person.birth.year
      let perThousand = age < 18 ? 8 : age < 65 ? 9 : age < 80 ? 38 : 110
      if random.chance(perThousand: perThousand) {
        record(random.pick(Code.fall), on: random.day(of: year))
      }
    }
  }
}

extension History {
  /// Asthma: a diagnosis, perhaps repeated, perhaps resolved, a review in some years, inhalers.
  private mutating func drawAsthma(from random: inout SplitMix64) {
    guard random.chance(perThousand: 124 + 3 * (3 - person.deprivation)) else { return }
    let start = asthmaOnset(from: &random)
    guard start <= Calendar.snapshot else { return }
    hasAsthma = true
    // A diagnosis from before the first registration reaches the record in a summary.
    let recorded = max(start, residence.stays.first?.start ?? start)
    record(random.pick(Code.asthma), on: recorded)
    if random.chance(perThousand: 300) {
      record(random.pick(Code.asthma), on: random.day(from: recorded, to: Calendar.snapshot))
    }
    var end = Calendar.snapshot
    if random.chance(perThousand: 170) {
      end = random.day(from: recorded.plus(365), to: Calendar.snapshot.plus(365))
      record(Code.asthmaResolved, on: end)
    }
    drawReviews(from: recorded, to: end, from: &random)
    drawInhalers(from: recorded, to: end, from: &random)
  }

  /// Half begin before the age of 15, the others at any age.
  private func asthmaOnset(from random: inout SplitMix64) -> CivilDate {
    let age = random.chance(perThousand: 500) ? random.within(2...14) : random.within(15...75)
    return person.birth.plus(age * 365 + random.below(365))
  }

  /// One review in most years from April to March; fewer in more deprived areas, more in older age.
  private mutating func drawReviews(
    from start: CivilDate, to end: CivilDate, from random: inout SplitMix64
  ) {
    let habit = random.within(-120...120)
    for year in 2018...2024 {
      let april = Calendar.day(year, 4, 1)
      let age = person.age(on: april)
      let perThousand =
        (age < 18 ? 640 : age < 40 ? 500 : age < 60 ? 590 : 680) + 32 * (person.deprivation - 3)
        + habit
      let day = random.day(from: april, to: april.plus(364))
      if day > start, day < end, random.chance(perThousand: perThousand) {
        record(random.pick(Code.asthmaReview), on: day)
      }
    }
  }

  private mutating func drawInhalers(
    from start: CivilDate, to end: CivilDate, from random: inout SplitMix64
  ) {
    let aYear = random.within(0...4)
    for year in 2021...2024 {
      for _ in 0..<aYear {
        let day = random.day(of: year)
        guard day > start, day < end else { continue }
        prescribe(random.chance(perThousand: 550) ? Medicine.reliever : Medicine.preventer, on: day)
      }
    }
  }
}

extension History {
  /// Hypertension with its medicines, and blood pressure readings of those with it and of some others.
  private mutating func drawBloodPressure(from random: inout SplitMix64) {
    let age = person.age(on: Calendar.day(2024, 1, 1))
    guard age >= 18 else { return }
    let perThousand = age < 40 ? 14 : age < 60 ? 130 : age < 80 ? 390 : 560
    hasHypertension = random.chance(perThousand: perThousand + 20 * (3 - person.deprivation))
    if hasHypertension {
      let found = person.birth.plus(random.within(min(age, 30)...age) * 365)
      record(
        random.pick(Code.hypertension),
        on: max(found, residence.stays.first?.start ?? found).plus(random.below(60)))
      drawAntihypertensives(from: &random)
    }
    let usual = random.normal(mean: (hasHypertension ? 122 : 112) + age / 6, deviation: 10)
    for year in 2020...2024 {
      let visits =
        hasHypertension
        ? random.within(0...3) : random.chance(perThousand: age < 40 ? 110 : 290) ? 1 : 0
      for _ in 0..<visits { measure(usual: usual, on: random.day(of: year), from: &random) }
    }
  }

  /// One visit: systolic and diastolic pressure, the former sometimes taken again, rounded to ten by
  /// some, and once in a while mistyped or left out.
  private mutating func measure(usual: Int, on day: CivilDate, from random: inout SplitMix64) {
    let times = random.chance(perThousand: 120) ? 2 : 1
    for _ in 0..<times {
      let systolic = rounded(random.normal(mean: usual, deviation: 9), from: &random)
      record(Code.systolic, on: day, value: mistyped(systolic, from: &random))
    }
    let diastolic = rounded(random.normal(mean: usual * 58 / 100, deviation: 7), from: &random)
    record(Code.diastolic, on: day, value: diastolic)
  }

  private func rounded(_ value: Int, from random: inout SplitMix64) -> Int {
    random.chance(perThousand: 250) ? (value + 5) / 10 * 10 : value
  }

  private func mistyped(_ value: Int, from random: inout SplitMix64) -> Int? {
    if random.chance(perThousand: 996) { return value }
    return random.pick([nil, 0, value * 10])
  }

  private mutating func drawAntihypertensives(from random: inout SplitMix64) {
    guard random.chance(perThousand: 820) else { return }
    let medicine = random.pick(Medicine.antihypertensives)
    var day = random.day(from: Calendar.day(2022, 1, 1), to: Calendar.day(2023, 12, 31))
    while day <= Calendar.snapshot {
      prescribe(medicine, on: day)
      day = day.plus(random.within(54...60))
    }
  }
}

extension History {
  /// Courses of an antidepressant, a prescription every four weeks; more often women, people in the
  /// middle of life, in deprived areas and in some regions.
  private mutating func drawAntidepressants(from random: inout SplitMix64) {
    let age = person.age(on: Calendar.day(2023, 1, 1))
    guard age >= 14 else { return }
    let bySex = person.sex == "female" ? 130 : 70
    let byAge = age < 25 ? 60 : age < 65 ? 115 : 100
    let byArea = 118 - 6 * person.deprivation
    let perThousand =
      Region.all[person.region].antidepressants * bySex * byAge * byArea / 1_000_000
    guard random.chance(perThousand: perThousand) else { return }
    hasDepression = random.chance(perThousand: 700)
    var day = random.day(from: Calendar.day(2020, 6, 1), to: Calendar.day(2024, 10, 31))
    if hasDepression { record(Code.depression, on: day.plus(-random.below(30))) }
    let medicine = random.pick(Medicine.antidepressants)
    let length = random.pick([(25, 2), (25, 6), (20, 12), (30, 60)])
    for _ in 0..<length where day <= Calendar.snapshot {
      // Prescriptions from before 2022 are not part of the records.
      if day.year >= 2022 { prescribe(medicine, on: day) }
      day = day.plus(random.within(26...31))
    }
  }
}
