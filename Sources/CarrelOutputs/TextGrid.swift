import CarrelDiagnostics
import CarrelDisclosure

/// A table as text: columns of labels on the left, columns of figures on the right.
struct TextGrid {
  /// The headings of the columns of labels.
  let labelHeadings: [String]
  /// The headings of the columns of figures, each of the same number of parts one under another.
  let figureHeadings: [[String]]
  /// Whether labels are levels of groupings, so that one stands for the lines under it as well.
  let areLevels: Bool
  /// The lines.
  let rows: [Row]
  /// The file that holds the lines that are left out here.
  let fileName: String
  /// Whether headings are broken at spaces to be no wider than what they stand over.
  private(set) var wrapsHeadings = false

  /// One line of a table.
  struct Row {
    /// The labels, as many as there are columns of them.
    let labels: [String]
    /// The figures, as many as there are columns of them.
    let cells: [GridCell]
    /// Whether it is a total of the lines above.
    let isTotal: Bool
  }

  /// The most lines of figures that are shown whole, and how many of more are shown.
  private static let (mostRows, shownRows) = (40, 20)

  /// The width of a line.
  var width: Int { columns.map(\.width).reduce(-2) { $0 + 2 + $1 } }

  /// The table as it fits, its headings broken only if they must be; `nil` where it does not fit.
  func fitted(_ style: TextStyle) -> TextGrid? {
    if style.fits(width) { return self }
    var narrow = self
    narrow.wrapsHeadings = true
    return style.fits(narrow.width) ? narrow : nil
  }

  /// The table for a terminal, or for a file or pipe: then without rules and with every line.
  func lines(_ style: TextStyle) -> [String] {
    let columns = columns
    let isTerminal = style.columns != nil
    let rule = columns.map { style.rule($0.width) }.joined(separator: "  ")
    var lines = headingLines(columns)
    if isTerminal { lines.append(rule) }
    let (groups, totals) = (rows.filter { !$0.isTotal }, rows.filter(\.isTotal))
    let isCut = isTerminal && rows.count > Self.mostRows && groups.count > Self.shownRows
    lines += texts(isCut ? Array(groups.prefix(Self.shownRows)) : groups, columns, style)
    if isCut {
      let dots = style.usesBoxCharacters ? "…" : "..."
      lines.append("\(dots) \(groups.count - Self.shownRows) more in \(fileName)")
    }
    if isTerminal, !totals.isEmpty, !groups.isEmpty { lines.append(rule) }
    return lines + texts(totals, columns, style)
  }

  /// Whether a line says again what the line above says: in a pipe, where lines may be taken apart,
  /// and where labels are not levels.
  private func repeatsLabels(_ style: TextStyle) -> Bool { style.columns == nil || !areLevels }

  private func texts(_ rows: [Row], _ columns: [Column], _ style: TextStyle) -> [String] {
    var before: [String] = []
    return rows.map { row in
      let shown = repeatsLabels(style) ? row.labels : row.labels.withoutRepeats(of: before)
      before = row.labels
      let labels = zip(columns, shown).map { column, label in column.text(label) }
      let figures = zip(columns.dropFirst(row.labels.count), row.cells).map { column, cell in
        column.text(cell, style)
      }
      return (labels + figures).joined(separator: "  ").withoutTrailingSpaces
    }
  }

  private func headingLines(_ columns: [Column]) -> [String] {
    let height = columns.map(\.heading.count).max() ?? 0
    return (0..<height).map { line in
      columns.map { column in
        let index = line - (height - column.heading.count)
        return column.text(index < 0 ? "" : column.heading[index])
      }.joined(separator: "  ").withoutTrailingSpaces
    }
  }

  private var columns: [Column] {
    let widths = figureHeadings.indices.map { index in
      GridCellWidths(of: rows.map { $0.cells[index] })
    }
    return labelHeadings.indices.map { index in
      Column(
        labels: rows.map { $0.labels[index] }, heading: labelHeadings[index],
        wrapsHeading: wrapsHeadings)
    } + zip(widths, headings(over: widths)).map { Column(cells: $0, heading: $1) }
  }

  /// The headings over figures in lines, a part of one beside the same part of the others.
  private func headings(over widths: [GridCellWidths]) -> [[String]] {
    let parts = zip(widths, figureHeadings).map { widths, heading in
      heading.map { $0.wrapped(to: wrapsHeadings ? widths.total : .max) }
    }
    let heights = (figureHeadings.first ?? []).indices.map { part in
      parts.map { $0[part].count }.max() ?? 0
    }
    return parts.map { parts in
      zip(parts, heights).flatMap { lines, height in
        Array(repeating: "", count: height - lines.count) + lines
      }
    }
  }
}

extension TextGrid {
  /// One column with its width.
  private struct Column {
    let width: Int
    let heading: [String]
    let cells: GridCellWidths?

    init(labels: [String], heading: String, wrapsHeading: Bool) {
      let width = labels.map(\.displayWidth).max() ?? 0
      self.heading = heading.wrapped(to: wrapsHeading ? width : .max)
      self.width = self.heading.map(\.displayWidth).reduce(width, max)
      self.cells = nil
    }

    init(cells: GridCellWidths, heading: [String]) {
      self.heading = heading
      self.width = heading.map(\.displayWidth).reduce(cells.total, max)
      self.cells = cells
    }

    /// A label or a heading: text to the left, what stands over figures to the right.
    func text(_ label: String) -> String {
      let shown = DisplayedText(label)
      let space = String(repeating: " ", count: max(0, width - shown.width))
      return cells == nil ? shown.text + space : space + shown.text
    }

    func text(_ cell: GridCell, _ style: TextStyle) -> String {
      guard let cells else { return "" }
      let text = cells.aligned(cell).leading(width)
      guard text.hasSuffix(ReleasedFigure.mark) || text.contains(ReleasedFigure.mark + " of ")
      else { return text }
      return text.replacing(ReleasedFigure.mark, with: style.dimmed(ReleasedFigure.mark))
    }
  }
}

extension [String] {
  /// The labels that differ from those of the line before, and all after the first that does.
  fileprivate func withoutRepeats(of before: [String]) -> [String] {
    let same = zip(self.dropLast(), before).prefix { $0.utf8.elementsEqual($1.utf8) }.count
    return Array(repeating: "", count: same) + dropFirst(same)
  }
}

extension String {
  /// How many columns of a terminal the text takes.
  var displayWidth: Int { DisplayedText(self).width }

  /// The text in lines no wider than a width, broken at spaces only.
  func wrapped(to width: Int) -> [String] {
    var lines: [String] = []
    for word in split(separator: " ") {
      if let last = lines.last, last.displayWidth + 1 + String(word).displayWidth <= width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  fileprivate var withoutTrailingSpaces: String {
    String(decoding: utf8.reversed().drop { $0 == UInt8(ascii: " ") }.reversed(), as: UTF8.self)
  }
}
