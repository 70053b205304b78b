import CarrelDisclosure
import CarrelValues

/// Arranges a released table in lines and columns, in as many ways as it may need to fit.
struct TableLayout {
  let table: ReleasedTable
  let fileName: String

  /// The label of a total.
  static let all = "All"

  /// The grids of the first arrangement that fits; `nil` where none does.
  ///
  /// First the last grouping is in columns, then all groupings are in lines, then each statistic
  /// has a grid of its own. In a pipe every width fits, but levels stand in columns only where the
  /// lines stay as short as those of a wide terminal.
  func grids(fitting style: TextStyle) -> [TextGrid]? {
    let withColumns = families.map { grid($0, columnsByLast: true, statistics) }
    if style.columns != nil || withColumns.allSatisfy({ $0.width <= TextStyle.widestInPipe }) {
      let fitted = withColumns.compactMap { $0.fitted(style) }
      if fitted.count == withColumns.count { return fitted }
    }
    let arrangements = [
      families.map { grid($0, columnsByLast: false, statistics) },
      families.flatMap { family in
        statistics.map { grid(family, columnsByLast: false, [$0]) }
      },
    ]
    for grids in arrangements {
      let fitted = grids.compactMap { $0.fitted(style) }
      if fitted.count == grids.count { return fitted }
    }
    return nil
  }

  /// The statistics that have a cell of their own, by position.
  ///
  /// A count beside a single percentage is shown as what the percentage is of.
  var statistics: [Int] {
    let positions = Array(table.statistics.indices)
    let percentages = positions.filter { table.statistics[$0].kind == .percent }
    let counts = positions.filter { table.statistics[$0].kind == .count }
    return percentages.count + counts.count == positions.count && percentages.count == 1
      ? percentages : positions
  }

  /// Groups that are shown together: those of a breakdown, and the totals that add them up.
  struct Family {
    /// The groupings of the breakdown; the intervals, where there are any, count as one before the
    /// first.
    let groupings: [Int]
    /// The groups by their level of each of these groupings, `nil` where a total adds it up.
    var groups: [[Int?]: ReleasedGroup] = [:]
  }

  /// The families, in the order of the table.
  var families: [Family] {
    let intervals = table.intervals == nil ? [] : [Self.intervals]
    var families = table.breakdowns.filter { !$0.isTotal }.map {
      Family(groupings: intervals + $0.groupings)
    }
    for breakdown in table.breakdowns {
      let home = families.firstIndex { family in
        breakdown.isTotal
          ? breakdown.groupings.allSatisfy(family.groupings.contains)
          : intervals + breakdown.groupings == family.groupings
      }
      guard let home else { continue }
      for group in breakdown.groups {
        let levels = families[home].groupings.map { grouping in
          grouping == Self.intervals
            ? group.interval
            : breakdown.groupings.firstIndex(of: grouping).map { group.levels[$0] }
        }
        families[home].groups[levels] = group
      }
    }
    return families
  }

  /// The levels by which the groups of a family are told apart in some groupings, totals last.
  static func keys(_ family: Family, _ positions: Range<Int>) -> [[Int?]] {
    Set(family.groups.keys.map { Array($0[positions]) })
      .sorted { left, right in
        left.map { $0 ?? .max }.lexicographicallyPrecedes(right.map { $0 ?? .max })
      }
  }

  private func grid(_ family: Family, columnsByLast: Bool, _ statistics: [Int]) -> TextGrid {
    let count = family.groupings.count
    let lineCount = columnsByLast && count > 1 ? count - 1 : count
    let columns = Self.keys(family, lineCount..<count)
    return TextGrid(
      labelHeadings: family.groupings.prefix(lineCount).map(heading),
      figureHeadings: columns.flatMap { key in
        headings(key, of: family.groupings.suffix(count - lineCount), statistics)
      }, areLevels: true,
      rows: Self.keys(family, 0..<lineCount).map { key in
        TextGrid.Row(
          labels: labels(key, of: family.groupings.prefix(lineCount)),
          cells: columns.flatMap { cells(family.groups[key + $0], statistics) },
          isTotal: key.first == .some(nil))
      }, fileName: fileName)
  }

  /// What stands for the intervals among groupings.
  private static let intervals = -1

  /// What stands over the levels of a grouping, or over the intervals.
  func heading(of grouping: Int) -> String {
    grouping == Self.intervals
      ? table.intervals?.heading ?? "" : table.groupings[grouping].heading
  }

  private func label(_ level: Int, of grouping: Int) -> String {
    grouping == Self.intervals
      ? table.intervals?.label(of: level) ?? "" : table.groupings[grouping].levels[level].label
  }

  /// What stands for each level of a key.
  func labels(_ key: [Int?], of groupings: ArraySlice<Int>) -> [String] {
    zip(key, groupings).map { level, grouping in
      level.map { label($0, of: grouping) } ?? Self.all
    }
  }

  private func headings(
    _ key: [Int?], of groupings: ArraySlice<Int>, _ statistics: [Int]
  ) -> [[String]] {
    let labels = labels(key, of: groupings)
    if !labels.isEmpty && statistics == self.statistics && statistics.count == 1 { return [labels] }
    return statistics.map { labels + [table.statistics[$0].label] }
  }

  /// The cells of a group; blank where there is no such group.
  func cells(_ group: ReleasedGroup?, _ statistics: [Int]) -> [GridCell] {
    statistics.map { index in
      group.map {
        GridCell($0.statistics[index], kind: table.statistics[index].kind, count: $0.count)
      } ?? .blank
    }
  }
}
