internal import CarrelJSON

/// The figures of an output's JSON, in the order in which its CSV has them.
struct TypedFigures {
  let output: JSON

  /// What a column says of a part that a figure does not have.
  private static let missing: JSON = ["value": .null, "status": "missing"]

  init(_ output: JSON) { self.output = output }

  /// A line of figures for each line of the CSV; `nil` for a kind of output that there is not.
  var lines: [[JSON]]? {
    switch output["kind"]?.string {
    case "table": tableLines
    case "flow": flowLines
    case "summary": summaryLines
    case "histogram": histogramLines
    case "deciles":
      output["percentiles"]?.array.map { lines in
        lines.map { ($0["figures"]?.members ?? []).map(\.value) }
      }
    default: nil
    }
  }

  private var tableLines: [[JSON]]? {
    let kinds = StatisticKinds(output)
    let hasCount = kinds.kinds.values.contains("count")
    return output["groups"]?.array.map { groups in
      groups.map { group in
        (hasCount ? [] : [group["count"] ?? .null])
          + kinds.names.flatMap { name -> [JSON] in
            let statistic = group["figures"]?[name] ?? .null
            return kinds.parts(of: name).map { part in
              part == .value ? statistic : statistic[part.rawValue] ?? Self.missing
            }
          }
      }
    }
  }

  private var flowLines: [[JSON]]? {
    guard let start = output["start"], let criteria = output["criteria"]?.array else { return nil }
    return [[start]] + criteria.map { [$0["left_out"] ?? .null, $0["remaining"] ?? .null] }
  }

  private var summaryLines: [[JSON]]? {
    output["groups"]?.array.map { groups in
      groups.flatMap { group in
        [[group["count"] ?? .null]]
          + (group["rows"]?.array ?? []).map { row in
            ["count", "denominator", "percent", "known", "mean", "sd"].compactMap { row[$0] }
          }
      }
    }
  }

  private var histogramLines: [[JSON]]? {
    output["groups"]?.array.map { groups in
      groups.flatMap { group in
        (group["bins"]?.array ?? []).map { [$0["count"] ?? .null] }
          + (group["missing"].map { [[$0]] } ?? [])
      }
    }
  }
}

extension [JSON] {
  /// Whether these figures of a JSON are those of a line of a CSV.
  func agree(with cells: [PublishedCell]) -> Bool {
    count == cells.count
      && zip(self, cells).allSatisfy { figure, cell in
        guard figure["status"]?.string == cell.status.rawValue, let value = figure["value"] else {
          return false
        }
        return cell.isPublished ? value.number == Double(cell.text) : value.isNull
      }
  }
}

/// The statistics of a table, by the names that its columns begin with.
struct StatisticKinds {
  let names: [String]
  let kinds: [String: String]
  private let withInterval: Set<String>

  enum Part: String { case value, numerator, denominator, lower, upper }

  init(_ output: JSON) {
    let statistics = output["statistics"]?.array ?? []
    names = statistics.compactMap { $0["name"]?.string }
    kinds = Dictionary(
      statistics.compactMap { statistic in
        statistic["name"]?.string.map { ($0, statistic["kind"]?.string ?? "") }
      }, uniquingKeysWith: { first, _ in first })
    withInterval = Set(
      statistics.compactMap { $0["interval_percent"] == nil ? nil : $0["name"]?.string })
  }

  /// The columns of a statistic, in their order.
  func parts(of statistic: String) -> [Part] {
    let interval: [Part] = withInterval.contains(statistic) ? [.lower, .upper] : []
    switch kinds[statistic] {
    case "percent", "rate", "person_time_rate", "ratio":
      return [.numerator, .denominator, .value] + interval
    case "mean", "sd", "median", "quantile": return [.denominator, .value] + interval
    default: return [.value] + interval
    }
  }

  /// Whose column it is, and which part of its figures.
  func statistic(ofColumn name: String) -> (String, Part)? {
    for statistic in names {
      for part in parts(of: statistic) {
        let column = part == .value ? statistic : "\(statistic)_\(part.rawValue)"
        if column.utf8.elementsEqual(name.utf8) { return (statistic, part) }
      }
    }
    return nil
  }
}
