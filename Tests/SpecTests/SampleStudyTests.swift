import CarrelJSON
import Foundation
import TestSupport
import Testing

/// The three studies of the sample data, under `exact`, against figures that `sample_figures.py`
/// counts from the same CSV files.
@Suite("Studies on the sample data") struct SampleStudyTests {
  @Test("asthma reviews by deprivation and age", arguments: EngineName.allCases)
  func asthma(_ engine: EngineName) throws {
    let outputs = try SampleSite.run("asthma-review", engine)
    #expect(
      try outputs.lines(of: "reviews").filter { try $0["line"] == "group" }.map { line in
        [
          try line["deprivation"], try line["age"], try line["count"],
          try line["reviewed_in_the_year_numerator"],
        ].joined(separator: " ")
      } == [
        "1 18-39 59 29", "1 40-59 78 37", "1 60-79 69 44", "1 80+ 14 6",
        "2 18-39 60 24", "2 40-59 77 42", "2 60-79 80 44", "2 80+ 16 7",
        "3 18-39 62 32", "3 40-59 70 36", "3 60-79 63 42", "3 80+ 21 14",
        "4 18-39 55 23", "4 40-59 63 35", "4 60-79 54 35", "4 80+ 23 16",
        "5 18-39 50 26", "5 40-59 67 41", "5 60-79 72 49", "5 80+ 25 18",
      ])
  }

  @Test("blood pressure by age, sex and deprivation", arguments: EngineName.allCases)
  func bloodPressure(_ engine: EngineName) throws {
    let outputs = try SampleSite.run("blood-pressure", engine)
    let groups = try outputs.lines(of: "control").filter { try $0["line"] == "group" }
    let expected: [(level: String, count: Int, mean: Double, controlled: Int)] = [
      ("18-39", 72, 126.40277777777777, 57), ("40-59", 430, 129.56046511627906, 328),
      ("60-79", 1048, 132.3740458015267, 699), ("80+", 403, 135.77667493796525, 220),
      ("female", 994, 132.5050301810865, 665), ("male", 950, 131.98736842105262, 630),
      ("intersex", 2, 129, 2), ("unknown", 7, 128.85714285714286, 7),
      ("1", 403, 130.6724565756824, 286), ("2", 407, 131.66830466830467, 280),
      ("3", 372, 132.36559139784947, 251), ("4", 363, 133.0771349862259, 228),
      ("5", 345, 133.64057971014492, 217), ("missing", 63, 132.61904761904762, 42),
    ]
    #expect(groups.count == expected.count)
    for (line, (level, count, mean, controlled)) in zip(groups, expected) {
      let levels = try [line["age"], line["sex"], line["deprivation"]].filter { !$0.isEmpty }
      #expect(levels == [level])
      #expect(try line["count"] == "\(count)")
      #expect(abs(try line.number("mean_systolic_pressure") - mean) < 1e-9)
      #expect(try line["below_140_numerator"] == "\(controlled)")
    }
  }

  @Test("antidepressants by region", arguments: EngineName.allCases)
  func antidepressants(_ engine: EngineName) throws {
    let outputs = try SampleSite.run("antidepressants", engine)
    let people = try outputs.lines(of: "prescribing").filter { try $0["line"] == "group" }
    let amounts = try outputs.lines(of: "amounts").filter { try $0["line"] == "group" }
    let found = try zip(people, amounts).map { line, amount in
      [
        try line["region"], try line["count"], try line["prescribed_numerator"],
        try line["six_times_or_more_numerator"], try amount["items"],
        try amount["more_than_30_days_between_items_numerator"],
      ].joined(separator: ", ")
    }
    #expect(
      found == [
        "North East, 648, 75, 47, 582, 43", "North West, 1695, 205, 134, 1587, 119",
        "Yorkshire and The Humber, 1338, 149, 100, 1246, 89",
        "East Midlands, 1145, 107, 65, 812, 60",
        "West Midlands, 1393, 139, 82, 1094, 82", "East of England, 1496, 144, 95, 1182, 89",
        "London, 2035, 132, 82, 1054, 78", "South East, 2185, 192, 125, 1563, 121",
        "South West, 1299, 126, 90, 1094, 80",
      ])
  }

  @Test("asthma reviews by quarter, and antidepressants by month", arguments: EngineName.allCases)
  func series(_ engine: EngineName) throws {
    let quarters = try SampleSite.run("asthma-review", engine).lines(of: "review_trend")
    let found = try Dictionary(grouping: quarters) { try $0["interval_start"] }
    let trend = try found.keys.sorted().map { day in
      let lines = try #require(found[day])
      let people = try lines.map { try $0["count"] }
      let reviewed = try lines.map { try $0["reviewed_in_the_quarter_numerator"] }
      return ([day] + people + reviewed).joined(separator: " ")
    }
    #expect(
      trend == [
        "2022-04-01 240 259 235 227 238 32 33 34 37 37",
        "2022-07-01 239 260 233 225 236 33 39 32 34 39",
        "2022-10-01 241 261 233 221 237 40 33 36 32 38",
        "2023-01-01 241 264 240 221 238 27 32 37 30 34",
        "2023-04-01 246 266 243 219 238 26 22 24 28 29",
        "2023-07-01 243 267 243 222 241 34 32 36 31 38",
        "2023-10-01 241 271 246 224 239 34 31 36 25 29",
        "2024-01-01 244 269 244 225 239 25 35 28 28 36",
      ])
    let months = try SampleSite.run("antidepressants", engine).lines(of: "monthly")
    let shown = try months.filter { try $0["line"] == "total" || $0["region"] == "London" }.map {
      try "\($0["interval_start"]) \($0["count"]) \($0["prescribed_numerator"])"
    }
    #expect(
      shown == [
        "2023-04-01 2023 82", "2023-05-01 2023 81", "2023-06-01 2028 80", "2023-07-01 2033 74",
        "2023-08-01 2035 76", "2023-09-01 2040 77", "2023-10-01 2040 78", "2023-11-01 2042 84",
        "2023-12-01 2043 87", "2024-01-01 2042 89", "2024-02-01 2041 87", "2024-03-01 2039 93",
        "2023-04-01 13105 727", "2023-05-01 13122 737", "2023-06-01 13132 749",
        "2023-07-01 13163 754", "2023-08-01 13192 780", "2023-09-01 13213 791",
        "2023-10-01 13240 812", "2023-11-01 13257 830", "2023-12-01 13265 853",
        "2024-01-01 13283 874", "2024-02-01 13275 860", "2024-03-01 13256 878",
      ])
  }

  @Test("each study passes its own examples and has no mistakes", arguments: SampleSite.studies)
  func examples(_ study: String) throws {
    for command in ["check", "test"] {
      try Program.carrel.succeed([command, SampleSite.path(of: study)])
    }
  }

  @Test func `the starter study passes its examples and runs as it stands`() throws {
    let folder = try TemporaryFolder()
    let study = folder.url.appending(path: "my-study")
    try Program.carrel.succeed(["new", study.path])
    let site = try SampleSite.shared.get().folder["site"]
    for arguments in [["check"], ["test"], ["explain"], ["run", "--site", site]] {
      try Program.carrel.succeed(arguments, in: study)
    }
  }

  @Test func `no row of the sample data is refused`() throws {
    let report = try SampleSite.shared.get().report
    #expect(report["ok"] == true)
    #expect(report.text().contains("\"refused\":0"))
  }
}

