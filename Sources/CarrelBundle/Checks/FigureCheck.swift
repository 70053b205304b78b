internal import CarrelDiagnostics
internal import CarrelJSON
internal import CarrelPolicy

/// Whether every published figure is one that the stated policy can give.
///
/// It sees no record, so it cannot say that a figure is true; it says that none is finer, smaller or
/// otherwise than the policy allows.
struct FigureCheck {
  let possible: PossibleFigures
  /// How many figures there were.
  private(set) var figureCount = 0

  /// Where a figure is that the policy cannot give, or two files differ.
  struct Fault: Error {
    let path: String
    let sentence: String
  }

  /// Checks every output of a bundle.
  ///
  /// - Returns: How many figures agree, and the policy.
  /// - Throws: A ``Fault`` with the first that does not.
  static func check(_ files: [BundleFile]) throws(Fault) -> (figures: Int, policy: Policy) {
    guard let file = files.first(where: { $0.path.hasPrefix("policy/") }) else {
      throw Fault(path: "policy/", sentence: "there is no policy")
    }
    var diagnostics = Diagnostics()
    let source = SourceText(name: file.path, bytes: file.bytes)
    guard let policy = PolicyReader.read(source, reporting: &diagnostics) else {
      throw Fault(path: file.path, sentence: "the policy cannot be read")
    }
    var check = FigureCheck(possible: PossibleFigures(policy: policy))
    let outputs = files.filter { $0.path.hasPrefix("outputs/") }
    for csv in outputs where csv.path.hasSuffix(".csv") {
      let path = csv.path.dropLast(4) + ".json"
      guard let json = outputs.first(where: { $0.path.utf8.elementsEqual(path.utf8) }) else {
        throw Fault(path: csv.path, sentence: "there is no JSON beside it")
      }
      try check.check(csv, json)
    }
    let csvCount = outputs.count { $0.path.hasSuffix(".csv") }
    guard csvCount * 2 == outputs.count else {
      throw Fault(path: "outputs/", sentence: "an output is not there both as CSV and as JSON")
    }
    return (check.figureCount, policy)
  }

  private mutating func check(_ csv: BundleFile, _ json: BundleFile) throws(Fault) {
    guard let table = PublishedTable(csv.bytes) else {
      throw Fault(path: csv.path, sentence: "it is not a CSV of figures with their statuses")
    }
    guard let typed = try? JSON(parsing: json.bytes), let kind = typed["kind"]?.string,
      typed["policy"]?["name"]?.string == possible.policy.name,
      typed["policy"]?["version"]?.integer == possible.policy.version
    else { throw Fault(path: json.path, sentence: "it does not state the policy of the bundle") }
    guard let told = TypedFigures(typed).lines,
      told.elementsEqual(table.lines.map { $0.figures.map(\.cell) }, by: { $0.agree(with: $1) })
    else { throw Fault(path: json.path, sentence: "it does not hold the figures of the CSV") }
    let kinds = StatisticKinds(typed)
    for line in table.lines {
      for (name, cell) in line.figures {
        figureCount += 1
        guard cell.isConsistent, cell.status != .zero || possible.policy.zero == .show else {
          throw Fault(path: csv.path, sentence: "a figure and its status contradict each other")
        }
        guard !cell.isPublished || isPossible(cell, name, in: line, kind: kind, kinds) else {
          throw Fault(path: csv.path, sentence: "a figure is none that the policy can give")
        }
      }
    }
  }

  private func isPossible(
    _ cell: PublishedCell, _ name: String, in line: PublishedTable.Line, kind: String,
    _ kinds: StatisticKinds
  ) -> Bool {
    switch kind {
    case "flow": isPossible(inFlow: cell, name)
    case "histogram": cell.count.map(possible.isCount) ?? false
    case "deciles": (Double(cell.text) ?? -1) >= 0
    case "summary": isPossible(inSummary: cell, name, line)
    case "table": isPossible(inTable: cell, name, line, kinds)
    default: false
    }
  }

  private func isPossible(inFlow cell: PublishedCell, _ name: String) -> Bool {
    cell.count.map { name == "left_out" ? possible.isCount($0) : possible.isSum($0) } ?? false
  }

  private func isPeople(_ cell: PublishedCell?, isTotal: Bool) -> Bool {
    guard let count = cell?.count else { return false }
    return isTotal ? possible.isTotal(count) : possible.isCount(count)
  }

  private func isPossible(
    inSummary cell: PublishedCell, _ name: String, _ line: PublishedTable.Line
  ) -> Bool {
    let isTotal = line.kind == "total"
    switch name {
    case "count", "denominator": return isPeople(cell, isTotal: isTotal)
    case "known":
      guard line["mean"]?.status == .shown else { return isPeople(cell, isTotal: isTotal) }
      return cell.count.map { possible.isEnoughForMean($0, isTotal: isTotal) } ?? false
    case "percent":
      guard let part = line["count"]?.count, let whole = line["denominator"]?.count else {
        return false
      }
      return possible.isPercentage(cell.text, of: part, in: whole)
    default: return true
    }
  }

  private func isPossible(
    inTable cell: PublishedCell, _ name: String, _ line: PublishedTable.Line,
    _ kinds: StatisticKinds
  ) -> Bool {
    let isTotal = line.kind == "total"
    guard let (statistic, part) = kinds.statistic(ofColumn: name) else {
      return name == "count" && isPeople(cell, isTotal: isTotal)
    }
    switch (kinds.kinds[statistic], part) {
    case ("count", .value): return isPeople(cell, isTotal: isTotal)
    case ("percent", .numerator), ("percent", .denominator):
      return isPeople(cell, isTotal: isTotal)
    case ("percent", .value):
      guard let part = line[statistic + "_numerator"]?.count,
        let whole = line[statistic + "_denominator"]?.count
      else { return false }
      return possible.isPercentage(cell.text, of: part, in: whole)
    case ("mean", .denominator): return isPeople(cell, isTotal: isTotal)
    case ("sd", .denominator), ("median", .denominator), ("quantile", .denominator):
      guard line[statistic]?.status == .shown else { return isPeople(cell, isTotal: isTotal) }
      return cell.count.map { possible.isEnoughForMean($0, isTotal: isTotal) } ?? false
    case (nil, _): return false
    default: return true
    }
  }
}
