import CarrelDisclosure

/// A drawing of released figures over intervals, one line for each group.
///
/// It is drawn from what is published and from nothing else. Where a figure is hidden the line is
/// broken, so that nothing can be read off between its neighbours.
struct LineChart {
  /// What the figures are, for those who cannot see the drawing.
  let title: String
  /// The label of each interval.
  let intervals: [String]
  /// The lines, at most six.
  let series: [Series]
  /// What is written after each number of the scale, such as `%`.
  let unit: String

  /// The figures of one group.
  struct Series {
    let label: String
    /// One for each interval; `nil` where none is shown.
    let values: [Double?]
  }

  /// The most lines that can be told apart.
  static let mostSeries = 6

  private static let (width, height) = (760.0, 300.0)
  private static let (left, right, top, bottom) = (56.0, 12.0, 12.0, 34.0)

  /// The figure with its key.
  var html: HTML {
    .element(
      "figure",
      [
        .element(
          "svg",
          [
            "viewBox": "0 0 \(Int(Self.width)) \(Int(Self.height))", "role": "img",
            "aria-label": title,
          ], scale + axis + series.indices.map { Self.drawn(line($0), as: $0) }),
        .element("ul", ["class": "key"], series.indices.map(key)),
        .element("figcaption", "\(title). A gap is a hidden figure."),
      ])
  }

  /// A round number at or above every figure, and how far apart the lines of the scale stand.
  private var extent: (top: Double, step: Double) {
    let highest = max(series.flatMap { $0.values.compactMap(\.self) }.max() ?? 1, 1e-9)
    var step = 1e-9
    while true {
      for factor in [1.0, 2, 5] where step * factor * 5 >= highest {
        let size = step * factor
        return ((highest / size).rounded(.up) * size, size)
      }
      step *= 10
    }
  }

  private func x(_ index: Int) -> Double {
    let span = Self.width - Self.left - Self.right
    return Self.left + span * Double(index) / Double(max(1, intervals.count - 1))
  }

  private func y(_ value: Double) -> Double {
    let span = Self.height - Self.top - Self.bottom
    return Self.top + span * (1 - value / extent.top)
  }

  private var scale: [HTML] {
    let (top, step) = extent
    return (0...Int((top / step).rounded())).flatMap { index -> [HTML] in
      let value = Double(index) * step
      return [
        .empty(
          "line",
          [
            "x1": Self.text(Self.left), "x2": Self.text(Self.width - Self.right),
            "y1": Self.text(y(value)), "y2": Self.text(y(value)),
            "stroke": index == 0 ? "var(--soft)" : "var(--hair)",
          ]),
        .element(
          "text",
          [
            "x": Self.text(Self.left - 8), "y": Self.text(y(value) + 4), "text-anchor": "end",
          ], Self.text(value, decimals: step < 0.1 ? 3 : step < 1 ? 1 : 0) + unit),
      ]
    }
  }

  /// The first, the last and a few intervals between are named.
  private var axis: [HTML] {
    let every = max(1, (intervals.count + 5) / 6)
    return intervals.indices.filter { $0 % every == 0 }.map { index in
      .element(
        "text",
        [
          "x": Self.text(x(index)), "y": Self.text(Self.height - 10),
          "text-anchor": index == 0 ? "start" : "middle",
        ], intervals[index])
    }
  }

  private func line(_ index: Int) -> [HTML] {
    let points = series[index].values.enumerated().map { position, value in
      value.map { (x: Self.text(x(position)), y: Self.text(y($0))) }
    }
    return points.split { $0 == nil }.map { run in
      let known = run.compactMap(\.self)
      if known.count == 1 {
        return .empty(
          "circle",
          ["cx": known[0].x, "cy": known[0].y, "r": "3", "fill": Self.colour(index)])
      }
      let path = known.map { "\($0.x),\($0.y)" }.joined(separator: " ")
      return .empty("polyline", ["points": path])
    }
  }

  private func key(_ index: Int) -> HTML {
    .element(
      "li",
      [
        .element(
          "svg", ["viewBox": "0 0 40 12", "aria-hidden": "true"],
          [
            Self.drawn(
              [.empty("line", ["x1": "0", "x2": "40", "y1": "6", "y2": "6"])], as: index)
          ]), HTML(series[index].label),
      ])
  }

  private static func colour(_ index: Int) -> String { "var(--c\(index))" }

  /// Each line has a pattern of its own beside its colour.
  private static func drawn(_ pieces: [HTML], as index: Int) -> HTML {
    let patterns = ["none", "8 4", "2 4", "12 4 2 4", "4 2", "1 3"]
    return .element(
      "g",
      [
        "fill": "none", "stroke": colour(index), "stroke-width": "2.5",
        "stroke-dasharray": patterns[index],
      ], pieces)
  }

  /// A number with so many decimals, one for a place in the drawing.
  private static func text(_ number: Double, decimals: Int = 1) -> String {
    let scale = (0..<decimals).reduce(1) { scale, _ in scale * 10 }
    let units = Int((number * Double(scale)).rounded())
    let (whole, rest) = units.magnitude.quotientAndRemainder(dividingBy: UInt(scale))
    let digits = String(rest)
    let padding = String(repeating: "0", count: max(0, decimals - digits.utf8.count))
    return "\(units < 0 ? "-" : "")\(whole)" + (decimals == 0 ? "" : ".\(padding)\(digits)")
  }
}
