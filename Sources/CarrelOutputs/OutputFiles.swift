public import CarrelDisclosure
public import CarrelJSON

/// One file of released results.
public struct OutputFile: Hashable, Sendable {
  /// The name, such as `reviews.csv`; never with a folder.
  public let name: String
  /// All of the file.
  public let bytes: [UInt8]

  /// A file that was written, or found.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

/// Writes released results as files: a CSV for tools and a JSON with types for each output.
public enum OutputFiles {
  /// The files of all outputs, in the order of the study; equal results give equal bytes.
  public static func files(of results: ReleasedResults) -> [OutputFile] {
    results.outputs.flatMap { output in
      [
        OutputFile(name: csvName(of: output.name), bytes: Array(csv(output).utf8)),
        OutputFile(
          name: "\(output.name).json",
          bytes: output.json(policy: results.policy).bytes(.indented) + [UInt8(ascii: "\n")]),
      ]
    }
  }

  /// Each output as JSON, in the order of the study: what its JSON file holds.
  public static func json(of results: ReleasedResults) -> [JSON] {
    results.outputs.map { $0.json(policy: results.policy) }
  }

  static func csvName(of output: String) -> String { "\(output).csv" }

  private static func csv(_ output: ReleasedOutput) -> String {
    switch output {
    case .table(let table): table.csv
    case .flow(let flow): flow.csv
    case .summary(let summary): summary.csv
    case .histogram(let histogram): histogram.csv
    case .deciles(let deciles): deciles.csv
    }
  }
}
