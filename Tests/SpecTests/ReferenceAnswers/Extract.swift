import CarrelJSON
import Foundation
import TestSupport

/// Records that nobody on the project made, with questions that somebody else answered.
enum Extract: String, CaseIterable, Sendable {
  case gibleed
  case psynthea = "synthea-psynthea"
  case java = "synthea-java"

  /// The files of the extract that its data package names.
  private var files: [String] {
    switch self {
    case .gibleed:
      ["person", "observation_period", "condition_occurrence", "drug_exposure"]
    case .psynthea: ["patients", "conditions", "medications", "encounters", "observations"]
    case .java: ["patients", "conditions", "medications"]
    }
  }

  /// The data package, the studies and the answers.
  var fixtures: URL { Repository.file("Tests/SpecTests/Fixtures/\(rawValue)") }

  /// Whether the fixtures hold rows themselves: all rows and columns that the questions need.
  var hasFixtureRows: Bool { self != .java }

  /// The whole files as they were found; `nil` where they are not at hand, or would take an
  /// unoptimised program a minute to load.
  var wholeFiles: [URL]? {
    guard Program.isOptimised else { return nil }
    let found = files.compactMap { Repository.shared("data/\(rawValue)/\($0).csv.gz") }
    return found.count == files.count ? found : nil
  }

  /// The expected rows of every question, with the names of their columns.
  func answers() throws -> [String: (columns: [String], rows: [[JSON]])] {
    let bytes = try Data(contentsOf: fixtures.appending(path: "answers.json"))
    let questions = try JSON(parsing: Array(bytes))["questions"]?.array ?? []
    return Dictionary(
      uniqueKeysWithValues: questions.map { question in
        (
          question["id"]?.string ?? "",
          (
            (question["columns"]?.array ?? []).compactMap(\.string),
            (question["rows"]?.array ?? []).map { $0.array ?? [] }
          )
        )
      })
  }
}

/// Which files of an extract a site was made from.
enum ExtractFiles: String, CaseIterable, Sendable {
  /// What is committed here: the columns and rows that the questions need.
  case fixtures
  /// What was found, untouched.
  case whole
}

/// A synthetic site that holds an extract, made once and used by all questions.
final class ExtractSite: Sendable {
  let folder: TemporaryFolder
  var path: String { folder["site"] }

  /// What loading printed.
  let report: String

  private init(_ extract: Extract, _ files: ExtractFiles) throws {
    folder = try TemporaryFolder()
    var package = extract.fixtures
    if files == .whole {
      let copy = try TemporaryFolder()
      try copy.copy(extract.fixtures.appending(path: "datapackage.json"))
      for file in extract.wholeFiles ?? [] { try copy.copy(file) }
      package = copy.url
      report = try Self.load(package, into: folder["site"])
      // The copy goes away here; the site has the records.
      withExtendedLifetime(copy) {}
      return
    }
    report = try Self.load(package, into: folder["site"])
  }

  private static func load(_ package: URL, into site: String) throws -> String {
    try Program.carrel.succeed(["site", "create", site, "--kind", "synthetic"])
    return try Program.carrel.succeed([
      "load", package.appending(path: "datapackage.json").path, "--site", site,
    ]).text
  }

  /// The site of an extract, made on the first call.
  static func site(_ extract: Extract, _ files: ExtractFiles) throws -> ExtractSite {
    switch (extract, files) {
    case (.gibleed, .fixtures): try gibleed.get()
    case (.gibleed, .whole): try wholeGibleed.get()
    case (.psynthea, .fixtures): try psynthea.get()
    case (.psynthea, .whole): try wholePsynthea.get()
    case (.java, _): try wholeJava.get()
    }
  }

  private static let gibleed = Result { try ExtractSite(.gibleed, .fixtures) }
  private static let wholeGibleed = Result { try ExtractSite(.gibleed, .whole) }
  private static let psynthea = Result { try ExtractSite(.psynthea, .fixtures) }
  private static let wholePsynthea = Result { try ExtractSite(.psynthea, .whole) }
  private static let wholeJava = Result { try ExtractSite(.java, .whole) }
}
