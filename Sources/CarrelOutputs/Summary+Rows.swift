import CarrelDisclosure

/// One row of a summary: the people, or a variable, one of its levels or one of its figures.
struct SummaryRow {
  /// The variable's name in files; empty for the people.
  let variable: String
  /// The variable as people read it.
  let heading: String
  /// The level as people read it, or the word for the figure; empty for neither.
  let level: String
  /// The level as files say it; empty for none.
  let fileLevel: String
  /// What is shown.
  let content: Content

  /// What a row shows of a group.
  enum Content {
    /// How many people it has.
    case people
    /// The statistic at a position.
    case statistic(Int)
    /// How many people have a value of the statistic at a position.
    case known(Int)
  }
}

extension ReleasedSummary {
  /// The rows in the order of the study, the people first.
  var rows: [SummaryRow] {
    [SummaryRow(variable: "", heading: "people", level: "", fileLevel: "", content: .people)]
      + variables.flatMap(\.rows)
  }
}

extension ReleasedVariable {
  fileprivate var rows: [SummaryRow] {
    func row(_ level: String, _ fileLevel: String, _ content: SummaryRow.Content) -> SummaryRow {
      SummaryRow(
        variable: name, heading: heading, level: level, fileLevel: fileLevel, content: content)
    }
    return switch kind {
    case .holds(let percentage): [row("", "", .statistic(percentage))]
    case .levels(let levels):
      levels.map { row($0.label, $0.fileText, .statistic($0.percentage)) }
    case .number(let mean, let deviation):
      [
        row("known", "", .known(mean)), row("mean", "", .statistic(mean)),
        row("sd", "", .statistic(deviation)),
      ]
    }
  }
}

extension SummaryRow {
  /// What the row shows of a group; blank where there is no such group.
  func cell(of group: ReleasedGroup?, in table: ReleasedTable) -> GridCell {
    guard let group else { return .blank }
    switch content {
    case .people: return .figure(group.count.text())
    case .known(let index):
      return .figure((group.statistics[index].denominator ?? .missing).text())
    case .statistic(let index):
      return GridCell(group.statistics[index], kind: table.statistics[index].kind)
    }
  }
}

extension ReleasedSummary {
  private var layout: TableLayout {
    TableLayout(table: table, fileName: OutputFiles.csvName(of: table.name))
  }

  /// The summary with its variables in lines and its groups in columns: a grid for each breakdown.
  var grids: [TextGrid] {
    layout.families.map { family in
      let columns = TableLayout.keys(family, 0..<family.groupings.count)
      let headings = family.groupings.map(layout.heading)
      return TextGrid(
        labelHeadings: [headings.joined(separator: ", "), ""],
        figureHeadings: columns.map {
          family.groupings.isEmpty
            ? [TableLayout.all] : layout.labels($0, of: family.groupings[...])
        },
        areLevels: true,
        rows: rows.map { row in
          TextGrid.Row(
            labels: [row.heading, row.level],
            cells: columns.map { row.cell(of: family.groups[$0], in: table) }, isTotal: false)
        }, fileName: OutputFiles.csvName(of: table.name))
    }
  }

  /// A line of names and values for each row and group.
  var linesByName: [String] {
    layout.families.flatMap { family in
      rows.flatMap { row in
        TableLayout.keys(family, 0..<family.groupings.count).map { key in
          let groups = zip(family.groupings, layout.labels(key, of: family.groupings[...])).map {
            "\(layout.heading(of: $0)): \($1)"
          }
          let level = row.level.isEmpty ? "" : ", \(row.level)"
          let cell = row.cell(of: family.groups[key], in: table).sentence
          return (groups + ["\(row.heading)\(level): \(cell)"]).joined(separator: ", ")
        }
      }
    }
  }
}
