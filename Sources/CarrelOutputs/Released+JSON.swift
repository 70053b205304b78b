import CarrelDisclosure
import CarrelJSON
import CarrelValues

extension ReleasedOutput {
  /// The output as JSON, with types, labels and the policy that was applied.
  func json(policy: AppliedPolicy) -> JSON {
    let head: [JSON.Member] = [
      .init("carrel", 1), .init("output", .string(name)),
      .init("policy", policy.json),
    ]
    switch self {
    case .table(let table): return .object(head + table.jsonMembers)
    case .flow(let flow): return .object(head + flow.jsonMembers)
    case .summary(let summary): return .object(head + summary.jsonMembers)
    case .histogram(let histogram): return .object(head + histogram.jsonMembers)
    case .deciles(let deciles): return .object(head + deciles.jsonMembers)
    }
  }
}

extension AppliedPolicy {
  fileprivate var json: JSON {
    ["name": .string(name), "version": .integer(version), "rules": .string(sentence)]
  }
}

extension ReleasedTable {
  fileprivate var jsonMembers: [JSON.Member] {
    [
      .init("kind", "table")
    ] + (intervals.map { [JSON.Member("intervals", $0.json)] } ?? []) + [
      .init("groupings", .array(groupings.map(\.json))),
      .init("statistics", .array(statistics.map(\.json))),
      .init(
        "groups",
        .array(
          breakdowns.flatMap { breakdown in
            breakdown.groups.map { json(of: $0, in: breakdown) }
          })),
    ]
  }

  private func json(of group: ReleasedGroup, in breakdown: ReleasedBreakdown) -> JSON {
    let levels = zip(breakdown.groupings, group.levels).map { position, level in
      let grouping = groupings[position]
      return JSON.Member(grouping.name, grouping.levels[level].json)
    }
    let figures = zip(statistics, group.statistics).map { heading, statistic in
      JSON.Member(heading.name, statistic.json)
    }
    let interval = group.interval.flatMap { position in
      intervals.map { JSON.Member("interval", $0.json(of: position)) }
    }
    return .object(
      [JSON.Member("line", breakdown.isTotal ? "total" : "group")]
        + (interval.map { [$0] } ?? [])
        + [
          .init("levels", .object(levels)), .init("count", group.count.json),
          .init("figures", .object(figures)),
        ])
  }
}

extension ReleasedIntervals {
  var json: JSON {
    switch extent {
    case .calendar(let all):
      ["each": .string(words), "of": "calendar", "all": .array(all.map(\.json))]
    case .followUp(let count):
      ["each": .string(words), "of": "follow-up", "count": .integer(count)]
    }
  }

  /// One of them: its ends, or its number from 1 where each patient has their own.
  func json(of position: Int) -> JSON {
    switch extent {
    case .calendar(let all): all[position].json
    case .followUp: .integer(position + 1)
    }
  }
}

extension ReleasedInterval {
  fileprivate var json: JSON {
    ["start": .string(start.description), "end": .string(end.description)]
  }
}

extension ReleasedGrouping {
  var json: JSON {
    [
      "name": .string(name), "heading": .string(heading),
      "levels": .array(levels.map { ["value": $0.json, "label": .string($0.label)] }),
    ]
  }
}

extension ReleasedStatisticHeading {
  var json: JSON {
    .object(
      [
        .init("name", .string(name)), .init("label", .string(label)),
        .init("kind", .string(kind.rawValue)),
      ] + (intervalPercent.map { [.init("interval_percent", .string($0))] } ?? []))
  }
}

extension ReleasedStatistic {
  /// The figure, the parts it is worked out from, and the ends of its interval.
  fileprivate var json: JSON {
    let parts = [
      ("numerator", numerator), ("denominator", denominator), ("lower", interval?.lower),
      ("upper", interval?.upper),
    ]
    return .object(
      (value.json.members ?? [])
        + parts.compactMap { name, part in part.map { JSON.Member(name, $0.json) } })
  }
}

extension ReleasedFlow {
  fileprivate var jsonMembers: [JSON.Member] {
    [
      .init("kind", "flow"), .init("population", .string(population)),
      .init("start", start.json),
      .init(
        "criteria",
        .array(
          steps.map { step in
            [
              "line": step.isExclusion ? "exclude" : "include", "label": .string(step.label),
              "left_out": step.leftOut.json, "remaining": step.remaining.json,
            ]
          })),
    ]
  }
}

extension ReleasedFigure {
  /// The number, `null` where there is none, and the status.
  var json: JSON {
    ["value": number?.json ?? .null, "status": .string(status)]
  }
}

extension ReleasedNumber {
  /// An integer where the number has no decimals and can be held.
  fileprivate var json: JSON { Int(description).map { .integer($0) } ?? .decimal(approximation) }
}

extension Level {
  /// The value with its type; `null` for those who have none, the label of a band.
  var json: JSON {
    fileText.utf8.elementsEqual(value.plainText.utf8) ? value.json : .string(fileText)
  }
}

extension Value {
  /// The value with its type; `null` where it is missing.
  var json: JSON {
    switch self {
    case .missing: .null
    case .boolean(let boolean): .boolean(boolean)
    case .integer(let integer): .integer(integer)
    case .decimal(let decimal): .decimal(decimal)
    case .text(let text): .string(text)
    case .date(let date): .string(date.description)
    }
  }
}
