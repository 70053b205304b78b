import CarrelDiagnostics
import CarrelPlan
import CarrelValues

// The same figure over windows of many lengths, from which each month can be worked out
// (`attacks`, K5).
extension SafetyReview {
  func reviewWindowLengths() {
    var numerators: [Int: Set<[WindowLength]>] = [:]
    var shapes = WindowShapes(plan: plan)
    for reviewed in outputs {
      shapes.interval = reviewed.interval
      for channel in reviewed.channels
      where channel.role == .condition || channel.role == .measure {
        let shape = shapes.shape(of: channel.expression)
        review(shape, at: channel.span, "a figure", &numerators)
      }
      let population = shapes.shape(ofAll: reviewed.criteria.map(\.expression))
      review(population, at: reviewed.name, "a population", &numerators)
    }
  }

  private func review(
    _ shape: WindowShapes.Shape, at span: SourceSpan, _ what: String,
    _ numerators: inout [Int: Set<[WindowLength]>]
  ) {
    guard !shape.lengths.isEmpty else { return }
    numerators[shape.number, default: []].insert(shape.lengths)
    if let lengths = numerators[shape.number], lengths.count > SafetyRules.mostWindowLengths {
      report(
        .manyWindows,
        "\(what) has windows of at most \(SafetyRules.mostWindowLengths) lengths in a study",
        at: span
      ) {
        $0.label("the same over one more length of time")
          .help("keep two, such as the month and the year")
      }
    }
  }
}

/// How long a window is, in the unit that it is written in.
struct WindowLength: Hashable {
  let count: Int
  let unit: CalendarUnit
}
