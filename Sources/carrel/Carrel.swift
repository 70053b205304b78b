import CarrelCommandLine
import Glibc

@main
struct Carrel {
  static func main() {
    growStack()
    exit(Program.main(Array(CommandLine.arguments.dropFirst())))
  }

  /// Lets the stack grow as far as Linux keeps room for it.
  ///
  /// The checker follows definitions into each other, and a study may have 2,000 in one chain. The
  /// limit holds at once for the thread that began the program, which is the only one that checks.
  private static func growStack() {
    let room: rlim_t = 112 << 20
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_STACK.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = max(limit.rlim_cur, min(room, limit.rlim_max))
    _ = setrlimit(__rlimit_resource_t(RLIMIT_STACK.rawValue), &limit)
  }
}
