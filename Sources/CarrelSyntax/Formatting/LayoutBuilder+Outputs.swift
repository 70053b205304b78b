extension LayoutBuilder {
  /// `flow name of population`, and the same of every other output.
  mutating func header(_ header: OutputHeader) -> Layout {
    .spaced(words(3), source(header.population))
  }

  mutating func table(_ table: Table) -> Layout {
    .sequence([
      header(table.header), intervals(table.intervals), grouping(table.grouping),
      totals(table.totals), show(table.statistics),
    ])
  }

  mutating func deciles(_ deciles: Deciles) -> Layout {
    .sequence([
      header(deciles.header), intervals(deciles.intervals), clause(deciles.unit),
      show(deciles.statistics),
    ])
  }

  mutating func summary(_ summary: Summary) -> Layout {
    .sequence([
      header(summary.header), grouping(summary.grouping), totals(summary.totals),
      clause { builder in .stacked(builder.members(summary.items) { $0.item($1) }) },
    ])
  }

  mutating func histogram(_ histogram: Histogram) -> Layout {
    .sequence([
      header(histogram.header), grouping(histogram.grouping),
      clause { builder in
        let value = builder.expression(histogram.value)
        let lower = Layout.spaced(builder.next(), builder.expression(histogram.lower))
        let upper = Layout.spaced(builder.next(), builder.expression(histogram.upper))
        return .filled([value, lower, upper, builder.words(2)])
      },
    ])
  }

  mutating func survival(_ survival: Survival) -> Layout {
    .sequence([
      header(survival.header), grouping(survival.grouping), time(survival.time),
      clause { builder in
        .spaced(
          builder.duration(survival.step), builder.next(), builder.duration(survival.horizon))
      },
    ])
  }

  mutating func model(_ model: Model) -> Layout {
    let header = self.header(model.header)
    guard case .regression(let family, let value, let offset) = model.outcome else {
      let family = Layout.sequence([.newLine, next()])
      return .sequence([header, family, outcomeTime(model.outcome), terms(model.terms)])
    }
    var parts = [Layout.spaced(self.family(family), expression(value))]
    parts.append(.spaced(next(), .filled(members(model.terms) { $0.term($1) })))
    if let offset { parts.append(.spaced(next(), expression(offset))) }
    return .sequence([header, .newLine, .stacked(parts)])
  }

  mutating func trend(_ trend: Trend) -> Layout {
    .sequence([
      words(4), .newLine, family(trend.family),
      clause { builder in .filled(builder.members(trend.breaks) { $0.literal($1) }) },
      trend.isSeasonal ? .sequence([.newLine, next()]) : .nothing,
    ])
  }
}

// Clauses of outputs.
extension LayoutBuilder {
  private mutating func intervals(_ intervals: Intervals?) -> Layout {
    guard let intervals else { return .nothing }
    return clause { builder in
      let length = builder.duration(intervals.length)
      switch intervals.extent {
      case .calendar(let first, let last):
        let from = Layout.spaced(builder.next(), builder.expression(first))
        return .filled([length, from, .spaced(builder.next(), builder.expression(last))])
      case .followUp(let duration, let origin):
        let extent = Layout.spaced(builder.next(), builder.duration(duration))
        return .filled([length, extent, .spaced(builder.next(), builder.expression(origin))])
      }
    }
  }

  private mutating func grouping(_ grouping: Grouping?) -> Layout {
    guard let grouping else { return .nothing }
    return clause { builder in
      let each = grouping.isEachOf ? Layout.spaced(builder.words(2), .nothing) : .nothing
      return .sequence([each, .filled(builder.members(grouping.items) { $0.item($1) })])
    }
  }

  private mutating func totals(_ totals: Totals?) -> Layout {
    guard let totals else { return .nothing }
    guard !totals.over.isEmpty else { return .sequence([.newLine, next()]) }
    return clause { builder in
      .spaced(
        builder.next(), .filled(builder.members(totals.over) { builder, _ in builder.next() }))
    }
  }

  private mutating func show(_ statistics: [Statistic]) -> Layout {
    clause { builder in .stacked(builder.members(statistics) { $0.statistic($1) }) }
  }

  private mutating func item(_ item: Item) -> Layout {
    let value = expression(item.value)
    return item.label == nil ? value : .continued([value, words(2)])
  }

  private mutating func time(_ time: TimeToEvent) -> Layout {
    .sequence([
      clause(time.start), clause(time.event), clause(time.competing), clause(time.censor),
    ])
  }

  private mutating func outcomeTime(_ outcome: Model.Outcome) -> Layout {
    if case .cox(let time) = outcome { self.time(time) } else { .nothing }
  }

  private mutating func family(_ family: ModelFamily) -> Layout {
    words(family == .negativeBinomial ? 2 : 1)
  }

  private mutating func terms(_ terms: [ModelTerm]) -> Layout {
    clause { builder in .filled(builder.members(terms) { $0.term($1) }) }
  }

  private mutating func term(_ term: ModelTerm) -> Layout {
    switch term {
    case .value(let value, let reference):
      let layout = expression(value)
      return reference.map { .spaced(layout, next(), literal($0)) } ?? layout
    case .interaction(let first, let second):
      return .spaced(words(2), parenthesised([first, second]))
    }
  }
}

// Statistics.
extension LayoutBuilder {
  private mutating func statistic(_ statistic: Statistic) -> Layout {
    var parts = [figure(statistic.figure)]
    if let standardisation = statistic.standardisation {
      parts.append(
        .spaced(words(4), parenthesised(standardisation.items) { $0.item($1) }))
    }
    if statistic.intervalPercent != nil { parts.append(.sequence([words(3), next()])) }
    if statistic.label != nil { parts.append(words(2)) }
    return .continued(parts)
  }

  private mutating func figure(_ figure: Figure) -> Layout {
    switch figure {
    case .count: return next()
    case .of(_, let value): return .spaced(next(), expression(value))
    case .quantile(_, let value): return .spaced(words(3), expression(value))
    case .rate(let value, _, let days):
      let rate = Layout.spaced(next(), expression(value), words(2))
      return days.map { .spaced(rate, words(2), expression($0)) } ?? rate
    case .ratio(let numerator, let denominator):
      return .spaced(next(), expression(numerator), next(), expression(denominator))
    }
  }
}

extension Layout {
  /// As many on each line as fit, later lines a little further right than the first.
  fileprivate static func continued(_ parts: [Layout]) -> Layout {
    .aligned(.indented(LayoutPrinter.indent, .fill(parts[...])))
  }
}
