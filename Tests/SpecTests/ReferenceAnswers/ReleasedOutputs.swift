import Foundation
import TestSupport
import Testing

/// The tables that a run released, read back from its CSV files.
struct ReleasedOutputs {
  /// The text of each table's file.
  private let files: [String: String]

  /// The outputs of a run whose folder this is.
  init(in folder: URL) throws {
    let outputs = folder.appending(path: "outputs")
    let names = try FileManager.default.contentsOfDirectory(atPath: outputs.path)
    files = try Dictionary(
      uniqueKeysWithValues: names.filter { $0.hasSuffix(".csv") }.map { name in
        (
          String(name.dropLast(".csv".count)),
          try String(contentsOf: outputs.appending(path: name), encoding: .utf8)
        )
      })
  }

  /// The lines of a table in order, groups and totals alike.
  func lines(of table: String) throws -> [ReleasedLine] {
    let text = try #require(files[table], "no table `\(table)`, only \(files.keys.sorted())")
    let records = text.split(separator: "\n").map(Self.fields(of:))
    let header = try #require(records.first)
    return try records.dropFirst().map { record in
      try #require(record.count == header.count, "\(table): \(record)")
      return ReleasedLine(values: Dictionary(uniqueKeysWithValues: zip(header, record)))
    }
  }

  /// The fields of a line; a comma between quote marks parts none.
  private static func fields(of line: Substring) -> [String] {
    var fields = [""]
    var isQuoted = false
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: fields.append("")
      default: fields[fields.count - 1].append(character)
      }
    }
    return fields
  }

  /// The groups of a table that somebody belongs to: the reference answers have no others.
  func groups(of table: String) throws -> [ReleasedLine] {
    try lines(of: table).filter { try $0["line"] == "group" && $0["count"] != "0" }
  }

  /// The one line of a table without groups.
  func only(of table: String) throws -> ReleasedLine {
    let lines = try lines(of: table)
    try #require(lines.count == 1, "\(table) has no groups")
    return lines[0]
  }
}

/// One line of a released table.
struct ReleasedLine {
  let values: [String: String]

  /// A value as it is written.
  subscript(column: String) -> String {
    get throws {
      try #require(values[column], "no column `\(column)`, only \(values.keys.sorted())")
    }
  }

  /// A released number.
  func number(_ column: String) throws -> Double {
    try #require(Double(try self[column]), "`\(column)` is no number")
  }
}
