extension Plan {
  /// The positions of the values that depend on the interval at hand, rising.
  ///
  /// All others are the same in every interval and need be computed once only.
  public var valuesOfIntervals: [Int] {
    var found: Set<Int> = []
    for (index, value) in values.enumerated() where value.expression.mentionsInterval(found) {
      found.insert(index)
    }
    return found.sorted()
  }
}

extension Expression {
  /// Whether it depends on the interval at hand, also by one of these values.
  fileprivate func mentionsInterval(_ values: Set<Int>) -> Bool {
    switch self {
    case .intervalStart, .intervalEnd: true
    case .value(let index): values.contains(index)
    default: parts.contains { $0.mentionsInterval(values) }
    }
  }
}
