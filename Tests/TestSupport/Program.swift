public import Foundation

/// A program that was built with the tests, run as a person runs it.
public struct Program: Sendable {
  /// What a run left behind.
  public struct Result: Sendable {
    /// The exit status.
    public var status: Int32
    /// What the program wrote on standard output.
    public var output: Data
    /// What the program wrote on standard error.
    public var errors: String

    /// Standard output as text.
    public var text: String { String(decoding: output, as: UTF8.self) }
  }

  /// Where the program is.
  public let executable: URL

  /// The command line program.
  public static let carrel = chosen.map(Program.init(system:)) ?? Program(builtAs: "carrel")
  /// The generator of the sample data.
  public static let sampleData = Program(builtAs: "sample-data")

  /// The path of the program to test, where it is not the one that was built with the tests:
  /// `make test` names the optimised one, which is the one that people run.
  private static let chosen = ProcessInfo.processInfo.environment["CARREL_PROGRAM"]

  /// Whether the program under test was chosen, and so is an optimised one.
  public static var isOptimised: Bool { chosen != nil }

  /// Programs lie beside the test runner.
  private init(builtAs name: String) {
    let runner = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    executable = runner.deletingLastPathComponent().appending(path: name)
  }

  /// A program of the system, such as `gzip`.
  public init(system path: String) { executable = URL(filePath: path) }

  /// The environment of every run, but for what a test adds.
  public static let plainEnvironment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]

  /// Runs the program to its end in a plain environment, with nothing on standard input.
  public func run(
    _ arguments: [String], in folder: URL? = nil, adding variables: [String: String] = [:]
  ) throws -> Result {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.environment = Self.plainEnvironment.merging(variables) { $1 }
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    // Files rather than pipes: a program that writes much of either never waits for the other.
    let scratch = try TemporaryFolder()
    for name in ["output", "errors"] { try scratch.write("", to: name) }
    process.standardOutput = try FileHandle(forWritingTo: scratch.url.appending(path: "output"))
    process.standardError = try FileHandle(forWritingTo: scratch.url.appending(path: "errors"))
    try process.run()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus,
      output: try Data(contentsOf: scratch.url.appending(path: "output")),
      errors: try String(contentsOf: scratch.url.appending(path: "errors"), encoding: .utf8))
  }
}

extension Program {
  /// Runs the program, which must end well.
  @discardableResult
  public func succeed(_ arguments: [String], in folder: URL? = nil) throws -> Result {
    let result = try run(arguments, in: folder)
    if result.status != 0 { throw UnexpectedEnding(arguments: arguments, result: result) }
    return result
  }

  /// A run that ended with another status than it should have.
  public struct UnexpectedEnding: Error, CustomStringConvertible {
    let arguments: [String]
    let result: Result

    /// The command, its status and all that it printed.
    public var description: String {
      "\(arguments.joined(separator: " ")): status \(result.status)\n\(result.errors)\(result.text)"
    }
  }
}
