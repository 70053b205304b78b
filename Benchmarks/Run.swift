import Glibc

/// One run of a program, with what it took.
struct Run {
  /// The exit status.
  let status: Int32
  /// From just before the process is made to its end.
  let elapsedMilliseconds: Double
  /// Its time on a processor, its own and the system's for it: what other programs leave alone.
  let busyMilliseconds: Double

  /// Runs a program to its end with nothing on standard input and no place for its output.
  init(of program: String, _ arguments: [String]) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in Int32(0)...2 {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    let clock = ContinuousClock()
    let start = clock.now
    guard posix_spawn(&process, program, &actions, nil, &words, environ) == 0 else {
      throw BenchmarkError(description: "cannot start `\(program)`")
    }
    var ending: Int32 = 0
    var usage = rusage()
    guard wait4(process, &ending, 0, &usage) == process else {
      throw BenchmarkError(description: "cannot wait for `\(program)`")
    }
    elapsedMilliseconds = (clock.now - start) / .milliseconds(1)
    busyMilliseconds = usage.ru_utime.milliseconds + usage.ru_stime.milliseconds
    status = ending
  }
}

/// The least, the middle and the greatest of some times.
struct Figures: CustomStringConvertible {
  private let sorted: [Double]

  init(_ milliseconds: [Double]) { sorted = milliseconds.sorted() }

  var description: String {
    guard let least = sorted.first, let greatest = sorted.last else { return "nothing" }
    let middle = sorted[sorted.count / 2]
    return "median \(shown(middle)), from \(shown(least)) to \(shown(greatest))"
  }

  private func shown(_ milliseconds: Double) -> String {
    let tenths = Int((milliseconds * 10).rounded())
    return "\(tenths / 10).\(tenths % 10) ms"
  }
}

extension timeval {
  fileprivate var milliseconds: Double { Double(tv_sec) * 1000 + Double(tv_usec) / 1000 }
}
