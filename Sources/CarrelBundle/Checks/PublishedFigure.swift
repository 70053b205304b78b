internal import CarrelCatalogue

/// A figure as a CSV says it: a number or none, and why.
struct PublishedCell: Equatable {
  let text: String
  let status: Status

  enum Status: String {
    case shown, zero, redacted, missing
    case notApplicable = "not_applicable"
  }

  var isPublished: Bool { status == .shown || status == .zero }
  /// The whole number; `nil` without one.
  var count: Int? { Int(text) }

  /// Whether the number is there exactly where the status says that one is.
  var isConsistent: Bool {
    switch status {
    case .shown: Double(text).map { $0.isFinite } ?? false
    case .zero: text == "0"
    case .redacted, .missing, .notApplicable: text.isEmpty
    }
  }
}

/// The lines of a CSV of outputs, each column by its name.
struct PublishedTable {
  let lines: [Line]

  struct Line {
    let kind: String
    /// The figures, in the order of the columns.
    let figures: [(name: String, cell: PublishedCell)]
    let columns: [String: String]

    subscript(name: String) -> PublishedCell? { figures.first { $0.name == name }?.cell }
  }

  private static let suffix = "_status"

  /// Reads a CSV; `nil` where it is not one of outputs, such as a status that there is not.
  init?(_ bytes: [UInt8]) {
    guard let records = try? CSVReader.records(of: bytes), let header = records.first?.texts,
      header.first == "line", Set(header).count == header.count
    else { return nil }
    var lines: [Line] = []
    for record in records.dropFirst() {
      guard record.count == header.count else { return nil }
      let columns = Dictionary(uniqueKeysWithValues: zip(header, record.texts))
      var figures: [(name: String, cell: PublishedCell)] = []
      for name in header {
        guard let word = columns[name + Self.suffix], let text = columns[name] else { continue }
        // A summary has columns that do not suit every line; both fields are empty there.
        if word.isEmpty && text.isEmpty { continue }
        guard let status = PublishedCell.Status(rawValue: word) else { return nil }
        figures.append((name, PublishedCell(text: text, status: status)))
      }
      lines.append(Line(kind: record.text(0), figures: figures, columns: columns))
    }
    self.lines = lines
  }
}
