import CarrelValues

/// Where a person is registered and lives over the years.
struct Residence {
  /// A stretch at one practice and address; no end means that it goes on.
  struct Stay {
    var start: CivilDate
    var end: CivilDate?
    var practice: Int
    var region: Int
    var deprivation: Int
  }

  /// In order of time; gaps are times without a practice.
  private(set) var stays: [Stay]
  /// Whether the practices hold an address, and whether it could be matched to an area.
  let hasAddress: Bool
  let addressHasArea: Bool

  init(of person: Person, from random: inout SplitMix64) {
    let start = Self.firstRegistration(of: person, from: &random)
    stays = [
      Stay(
        start: start, end: nil, practice: Self.practice(in: person.region, from: &random),
        region: person.region, deprivation: person.deprivation)
    ]
    hasAddress = !random.chance(perThousand: 20)
    addressHasArea = !random.chance(perThousand: 15)
    if random.chance(perThousand: 180) { move(from: &random) }
    if random.chance(perThousand: 50) { leave(from: &random) }
    if let death = person.death { close(after: death, from: &random) }
  }

  /// Whether a practice was keeping the person's record on a day.
  func isRegistered(on day: CivilDate) -> Bool {
    stays.contains { $0.start <= day && $0.end.map { $0 >= day } ?? true }
  }

  private static func firstRegistration(
    of person: Person, from random: inout SplitMix64
  ) -> CivilDate {
    let opened = Calendar.day(1985, 1, 1)
    let recent = Calendar.day(Calendar.firstYear, 1, 1)
    if person.birth >= recent { return person.birth.plus(random.within(5...60)) }
    if random.chance(perThousand: 800) {
      return random.day(from: max(opened, person.birth.plus(10)), to: recent)
    }
    return random.day(from: recent, to: Calendar.day(2023, 12, 31))
  }

  /// A practice of a region: fourteen in each.
  private static func practice(in region: Int, from random: inout SplitMix64) -> Int {
    region * 100 + random.within(1...14)
  }

  private mutating func move(from random: inout SplitMix64) {
    let old = stays[stays.count - 1]
    let day = random.day(
      from: max(old.start.plus(90), Calendar.day(2015, 6, 1)), to: Calendar.snapshot)
    let region =
      random.chance(perThousand: 250) ? random.below(Region.all.count) : old.region
    let deprivation =
      random.chance(perThousand: 600)
      ? random.pick(Region.all[region].deprivation.enumerated().map { ($1, $0 + 1) })
      : old.deprivation
    stays[stays.count - 1].end = day
    stays.append(
      Stay(
        start: day.plus(random.chance(perThousand: 700) ? 0 : random.within(1...60)), end: nil,
        practice: Self.practice(in: region, from: &random), region: region,
        deprivation: deprivation))
  }

  private mutating func leave(from random: inout SplitMix64) {
    let last = stays.count - 1
    stays[last].end = random.day(
      from: max(stays[last].start.plus(60), Calendar.day(2016, 1, 1)), to: Calendar.snapshot)
  }

  /// A practice closes the record within three weeks of a death; what would come later never was.
  private mutating func close(after death: CivilDate, from random: inout SplitMix64) {
    stays.removeAll { $0.start > death }
    guard let last = stays.indices.last, stays[last].end.map({ $0 >= death }) ?? true else {
      return
    }
    stays[last].end = death.plus(random.within(0...20))
  }
}

extension Residence {
  /// The rows of `practice_registrations`.
  func registrationRows(of person: Person) -> [[String]] {
    recorded.map { [field(person.id), field($0.start), field($0.end), field($0.practice)] }
  }

  /// The rows of `addresses`.
  func addressRows(of person: Person) -> [[String]] {
    guard hasAddress else { return [] }
    return recorded.map { stay in
      [
        field(person.id), field(stay.start), field(stay.end),
        addressHasArea ? Region.all[stay.region].name : "",
        addressHasArea ? field(stay.deprivation) : "",
      ]
    }
  }

  /// The stays as the records know them on the last day: an end that lies ahead is not known yet.
  private var recorded: [Stay] {
    stays.filter { $0.start <= Calendar.snapshot }.map { stay in
      var known = stay
      if let end = stay.end, end > Calendar.snapshot { known.end = nil }
      return known
    }
  }
}
