import CarrelFiles

/// How long `carrel check` takes from the start of its process, on a study of 300 lines.
///
/// A researcher's editor asks for this at every pause; the aim is 30 ms.
struct CheckBenchmark {
  private static let repetitions = 100
  private static let folder = "out/benchmarks"
  private static let study = "SampleData/studies/asthma-review.carrel"
  private static let codelists = "SampleData/studies/codelists"

  let program: String

  func run() throws -> Measurement {
    let path = Path.join(Self.folder, "long.carrel")
    let text = try Self.longStudy()
    try Self.lay(text, at: path)
    var runs: [Run] = []
    for _ in 0..<Self.repetitions { runs.append(try Run(of: program, ["check", path])) }
    guard runs.allSatisfy({ $0.status == 0 }) else {
      throw BenchmarkError(description: "`\(program) check \(path)` does not end well")
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
    let elapsed = runs.map(\.elapsed), busy = runs.map(\.busy)
    return Measurement(
      name: "check of a study of \(lines) lines, from process start to end",
      measured: elapsed.median, promised: .milliseconds(30),
      note: "median of \(Self.repetitions), \(busy.median.inMilliseconds) of it busy")
  }

  /// The study of the demo with many more definitions and tables, as long studies have.
  private static func longStudy() throws -> String {
    let original = String(decoding: try Files.read(study), as: UTF8.self)
    var text = original + "\n"
    for number in 1...60 {
      text += """

        define visits_\(number) = count clinical_events
                          where snomedct_code in reviewed and date in index - \(number) months to index

        """
    }
    return text + tables(from: text.split(separator: "\n", omittingEmptySubsequences: false).count)
  }

  /// Tables up to the line 300 of a study that has so many lines already.
  private static func tables(from count: Int) -> String {
    var text = ""
    var lines = count - 1
    var number = 1
    while lines + 3 <= 300 {
      text += """
        table table_\(number) of adults
          by     imd, patients.sex
          show   count, percent visits_\(number) > 1 as "More than one"

        """
      lines += 3
      number += 1
    }
    return text + String(repeating: "# The end.\n", count: max(0, 300 - lines))
  }

  private static func lay(_ text: String, at path: String) throws {
    let folder = Path.join(Self.folder, "codelists")
    for needed in ["out", Self.folder, folder] where !Files.isFolder(needed) {
      try Files.createFolder(needed, access: .everyone)
    }
    try Files.write(Array(text.utf8), to: path, access: .everyone)
    for name in try Files.list(codelists) where name.hasSuffix(".csv") {
      try Files.write(
        try Files.read(Path.join(codelists, name)), to: Path.join(folder, name), access: .everyone)
    }
  }
}

/// A benchmark that cannot be measured.
struct BenchmarkError: Error, CustomStringConvertible {
  let description: String
}
