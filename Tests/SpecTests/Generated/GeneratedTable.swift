import CarrelValues
import Foundation
import TestSupport

/// The rows of one table while they are generated, each field under its name.
struct GeneratedTable {
  let name: String
  private let columns: [String]
  private var lines: [String]

  init(_ name: String, _ columns: [String]) {
    self.name = name
    self.columns = ["patient_id"] + columns
    lines = [self.columns.joined(separator: ",")]
  }

  /// Adds a row of a patient; columns that are not named are empty.
  mutating func add(_ patient: Int, _ values: [String: String?]) {
    precondition(values.keys.allSatisfy(columns.contains), "`\(name)` has every column filled")
    let fields = columns.dropFirst().map { column in
      let text = (values[column] ?? nil) ?? ""
      return text.contains(",") ? "\"\(text)\"" : text
    }
    lines.append((["\(patient)"] + fields).joined(separator: ","))
  }

  /// Writes the table as a CSV file of its name.
  func write(into folder: TemporaryFolder) throws {
    try folder.write(lines.joined(separator: "\n") + "\n", to: "\(name).csv")
  }
}

// What generated people are made of.
extension SeededGenerator {
  /// Whether something of this likelihood happens.
  mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }

  /// A number out of a range.
  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  /// One of some things, of which there is at least one.
  mutating func pick<Thing>(_ things: [Thing]) -> Thing { things[number(0...things.count - 1)] }

  /// A day between two, both included; the first where they are the wrong way round.
  mutating func day(_ start: CivilDate, _ end: CivilDate) -> CivilDate {
    start.moved(by: number(0...max(0, end.dayNumber - start.dayNumber)))
  }
}

extension CivilDate {
  /// A day of the calendar.
  init(_ year: Int, _ month: Int, _ day: Int) {
    guard let date = CivilDate(year: year, month: month, day: day) else {
      preconditionFailure("generated days exist")
    }
    self = date
  }

  /// The day so many days later.
  func moved(by days: Int) -> CivilDate {
    guard let date = adding(days, .days) else {
      preconditionFailure("generated days stay inside the calendar")
    }
    return date
  }
}

/// The codes that generated rows draw from: all of the studies' lists, so that every list is met.
struct CodePools {
  var snomedct: [String] = []
  var dmd: [String] = []
  var icd10: [String] = []

  /// The codes of the lists in some folders of the project.
  init(ofListsIn folders: [String]) throws {
    for folder in folders.map(Repository.file) {
      for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
        add(try String(contentsOf: folder.appending(path: name), encoding: .utf8))
      }
    }
  }

  /// A code of ICD-10 begins with a letter, and an invented code of dm+d has the namespace 9999999.
  private mutating func add(_ text: String) {
    for line in text.split(separator: "\n").dropFirst() {
      let code = String(line.prefix { $0 != "," })
      if code.first?.isLetter == true {
        icd10.append(code)
      } else if code.dropLast(3).hasSuffix("9999999") {
        dmd.append(code)
      } else {
        snomedct.append(code)
      }
    }
  }
}
