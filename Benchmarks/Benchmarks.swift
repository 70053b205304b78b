import CarrelSandbox
import Glibc

/// Measures what the project promises of its speed; the exit status is 1 where a promise is broken.
///
/// Run it optimised, on a machine that does little else, from the root of the checkout:
/// `make benchmark`. The one argument is the path of the program.
@main enum Benchmarks {
  static func main() throws {
    let words = Array(CommandLine.arguments.dropFirst())
    if words.first == Trial.word { exit(Trial.main(Array(words.dropFirst()))) }
    guard let program = words.first, words.count == 1 else {
      print("usage: carrel-benchmarks PROGRAM, from the root of the checkout")
      exit(2)
    }
    let promises = [try CheckBenchmark(program: program).run(), try LockDownBenchmark().run()]
    for promise in promises { print(promise) }
    let suppression = AuditBenchmark.printAll()
    let differencing = try DifferencingBenchmark.printAll()
    exit(promises.allSatisfy(\.isKept) && suppression && differencing ? 0 : 1)
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

/// What this process has used of the machine so far.
struct Usage {
  /// Time of the processor, which other programs do not lengthen.
  let seconds: Double
  let peakMebibytes: Int

  static var now: Usage {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let times = [usage.ru_utime, usage.ru_stime]
    return Usage(
      seconds: times.reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 },
      peakMebibytes: Int(usage.ru_maxrss) / 1024)
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
