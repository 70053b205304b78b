import Foundation
import TestSupport

/// A folder that a person works in, with the program on the path as if it were installed.
///
/// It holds the sample data and a site `demo` with its people loaded, and the studies of these tests.
final class Desk {
  let folder: TemporaryFolder
  private var current: URL
  private var names = RandomNames()
  private let installation: Installation

  init() throws {
    installation = try Installation.shared.get()
    folder = try TemporaryFolder()
    current = folder.url
    try Program(system: "/bin/cp").succeed([
      "-a", installation.template.path + "/.", folder.url.path,
    ])
  }

  /// What a command printed, standard error among standard output, and its status.
  struct Result {
    var text: String
    var status: Int32
  }

  /// Runs a line as a shell does; a change of folder lasts.
  func run(_ line: String) throws -> Result {
    let scratch = try TemporaryFolder()
    // The folder is noted by the shell itself, after whatever the line did.
    let script = "exec 2>&1; eval \"$1\"; status=$?; pwd > \"$2\"; exit $status"
    let result = try Program(system: "/bin/sh").run(
      ["-c", script, "sh", names.meant(by: line), scratch["folder"]], in: current,
      adding: ["PATH": installation.path, "HOME": folder.url.path])
    let place = try String(contentsOfFile: scratch["folder"], encoding: .utf8)
    current = URL(filePath: place.trimmingCharacters(in: .newlines))
    var text = result.text
    for day in Self.today { text = text.replacing(day, with: "<today>") }
    if text.hasSuffix("\n") { text.removeLast() }
    text = names.shown(in: text)
    return Result(text: text, status: result.status)
  }

  /// The day as the program writes it, for people and for programs: the only thing in a transcript
  /// that no rerun repeats.
  private static var today: [String] {
    ["d MMMM yyyy", "yyyy-MM-dd"].map { pattern in
      let format = DateFormatter()
      format.locale = Locale(identifier: "en_GB")
      format.timeZone = TimeZone(identifier: "UTC")
      format.dateFormat = pattern
      return format.string(from: Date())
    }
  }
}

/// The program and its sample data in a folder of their own, and what every desk begins with.
///
/// The sample data are those of the project, but for people without a code for asthma: 1,675 people
/// load in a moment.
final class Installation: Sendable {
  static let shared = Result { try Installation() }

  private let folder: TemporaryFolder
  let path: String
  /// What a desk begins with.
  let template: URL

  private init() throws {
    folder = try TemporaryFolder()
    template = folder.url.appending(path: "desk")
    path = folder.url.path + ":/usr/bin:/bin"
    let manager = FileManager.default
    try manager.copyItem(at: Program.carrel.executable, to: folder.url.appending(path: "carrel"))
    try manager.createDirectory(at: template, withIntermediateDirectories: false)
    try makeSampleData(in: folder.url.appending(path: "SampleData"))
    try manager.createSymbolicLink(
      at: template.appending(path: "SampleData"),
      withDestinationURL: folder.url.appending(path: "SampleData"))
    for studies in ["SampleData/studies", "Tests/TranscriptTests/Studies"] {
      try Program(system: "/bin/cp").succeed([
        "-R", Repository.file(studies).path + "/.", template.path,
      ])
    }
    try Program.carrel.succeed(["site", "create", "demo", "--kind", "synthetic"], in: template)
    try Program.carrel.succeed(["load", "SampleData", "--site", "demo"], in: template)
  }

  private func makeSampleData(in folder: URL) throws {
    let manager = FileManager.default
    let source = Repository.file("SampleData")
    try manager.createDirectory(at: folder, withIntermediateDirectories: false)
    try manager.copyItem(
      at: source.appending(path: "core.carrel"), to: folder.appending(path: "core.carrel"))
    let package = try String(
      contentsOf: source.appending(path: "datapackage.json"), encoding: .utf8)
    try package.replacing(".csv.gz", with: ".csv").write(
      to: folder.appending(path: "datapackage.json"), atomically: true, encoding: .utf8)
    let script = """
      set -e
      awk='NR == FNR { people[$1] = 1; next } FNR == 1 || ($1 in people)'
      zcat "$1/clinical_events.csv.gz" |
        awk -F, 'NR == FNR { codes[$1] = 1; next } ($3 in codes) { print $1 }' \\
          "$1/studies/codelists/asthma-diagnosis.csv" - > "$2/people"
      for table in "$1"/*.csv.gz; do
        zcat "$table" | awk -F, "$awk" "$2/people" - > "$2/$(basename "$table" .gz)"
      done
      rm "$2/people"
      """
    try Program(system: "/bin/sh").succeed(["-c", script, "sh", source.path, folder.path])
  }
}