/// A synthetic site with the sample data, made once.
final class SampleSite: Sendable {
  static let studies = ["asthma-review", "blood-pressure", "antidepressants"]
  static let shared = Result { try SampleSite() }

  let folder: TemporaryFolder
  let report: JSON

  private init() throws {
    folder = try TemporaryFolder()
    try Program.carrel.succeed(["site", "create", folder["site"], "--kind", "synthetic"])
    let loaded = try Program.carrel.succeed([
      "load", Repository.file("SampleData/datapackage.json").path, "--site", folder["site"],
      "--json",
    ])
    report = try JSON(parsing: loaded.text)
  }

  static func path(of study: String) -> String {
    Repository.file("SampleData/studies/\(study).carrel").path
  }

  /// What a study releases under `exact`.
  static func run(_ study: String, _ engine: EngineName) throws -> ReleasedOutputs {
    let scratch = try TemporaryFolder()
    let site = try shared.get().folder["site"]
    try Program.carrel.succeed([
      "run", path(of: study), "--site", site, "--policy", "exact", "--engine", engine.rawValue,
      "--output", scratch["out"],
    ])
    return try ReleasedOutputs(in: scratch.url.appending(path: "out"))
  }
}

/// The first page shows a study and what it releases; both are as they are.
@Suite("README") struct ReadmeTests {
  private static let text = Result {
    try String(contentsOf: Repository.file("README.md"), encoding: .utf8)
  }

  @Test func `it shows the demo's study, without its examples`() throws {
    let study = try String(
      contentsOf: URL(filePath: SampleSite.path(of: "asthma-review")), encoding: .utf8)
    let end = try #require(study.firstRange(of: "\nexample ")).lowerBound
    #expect(try Self.text.get().contains(study[..<end]))
  }

  @Test func `it shows the table that the demo releases`() throws {
    let printed = try Program.carrel.succeed([
      "run", SampleSite.path(of: "asthma-review"), "--site",
      try SampleSite.shared.get().folder["site"], "--show", "reviews",
    ]).text
    #expect(printed.contains("[REDACTED]"))
    #expect(try Self.text.get().contains(printed.trimmingCharacters(in: .newlines)), "\(printed)")
  }
}
