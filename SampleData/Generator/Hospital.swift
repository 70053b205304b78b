import CarrelValues

/// Stays in hospital from 2019 on.
struct Admissions {
  struct Stay {
    var admitted: CivilDate
    var discharged: CivilDate?
    var primary: String
    var all: [String]
  }

  private(set) var stays: [Stay] = []

  init(of person: Person, with history: History, from random: inout SplitMix64) {
    for year in 2019...2024 {
      let day = random.day(of: year)
      let age = person.age(on: day)
      let base = age < 1 ? 220 : age < 18 ? 45 : age < 65 ? 70 : age < 80 ? 170 : 330
      guard random.chance(perThousand: base * (130 - 10 * person.deprivation) / 100) else {
        continue
      }
      add(day, of: person, with: history, from: &random)
    }
    if history.hasAsthma, random.chance(perThousand: 75 - 9 * person.deprivation) {
      add(
        random.day(of: random.within(2019...2024)), for: Diagnosis.asthma, of: person,
        with: history, from: &random)
    }
    stays.sort {
      ($0.admitted, $0.primary, $0.discharged ?? Calendar.snapshot)
        < ($1.admitted, $1.primary, $1.discharged ?? Calendar.snapshot)
    }
  }

  private mutating func add(
    _ day: CivilDate, for reason: String? = nil, of person: Person, with history: History,
    from random: inout SplitMix64
  ) {
    guard person.isAlive(on: day), day <= Calendar.snapshot else { return }
    let age = person.age(on: day)
    let reasons = Diagnosis.admission[age < 18 ? 0 : age < 65 ? 1 : 2]
    let primary = reason ?? random.pick(reasons)
    var discharged = day.plus(age < 65 ? random.below(5) : random.below(16))
    if let death = person.death { discharged = min(discharged, death) }
    var all = [primary]
    if history.hasHypertension { all.append(Diagnosis.hypertension) }
    if history.hasAsthma, primary != Diagnosis.asthma { all.append(Diagnosis.asthma) }
    if history.hasDepression, primary != Diagnosis.depression { all.append(Diagnosis.depression) }
    if age >= 65, random.chance(perThousand: 500) { all.append(random.pick(Diagnosis.mentioned)) }
    stays.append(
      Stay(
        admitted: day, discharged: discharged <= Calendar.snapshot ? discharged : nil,
        primary: primary, all: all))
  }
}

/// A death as the Office for National Statistics would register it.
struct DeathRegistration {
  let date: CivilDate
  let underlying: String
  let mentioned: [String]

  /// Nearly every death is registered; a few on another day than the practice's.
  init?(of person: Person, with history: History, from random: inout SplitMix64) {
    guard let death = person.death, random.chance(perThousand: 980) else { return nil }
    date = random.chance(perThousand: 20) ? death.plus(-random.within(1...3)) : death
    let age = person.age(on: death)
    var causes = Diagnosis.causeOfDeath[age < 50 ? 0 : age < 75 ? 1 : 2]
    if (2020...2022).contains(death.year) { causes.append((9, Diagnosis.covid)) }
    if history.hasAsthma { causes.append((2, Diagnosis.asthma)) }
    if person.sex == "male" { causes.removeAll { $0.choice == "C509" } }
    if person.sex == "female" { causes.removeAll { $0.choice == "C61" } }
    underlying = random.pick(causes)
    var others: [String] = []
    if history.hasHypertension { others.append(Diagnosis.hypertension) }
    for _ in 0..<random.below(3) {
      let condition = random.pick(Diagnosis.mentioned)
      if condition != underlying, !others.contains(condition) { others.append(condition) }
    }
    mentioned = [underlying] + others
  }

  /// The row of `ons_deaths`, with its fifteen columns of causes.
  func row(of person: Person) -> [String] {
    let causes = (0..<15).map { $0 < mentioned.count ? mentioned[$0] : "" }
    return [field(person.id), field(date), underlying] + causes
  }
}
