import CarrelSandbox
import Glibc

/// Measures what the project promises of its speed; the exit status is 1 where a promise is broken.
///
/// Run it optimised, on a machine that does little else: `make bench`.
@main
struct Benchmarks {
  static func main() throws {
    let words = Array(CommandLine.arguments.dropFirst())
    if words.first == Trial.word { exit(Trial.main(Array(words.dropFirst()))) }
    let results = [try LockDownBenchmark().run()]
    for result in results { print(result) }
    exit(results.allSatisfy(\.isKept) ? 0 : 1)
  }
}

/// A promise and what was measured of it.
struct Measurement: CustomStringConvertible {
  let name: String
  let measured: Duration
  let promised: Duration
  /// What the figure is made of.
  let note: String

  var isKept: Bool { measured < promised }

  var description: String {
    "\(name): \(measured.inMilliseconds), promised under \(promised.inMilliseconds) (\(note))"
      + (isKept ? "" : "  BROKEN")
  }
}

extension Duration {
  /// In milliseconds, to a hundredth.
  var inMilliseconds: String {
    let hundredths = Int((self / .microseconds(10)).rounded())
    let fraction = String(hundredths % 100)
    return "\(hundredths / 100).\(fraction.count == 1 ? "0" : "")\(fraction) ms"
  }
}

extension [Duration] {
  /// The one in the middle.
  var median: Duration { sorted()[count / 2] }
}
