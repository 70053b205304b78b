import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

// `histogram`: counts in bins that the study declares.
extension Checker {
  /// Adds a histogram to the plan.
  func histogram(_ histogram: Histogram) {
    let population = self.population(named: histogram.header.population)
    var names = ColumnNames(alsoTaken: ["from", "below"])
    let groupings = histogram.grouping?.items.map {
      grouping($0, of: population, names: &names, in: Scope())
    }
    let value = number(histogram.value, for: "`histogram`", in: Scope())
    let edges = value.flatMap { self.edges(of: histogram, $0) }
    let known = groupings?.compactMap(\.self) ?? []
    let shape = OutputShape(
      name: histogram.header.name, grouping: histogram.grouping, totals: nil, span: histogram.span)
    guard let population, known.count == groupings?.count ?? 0, let value, let edges,
      let breakdowns = self.breakdowns(of: shape, by: known, repeated: edges.count + 2)
    else { return }
    let bins = self.bins(of: value, histogram, edges, in: population)
    state.plan.add(
      .histogram(
        HistogramOutput(
          table: TableOutput(
            name: histogram.header.name.text, population: position(of: population),
            groupings: known + [bins],
            breakdowns: breakdowns.map {
              Breakdown(groupings: $0.groupings + [known.count], isTotal: false)
            },
            statistics: [Lowered.Statistic(name: "count", label: "count", kind: .count)]),
          edges: edges)))
  }

  /// The bins as a grouping, those without a value last where there can be any.
  private func bins(
    of value: Typed, _ histogram: Histogram, _ edges: [Value], in population: CheckedPopulation
  ) -> Lowered.Grouping {
    let name = OutputNames.subject(of: histogram.value) ?? "value"
    let band = shared(
      Typed(.band(value.expression, cuts: edges), .bands([]), from: [value]))
    var levels = Level.bands(BandLabels.labels(cuts: edges))
    if !isKnown(band.expression, in: population) { levels.append(Level(.missing)) }
    return Lowered.Grouping(
      name: name, heading: OutputNames.subject(of: histogram.value) ?? words(histogram.value.span),
      expression: band.expression, levels: levels)
  }

  /// The edges between bins: of integers for an integer, of decimals for a decimal.
  private func edges(of histogram: Histogram, _ value: Typed) -> [Value]? {
    let bounds = [histogram.lower, histogram.upper].map { bound in
      number(bound, for: "an end of `histogram`", in: Scope())
        .flatMap { constant($0, for: "an end of `histogram`", at: bound.span) }
    }
    guard let lower = bounds[0]?.constant?.number, let upper = bounds[1]?.constant?.number else {
      return nil
    }
    let width: Double? =
      switch histogram.width.kind {
      case .integer(let integer): Double(integer)
      case .decimal(let decimal): decimal
      default: nil
      }
    guard let steps = width.flatMap({ BinSteps(from: lower, to: upper, every: $0) }) else {
      return wrongBins(histogram, "write a width that fills them: `from 0 to 60 every 5`")
    }
    if steps.count > Limits.bins {
      return wrongBins(histogram, "take at most \(Limits.bins) bins")
    }
    if value.type == .integer, !steps.areWhole {
      return wrongBins(histogram, "write whole numbers, as the values are")
    }
    return steps.edges(areIntegers: value.type == .integer)
  }

  private func wrongBins(_ histogram: Histogram, _ step: String) -> [Value]? {
    let range = "\(excerpt(histogram.lower.span)) to \(excerpt(histogram.upper.span))"
    return failure(
      Diagnostic(
        .wrongBins, "bins of \(excerpt(histogram.width.span)) do not fill \(range)",
        at: histogram.width.span
      ).help(step))
  }
}

/// Equal steps from one number to another, exact in decimals.
private struct BinSteps {
  private let first: Int
  private let step: Int
  private let scale: Int
  /// How many steps there are.
  let count: Int

  /// `nil` where the steps do not end at the end, or the numbers have more than six decimals.
  init?(from lower: Double, to upper: Double, every width: Double) {
    for decimals in 0...6 {
      let scale = (0..<decimals).reduce(1) { scale, _ in scale * 10 }
      let units = [lower, upper, width].map { number -> Int? in
        let scaled = (number * Double(scale)).rounded()
        return scaled / Double(scale) == number && scaled.magnitude < 0x1p53 ? Int(scaled) : nil
      }
      guard let first = units[0], let last = units[1], let step = units[2] else { continue }
      guard step > 0, last > first, (last - first) % step == 0 else { return nil }
      (self.first, self.step, self.scale) = (first, step, scale)
      count = (last - first) / step
      return
    }
    return nil
  }

  /// Whether every edge is a whole number.
  var areWhole: Bool { scale == 1 }

  /// The ends and all between them.
  func edges(areIntegers: Bool) -> [Value] {
    (0...count).map { number in
      let units = first + number * step
      return areIntegers ? .integer(units) : .decimal(Double(units) / Double(scale))
    }
  }
}
