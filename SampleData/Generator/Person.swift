import CarrelValues

/// An invented person: who they are, and how long they live.
struct Person {
  let id: Int
  let sex: String
  let birth: CivilDate
  let death: CivilDate?
  /// A position in ``Region/all``.
  let region: Int
  /// The fifth of areas that they live in, 1 the most deprived; what the records know of it is in
  /// their addresses.
  let deprivation: Int

  /// Draws a person.
  init(id: Int, from random: inout SplitMix64) {
    self.id = id
    sex = random.pick([
      (4960, "female"), (5000, "male"), (10, "intersex"), (30, "unknown"),
    ])
    birth = Self.birth(from: &random)
    region = random.pick(Region.all.indices.map { (Region.all[$0].population, $0) })
    deprivation = random.pick(Region.all[region].deprivation.enumerated().map { ($1, $0 + 1) })
    death = Self.death(of: birth, deprivation: deprivation, from: &random)
  }

  /// Complete years on a day.
  func age(on day: CivilDate) -> Int { CivilDate.span(.years, from: birth, to: day) }

  /// Whether they have been born, and have not died before a day.
  func isAlive(on day: CivilDate) -> Bool {
    day >= birth && death.map { $0 >= day } ?? true
  }

  /// Whether they are 18 or over on a day.
  func isAdult(on day: CivilDate) -> Bool { age(on: day) >= 18 }

  /// Ages in 2015 in steps of five years, those of people born since then below nought; the shape
  /// of the English population.
  private static func birth(from random: inout SplitMix64) -> CivilDate {
    let weights = [
      55, 58, 62, 61, 58, 63, 67, 69, 68, 63, 66, 69, 70, 63, 55, 56, 44, 35, 27, 17, 7, 2,
    ]
    let step = random.pick(weights.indices.map { (weights[$0], $0) })
    let age = step * 5 - 10 + random.below(5)
    return random.day(of: Calendar.firstYear - 1 - age)
  }

  /// Walks through the years until the person dies or the records end.
  private static func death(
    of birth: CivilDate, deprivation: Int, from random: inout SplitMix64
  ) -> CivilDate? {
    for year in Calendar.firstYear...Calendar.snapshot.year where year > birth.year {
      let risk = deathsPerHundredThousand(at: year - birth.year) * (145 - 15 * deprivation) / 100
      if random.chance(perHundredThousand: risk) { return random.day(of: year) }
    }
    return nil
  }

  private static func deathsPerHundredThousand(at age: Int) -> Int {
    switch age {
    case ..<40: 50
    case ..<50: 160
    case ..<60: 380
    case ..<70: 950
    case ..<80: 2500
    case ..<90: 8200
    default: 21_000
    }
  }
}

/// One of the nine regions of England.
struct Region {
  let name: String
  /// Its population, in units of 50,000.
  let population: Int
  /// How its people are spread over the fifths of deprivation, the most deprived first.
  let deprivation: [Int]
  /// Of a thousand adults, how many take an antidepressant at some time in the years recorded.
  let antidepressants: Int

  static let all = [
    Region(
      name: "North East", population: 53, deprivation: [33, 23, 17, 14, 13], antidepressants: 245),
    Region(
      name: "North West", population: 148, deprivation: [32, 20, 17, 16, 15], antidepressants: 225),
    Region(
      name: "Yorkshire and The Humber", population: 110, deprivation: [29, 20, 17, 18, 16],
      antidepressants: 210),
    Region(
      name: "East Midlands", population: 98, deprivation: [19, 20, 20, 21, 20], antidepressants: 195
    ),
    Region(
      name: "West Midlands", population: 119, deprivation: [29, 20, 18, 17, 16],
      antidepressants: 195),
    Region(
      name: "East of England", population: 127, deprivation: [11, 19, 23, 23, 24],
      antidepressants: 185),
    Region(
      name: "London", population: 176, deprivation: [17, 29, 22, 18, 14], antidepressants: 115),
    Region(
      name: "South East", population: 186, deprivation: [10, 16, 20, 23, 31], antidepressants: 180),
    Region(
      name: "South West", population: 114, deprivation: [12, 20, 26, 24, 18], antidepressants: 200),
  ]
}
