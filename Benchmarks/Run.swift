import Glibc

/// One run of a program, with what it took.
struct Run {
  /// The exit status.
  let status: Int32
  /// From just before the process is made to its end.
  let elapsed: Duration
  /// Its time on a processor, its own and the system's for it: what other programs leave alone.
  let busy: Duration

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
    elapsed = clock.now - start
    busy = Duration(usage.ru_utime) + Duration(usage.ru_stime)
    status = ending
  }
}

extension Duration {
  fileprivate init(_ time: timeval) {
    self = .seconds(time.tv_sec) + .microseconds(time.tv_usec)
  }
}
