import CarrelValues

/// Vaccinations against influenza, COVID-19, pneumococcal disease and shingles.
struct Vaccinations {
  struct Dose {
    var date: CivilDate
    var disease: String
    var product: String
  }

  private(set) var doses: [Dose] = []

  init(of person: Person, with history: History, from random: inout SplitMix64) {
    let willingness = 18 * (person.deprivation - 3) + random.within(-150...100)
    drawInfluenza(of: person, with: history, willingness: willingness, from: &random)
    drawCovid(of: person, willingness: willingness, from: &random)
    for (age, disease, product) in [
      (65, "PNEUMOCOCCAL", "Pneumovax 23"), (70, "SHINGLES", "Shingrix"),
    ] {
      let day = person.birth.plus(age * 366 + random.below(400))
      if day.year >= Calendar.firstYear, random.chance(perThousand: 640 + willingness) {
        doses.append(Dose(date: day, disease: disease, product: product))
      }
    }
    doses.removeAll { !person.isAlive(on: $0.date) || $0.date > Calendar.snapshot }
    doses.sort { ($0.date, $0.disease, $0.product) < ($1.date, $1.disease, $1.product) }
  }

  private mutating func drawInfluenza(
    of person: Person, with history: History, willingness: Int, from random: inout SplitMix64
  ) {
    for year in 2020...2024 {
      let start = Calendar.day(year, 9, 8)
      let isOlder = person.age(on: start) >= 65
      let perThousand = isOlder ? 780 : history.hasAsthma || history.hasHypertension ? 420 : 60
      let date = start.plus(random.below(60) + random.below(60))
      if random.chance(perThousand: perThousand + willingness) {
        doses.append(
          Dose(date: date, disease: "INFLUENZA", product: isOlder ? "Fluad" : "Flucelvax"))
      }
    }
  }

  /// Two doses in 2021, the oldest first, then boosters for those who came back.
  private mutating func drawCovid(
    of person: Person, willingness: Int, from random: inout SplitMix64
  ) {
    let age = person.age(on: Calendar.day(2021, 3, 31))
    guard age >= 16, random.chance(perThousand: 860 + willingness) else { return }
    let first = Calendar.day(2020, 12, 14).plus(max(0, 80 - age) * 3 + random.below(50))
    let product = random.pick([(50, "Vaxzevria"), (46, "Comirnaty"), (4, "Spikevax")])
    let dates = [first, first.plus(random.within(56...84)), first.plus(random.within(240...300))]
    for (number, date) in dates.enumerated() {
      if number > 0, !random.chance(perThousand: 880 + willingness / 3) { return }
      doses.append(
        Dose(
          date: date, disease: "SARS-2 CORONAVIRUS", product: number < 2 ? product : "Comirnaty"))
    }
  }
}
