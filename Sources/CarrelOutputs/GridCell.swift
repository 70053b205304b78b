import CarrelDisclosure

/// One cell of figures in a text table.
enum GridCell: Equatable {
  /// No such group.
  case blank
  /// One figure.
  case figure(String)
  /// A percentage and its parts.
  case share(percent: String, numerator: String, of: String)
  /// A percentage that is hidden, of a number that is not.
  case hiddenShare(of: String)

  /// A statistic of a group.
  init(_ statistic: ReleasedStatistic, kind: ReleasedStatisticHeading.Kind) {
    guard kind == .percent, let numerator = statistic.numerator?.number,
      let denominator = statistic.denominator?.number, let percent = statistic.value.number
    else {
      let interval = statistic.interval.flatMap { $0.text(decimals: 4) }
      self = .figure(statistic.value.text(decimals: 4) + (interval.map { " (\($0))" } ?? ""))
      return
    }
    let interval = statistic.interval.flatMap { $0.text(decimals: 1, unit: "%") }
    self = .share(
      percent: percent.rounded(toDecimals: 1).text + "%" + (interval.map { " (\($0))" } ?? ""),
      numerator: numerator.text, of: denominator.text)
  }

  /// The percentage of a group whose number of people may be shown although the percentage is not.
  init(_ statistic: ReleasedStatistic, kind: ReleasedStatisticHeading.Kind, count: ReleasedFigure) {
    if kind == .percent, statistic.value == .redacted, let count = count.number {
      self = .hiddenShare(of: count.text)
    } else {
      self.init(statistic, kind: kind)
    }
  }

  /// The cell where it stands by itself.
  var sentence: String {
    switch self {
    case .blank: ""
    case .figure(let text): text
    case .share(let percent, let numerator, let whole): "\(percent) (\(numerator) of \(whole))"
    case .hiddenShare(let whole): "\(ReleasedFigure.mark) of \(whole)"
    }
  }
}

/// The widths of the parts of the cells in one column.
struct GridCellWidths {
  private var percent = 0
  private var numerator = 0
  private var hidden = 0
  private var whole = 0
  private var figure = 0

  /// Widths that fit all cells, whose figures are ASCII, so that a character is a column.
  init(of cells: [GridCell]) {
    for cell in cells {
      switch cell {
      case .blank: break
      case .figure(let text): figure = max(figure, text.count)
      case .share(let percent, let numerator, let whole):
        self.percent = max(self.percent, percent.count)
        self.numerator = max(self.numerator, numerator.count)
        self.whole = max(self.whole, whole.count)
      case .hiddenShare(let whole):
        hidden = ReleasedFigure.mark.count
        self.whole = max(self.whole, whole.count)
      }
    }
  }

  /// The width of a whole cell.
  var total: Int { max(figure, whole == 0 ? 0 : lead + " of ".count + whole) }

  private var lead: Int { max(hidden, percent == 0 ? 0 : percent + 1 + numerator) }

  /// A cell with its parts under those of other cells.
  func aligned(_ cell: GridCell) -> String {
    switch cell {
    case .blank: ""
    case .figure(let text): text
    case .share(let percent, let numerator, let whole):
      "\(percent) \(numerator.leading(self.numerator)) of \(whole.leading(self.whole))"
    case .hiddenShare(let whole): "\(ReleasedFigure.mark) of \(whole.leading(self.whole))"
    }
  }
}

extension String {
  /// The text with spaces before it up to a width.
  func leading(_ width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }
}

extension ReleasedFigure {
  /// The figure as a person reads it, with at most so many decimals.
  func text(decimals: Int = 0) -> String {
    switch self {
    case .shown(let number): number.rounded(toDecimals: decimals).text
    case .zero: "0"
    case .redacted: Self.mark
    case .missing: "missing"
    case .notApplicable: "n/a"
    }
  }
}

extension ReleasedConfidenceInterval {
  /// The ends as a person reads them, with at most so many decimals; `nil` where they are no numbers.
  func text(decimals: Int, unit: String = "") -> String? {
    guard lower.number != nil, upper.number != nil else { return nil }
    return "\(lower.text(decimals: decimals))\(unit) to \(upper.text(decimals: decimals))\(unit)"
  }
}

extension ReleasedNumber {
  /// The digits with commas between thousands.
  var text: String {
    let digits = description
    let start = digits.hasPrefix("-") ? 1 : 0
    let whole = digits.dropFirst(start).prefix { $0 != "." }
    var grouped = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % 3 == 0 { grouped += "," }
      grouped.append(digit)
    }
    return digits.prefix(start) + grouped + digits.dropFirst(start + whole.count)
  }
}
