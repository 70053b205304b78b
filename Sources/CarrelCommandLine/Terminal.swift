import CarrelWorkbench
import Glibc

/// Where words go: results to standard output, everything else to standard error.
struct Terminal: Sendable {
  /// Whether standard output is a terminal that a person looks at.
  let isInteractive: Bool
  /// Whether colour may be used; never the only signal.
  let usesColour: Bool
  /// Whether the locale can show characters beyond ASCII.
  let usesUnicode: Bool
  /// Columns across.
  let width: Int
  /// Whether rules and columns are to be avoided.
  let isPlain: Bool

  /// The terminal that this process talks to.
  init(isPlain: Bool = false) {
    self.init(
      isPlain: isPlain, isInteractive: isatty(STDOUT_FILENO) == 1,
      columns: Self.columnsOfStandardOutput, environment: Self.environment)
  }

  /// A terminal of so many columns, if they are known, with what an environment says of it.
  init(
    isPlain: Bool, isInteractive: Bool, columns: Int?, environment: (String) -> String?
  ) {
    self.isPlain = isPlain
    self.isInteractive = isInteractive
    // An empty value is as good as none: https://no-color.org
    usesColour = isInteractive && !isPlain && (environment("NO_COLOR") ?? "").isEmpty
    let locale =
      ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(environment).first { !$0.isEmpty } ?? ""
    usesUnicode =
      locale.uppercased().contains("UTF-8") || locale.uppercased().contains("UTF8")
    let said = environment("COLUMNS").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    width = said ?? columns ?? 100
  }

  /// A variable of the environment.
  static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  private static var columnsOfStandardOutput: Int? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Prints a result.
  ///
  /// - Throws: A ``Failure`` where it cannot be written: half a result must not look like one.
  func result(_ text: String) throws(Failure) {
    guard let number = Self.write(text + "\n", to: STDOUT_FILENO) else { return }
    throw Failure(
      "S010", "cannot write the result: \(String(cString: strerror(number)))",
      help: "make room, or send it somewhere else", status: .worldFailed)
  }

  /// Prints what is not the result: progress, hints, errors.
  func note(_ text: String) { _ = Self.write(text + "\n", to: STDERR_FILENO) }

  /// What a person types in answer to a question; `nil` where nobody can.
  func answer(to question: String) -> String? {
    guard isatty(STDIN_FILENO) == 1 else { return nil }
    _ = Self.write(question, to: STDERR_FILENO)
    return readLine()
  }

  /// Prints the next commands, at most two, under `next`.
  func next(_ commands: String...) {
    for (index, command) in commands.enumerated() {
      note((index == 0 ? "next  " : "      ") + command)
    }
  }

  /// Writes every byte.
  ///
  /// - Returns: The system's error number where that failed; a reader that has gone away has read
  ///   all it wants and is no failure.
  static func write(_ text: String, to descriptor: Int32) -> Int32? {
    write(Array(text.utf8), to: descriptor)
  }

  /// The same of bytes.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    var bytes = bytes[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        bytes = bytes.dropFirst(count)
      } else if errno != EINTR {
        return errno == EPIPE ? nil : errno
      }
    }
    return nil
  }
}
