/// How many people two values of each disagree about, once one is moved and scaled to match the other.
struct LinearMatch {
  /// The people in the order of one value.
  private let points: [ValuePoint]

  init(_ points: [ValuePoint]) {
    self.points = points.sorted { ($0.other, $0.new) < ($1.other, $1.new) }
  }

  /// The fewest people who are on no one line that most are on; `nil` where they are more than some
  /// number, or there is no such line.
  ///
  /// People are paired so that nobody is in two pairs. Of one pair more than disagree, one is of two
  /// who agree, and their line is that of all who do: so only so many lines are tried. Where fewer
  /// pairs differ in the value, nearly everybody has one and the same, and a primary rule hides it.
  func disagreeing(upTo minimum: Int) -> Int? {
    let half = points.count / 2
    let pairs = (0..<half).filter { points[$0].other != points[$0 + half].other }
    guard pairs.count > minimum else { return nil }
    let fewest = stride(from: 0, to: pairs.count, by: pairs.count / (minimum + 1)).compactMap {
      place -> Int? in
      let (one, other) = (points[pairs[place]], points[pairs[place] + half])
      return one.new == other.new ? nil : points.count { !$0.isOnLine(through: one, other) }
    }.min()
    return fewest.flatMap { $0 <= minimum && 2 * $0 < points.count ? $0 : nil }
  }
}

extension ValuePoint {
  /// Whether a person's values are on the line through those of two others, as far as places that are
  /// rounded can tell.
  fileprivate func isOnLine(through one: ValuePoint, _ two: ValuePoint) -> Bool {
    let (run, rise) = (two.other - one.other, two.new - one.new)
    let (right, up) = (other - one.other, new - one.new)
    // Each difference is off by up to 1.
    let blur = abs(run) + abs(rise) + abs(right) + abs(up) + 8
    return abs(up * run - right * rise) <= blur
  }
}
