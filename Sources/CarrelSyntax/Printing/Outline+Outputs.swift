extension OutputHeader {
  var outlines: [Outline] { [name.outline, .node("of", [population.outline])] }
}

extension Table {
  var outline: Outline {
    .node(
      "table",
      header.outlines + [intervals?.outline, grouping?.outline, totals?.outline].compactMap(\.self)
        + [.node("show", statistics.map(\.outline))])
  }
}

extension Deciles {
  var outline: Outline {
    .node(
      "deciles",
      header.outlines + [intervals?.outline].compactMap(\.self)
        + [.node("across", [unit.outline]), .node("show", statistics.map(\.outline))])
  }
}

extension Summary {
  var outline: Outline {
    .node(
      "summary",
      header.outlines + [grouping?.outline, totals?.outline].compactMap(\.self)
        + [.node("show", items.map(\.outline))])
  }
}

extension Histogram {
  var outline: Outline {
    .node(
      "histogram",
      header.outlines + [grouping?.outline].compactMap(\.self) + [
        .node("show", [value.outline]), .node("from", [lower.outline]),
        .node("to", [upper.outline]), .node("every", [width.outline]),
      ])
  }
}

extension Survival {
  var outline: Outline {
    .node(
      "survival",
      header.outlines + [grouping?.outline].compactMap(\.self) + time.outlines
        + [.node("every", [step.outline]), .node("for", [horizon.outline])])
  }
}

extension Model {
  var outline: Outline {
    let terms = Outline.node("on", terms.map(\.outline))
    switch outcome {
    case .cox(let time):
      return .node("model", header.outlines + [.word("cox")] + time.outlines + [terms])
    case .regression(let family, let value, let offset):
      let outcome = Outline.node(family.rawValue, [value.outline])
      return .node(
        "model", header.outlines + [outcome, terms] + Outline.clause("offset", offset?.outline))
    }
  }
}

extension Trend {
  var outline: Outline {
    .node(
      "trend",
      [name.outline, .node("of", [table.outline]), .word(family.rawValue)]
        + [.node("breaks", breaks.map(\.outline))] + (isSeasonal ? [.word("seasonal")] : []))
  }
}

extension Intervals {
  fileprivate var outline: Outline {
    switch extent {
    case .calendar(let first, let last):
      .node("each", [length.outline, .node("from", [first.outline]), .node("to", [last.outline])])
    case .followUp(let duration, let origin):
      .node(
        "each", [length.outline, .node("for", [duration.outline]), .node("from", [origin.outline])])
    }
  }
}

extension Grouping {
  fileprivate var outline: Outline { .node(isEachOf ? "by-each-of" : "by", items.map(\.outline)) }
}

extension Totals {
  fileprivate var outline: Outline { .node("totals", over.map(\.outline)) }
}

extension Item {
  var outline: Outline { label.map { .node("as", [value.outline, $0.outline]) } ?? value.outline }
}

extension TimeToEvent {
  fileprivate var outlines: [Outline] {
    [.node("from", [start.outline]), .node("event", [event.outline])]
      + Outline.clause("competing", competing?.outline) + Outline.clause("censor", censor?.outline)
  }
}

extension ModelTerm {
  fileprivate var outline: Outline {
    switch self {
    case .value(let value, let reference):
      reference.map { .node("reference", [value.outline, $0.outline]) } ?? value.outline
    case .interaction(let first, let second):
      .node("interaction", [first.outline, second.outline])
    }
  }
}

extension Statistic {
  var outline: Outline {
    let details =
      [standardisation?.outline].compactMap(\.self)
      + Outline.clause("interval", intervalPercent?.outline) + Outline.clause("as", label?.outline)
    return details.isEmpty ? figure.outline : .list([figure.outline] + details)
  }
}

extension Figure {
  fileprivate var outline: Outline {
    switch self {
    case .count: .word("count")
    case .of(let measure, let value): .node(measure.rawValue, [value.outline])
    case .quantile(let level, let value): .node("quantile", [level.outline, value.outline])
    case .rate(let value, let scale, let days):
      .node(
        "rate",
        [value.outline, .node("per", [.word(scale.word)])]
          + Outline.clause("person-years", days?.outline))
    case .ratio(let numerator, let denominator):
      .node("ratio", [numerator.outline, denominator.outline])
    }
  }
}

extension Standardisation {
  fileprivate var outline: Outline {
    .node("standardised", [weights.outline] + items.map(\.outline))
  }
}
