public import CarrelDisclosure
import CarrelJSON

/// Reads the files that would leave as somebody else would, and holds them to what the gate let out.
///
/// Every line is found by whom it is of, never by its place; every number must be the released one,
/// digit for digit, every mark where the gate put it, and there may be nothing else in the files.
public enum ReadBack {
  /// What a file says that was not released, or lacks.
  public enum Fault: Hashable, Sendable {
    /// There are other files than the outputs call for.
    case otherFiles
    /// A file cannot be read.
    case unreadable(String)
    /// A file has another line or column, or lacks one.
    case otherLines(String)
    /// A file says another figure, or another mark.
    case otherFigure(String)
  }

  /// Everything that is wrong with the files of released results; nothing if they say the same.
  public static func faults(in files: [OutputFile], of results: ReleasedResults) -> [Fault] {
    let names = results.outputs.flatMap { ["\($0.name).csv", "\($0.name).json"] }
    guard files.map(\.name).sorted() == names.sorted() else { return [.otherFiles] }
    return files.compactMap { file in
      let output = results.outputs.first { file.name == "\($0.name).csv" }
      if let output { return fault(inCSV: file, of: output) }
      return results.outputs.first { file.name == "\($0.name).json" }
        .flatMap { fault(inJSON: file, of: $0) }
    }
  }

  private static func fault(inCSV file: OutputFile, of output: ReleasedOutput) -> Fault? {
    guard let table = PrintedTable(file.bytes) else { return .unreadable(file.name) }
    let lines = output.printedLines
    let keys = Set(lines.flatMap(\.key.keys))
    let figures = Set(lines.flatMap { $0.figures.map(\.column) }).union(output.furtherColumns)
    let columns = keys.union(figures).union(figures.map { $0 + "_status" })
    guard Set(table.header) == columns, table.lines.count == lines.count else {
      return .otherLines(file.name)
    }
    var printed: [[String: String]: [String: String]] = [:]
    for line in table.lines {
      let key = line.filter { keys.contains($0.key) }.mapValues(PrintedTable.plain)
      guard printed.updateValue(line, forKey: key) == nil else { return .otherLines(file.name) }
    }
    for line in lines {
      let key = line.key.mapValues(PrintedTable.plain)
      guard let found = printed[key] else { return .otherLines(file.name) }
      let expected = Dictionary(line.figures.map { ($0.column, $0.figure) }) { first, _ in first }
      for column in figures {
        // A figure that does not suit the line has neither a number nor a status.
        let (number, status) = expected[column].map { ($0.printedNumber, $0.status) } ?? ("", "")
        guard found[column] == number, found[column + "_status"] == status else {
          return .otherFigure(file.name)
        }
      }
    }
    return nil
  }

  private static func fault(inJSON file: OutputFile, of output: ReleasedOutput) -> Fault? {
    guard let json = try? JSON(parsing: file.bytes) else { return .unreadable(file.name) }
    let found = json.figures
    let expected = output.printedLines.flatMap { $0.figures.map(\.figure) }
    guard found.count == expected.count else { return .otherLines(file.name) }
    let isSame = zip(found, expected).allSatisfy { found, figure in
      found.number == Double(figure.printedNumber) && found.status == figure.status
    }
    return isSame ? nil : .otherFigure(file.name)
  }
}

extension ReleasedOutput {
  /// The columns of figures that may have none in any line.
  fileprivate var furtherColumns: [String] {
    switch self {
    case .flow: ["left_out"]
    case .summary: ["count", "denominator", "percent", "known", "mean", "sd"]
    case .histogram: ["count"]
    case .table, .deciles: []
    }
  }
}

extension JSON {
  /// Every figure, in the order of the text: an object with a value and a status.
  fileprivate var figures: [(number: Double?, status: String)] {
    switch self {
    case .array(let elements): return elements.flatMap(\.figures)
    case .object(let members):
      let inside = members.flatMap(\.value.figures)
      guard let value = self["value"], let status = self["status"]?.string else { return inside }
      return [(value.number, status)] + inside
    default: return []
    }
  }
}
