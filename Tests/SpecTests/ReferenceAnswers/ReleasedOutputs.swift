import Foundation
import TestSupport
import Testing

/// The tables that a run released, read back from its CSV files.
struct ReleasedOutputs {
  private let folder: URL

  /// The outputs of a run whose folder this is.
  init(in folder: URL) { self.folder = folder.appending(path: "outputs") }

  /// The lines of a table in order, groups and totals alike.
  func lines(of table: String) throws -> [ReleasedLine] {
    let text = try String(contentsOf: folder.appending(path: "\(table).csv"), encoding: .utf8)
    let records = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let header = try #require(records.first)
    return try records.dropFirst().map { record in
      try #require(record.count == header.count, "\(table): \(record)")
      return ReleasedLine(values: Dictionary(uniqueKeysWithValues: zip(header, record)))
    }
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
