import CarrelPlan

/// A number of people that a study may publish: some levels of some groupings, and of them perhaps
/// those with a characteristic.
///
/// Groupings and characteristics are numbered by a ``StudyIndex``.
struct CountFigure: Hashable {
  /// The group, rising by grouping; none for everybody.
  var levels: [Level]
  /// Who of the group; `nil` for all.
  var part: Part?

  /// One level of a grouping, both as positions.
  struct Level: Hashable {
    var grouping: Int
    var level: Int
  }

  /// Some of the states that a characteristic can have.
  struct Part: Hashable {
    var characteristic: Int
    var states: [Int]
  }

  /// A group, or a part of one.
  init(levels: [Level], part: Part? = nil) {
    self.levels = levels
    self.part = part
  }

  /// Everybody.
  static let everybody = CountFigure(levels: [])

  /// A group of a table by its levels in a breakdown, given the numbers of the table's groupings.
  init(_ levels: [Int], of breakdown: Breakdown, numbered groupings: [Int]) {
    let known = zip(breakdown.groupings, levels).map { position, level in
      Level(grouping: groupings[position], level: level)
    }
    self.init(levels: known.sorted { $0.grouping < $1.grouping })
  }

  /// The groupings of the group.
  var groupings: [Int] { levels.map(\.grouping) }

  /// The same group with all of its people.
  var group: CountFigure { CountFigure(levels: levels) }
}

extension CountFigure: Comparable {
  static func < (one: Self, other: Self) -> Bool {
    one.numbers.lexicographicallyPrecedes(other.numbers)
  }

  /// Numbers that tell it from every other, those of fewer groupings first.
  private var numbers: [Int] {
    [levels.count] + levels.flatMap { [$0.grouping, $0.level] }
      + (part.map { [$0.characteristic] + $0.states } ?? [])
  }
}

/// What becomes of a number of people.
struct CountFate {
  /// The number itself, as it was given.
  var people: Int
  /// How many people more or fewer there may truly be: none but where the number is that of an
  /// earlier figure of nearly the same people.
  var doubt: Int
  /// Which numbers a reader must think possible; `nil` where it is hidden.
  var shown: ClosedRange<Int>?
  /// Whether it is hidden because the policy hides such a number, so that nobody may work it out.
  var isProtected: Bool

  /// Of so many people, who are shown as some others or hidden.
  init(people: Int, doubt: Int, shown: ClosedRange<Int>?, isProtected: Bool) {
    self.people = people
    self.doubt = doubt
    self.shown = shown.map { max(0, $0.lowerBound - doubt)...($0.upperBound + doubt) }
    self.isProtected = isProtected
  }

  /// The numbers that it can truly be.
  var possible: ClosedRange<Int> { max(0, people - doubt)...(people + doubt) }
}
