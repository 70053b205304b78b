/// A table drawn with `|` between cells; the first line is its heading.
struct DrawnTable: Sendable {
  let heading: [String]
  let rows: [[String]]

  init(_ lines: [String]) throws {
    let cells = lines.map { line in
      line.split(separator: "|", omittingEmptySubsequences: false).map { cell in
        String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      }
    }
    guard let heading = cells.first, cells.allSatisfy({ $0.count == heading.count }) else {
      throw Misdrawn("a table whose lines have as many cells as its heading: \(lines)")
    }
    self.heading = heading
    rows = Array(cells.dropFirst())
  }

  init(heading: [String], rows: [[String]]) {
    self.heading = heading
    self.rows = rows
  }

  static let patient = "patient"

  /// The same with a line for each patient: `1-3` in the first column stands for three of them.
  func perPatient() throws -> [(patient: Int, cells: [String])] {
    guard heading.first == Self.patient else {
      throw Misdrawn("the first column is `patient`, not `\(heading.first ?? "")`")
    }
    return try rows.flatMap { row in
      let ends = row[0].split(separator: "-").compactMap { Int($0) }
      guard let first = ends.first, let last = ends.last, ends.count <= 2, first <= last else {
        throw Misdrawn("`\(row[0])` is no patient's number")
      }
      return (first...last).map { ($0, Array(row.dropFirst())) }
    }
  }

  /// The table in Markdown, with the cells of the heading from the second on as code.
  func markdown(codeFrom firstCode: Int = 1) -> String {
    func line(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |" }
    let headings = heading.enumerated().map { $0 < firstCode ? $1 : "`\($1)`" }
    let body = rows.map { $0.map { $0.isEmpty || $0 == "missing" ? "*missing*" : $0 } }
    return ([headings, heading.map { _ in "---" }] + body).map(line).joined(separator: "\n")
  }
}
