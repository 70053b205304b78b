import CarrelDiagnostics

/// Lines of cells set under one another.
struct Columns {
  private let rows: [[DisplayedText]]
  private let rightAligned: Set<Int>

  /// Rows of as many cells each; numbers stand to the right, and nothing in a cell can move a cursor.
  init(_ rows: [[String]], rightAligned: Set<Int> = []) {
    self.rows = rows.map { $0.map { DisplayedText($0) } }
    self.rightAligned = rightAligned
  }

  /// The lines, without spaces at their ends.
  var text: String {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.reduce(0) { max($0, column < $1.count ? $1[column].width : 0) }
    }
    return rows.map { row in
      row.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - row[column].width)
        return rightAligned.contains(column) ? space + row[column].text : row[column].text + space
      }.joined(separator: "  ").trimmedAtEnd
    }.joined(separator: "\n")
  }
}

extension String {
  /// The text without spaces at its end.
  var trimmedAtEnd: String {
    var text = self
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }

  /// The text without the line feed at its end.
  package var trimmedAtLineEnd: String { hasSuffix("\n") ? String(dropLast()) : self }

  /// The text with line breaks at spaces, so that no line is wider than it need be.
  package func wrapped(to width: Int, indent: String = "") -> String {
    var lines: [String] = []
    var line = ""
    for word in split(separator: " ") {
      if !line.isEmpty, indent.count + line.count + 1 + word.count > width {
        lines.append(indent + line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return (lines + [indent + line]).joined(separator: "\n")
  }
}

extension Int {
  /// The number with commas between thousands.
  package var grouped: String {
    var digits = String(magnitude)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits = String(digits.dropLast(3))
    }
    groups.insert(digits, at: 0)
    return (self < 0 ? "-" : "") + groups.joined(separator: ",")
  }
}
