import CarrelSandbox
import Glibc
import Testing

/// What a shell script wrote, and how it ended.
private func run(
  _ script: String, input: [UInt8]? = nil, environment: [String: String] = [:]
) throws -> (output: String, ending: ChildProcess.Ending) {
  let output = try Descriptor.pipe()
  let given = try input.map { bytes in
    let pipe = try Descriptor.pipe()
    try pipe.writing.writeAll(bytes)
    return pipe.reading
  }
  let child = try ChildProcess(
    program: "/bin/sh", arguments: ["-c", script], environment: environment,
    descriptors: [given, output.writing])
  output.writing.close()
  let bytes = try output.reading.readAll(byteLimit: 1 << 20)
  return (String(decoding: bytes, as: UTF8.self), try child.wait())
}

@Suite("A child process") struct ChildProcessTests {
  @Test(
    "tells how it ended",
    arguments: [
      ("exit 0", ChildProcess.Ending.exited(status: 0)), ("exit 3", .exited(status: 3)),
      ("exit 255", .exited(status: 255)), ("kill -TERM $$", .killed(signal: 15)),
    ])
  func ending(script: String, expected: ChildProcess.Ending) throws {
    let ending = try run(script).ending
    #expect(ending == expected)
    #expect(ending.isSuccess == (script == "exit 0"))
  }

  @Test func `takes its arguments as they are, with no shell between`() throws {
    let output = try Descriptor.pipe()
    let child = try ChildProcess(
      program: "/bin/echo", arguments: ["$HOME `id`", "a  b; c"],
      descriptors: [nil, output.writing])
    output.writing.close()
    let bytes = try output.reading.readAll(byteLimit: 1_000)
    #expect(String(decoding: bytes, as: UTF8.self) == "$HOME `id` a  b; c\n")
    #expect(try child.wait().isSuccess)
  }

  @Test func `has no environment but what it is given`() throws {
    #expect(setenv("CARREL_TEST_SECRET", "canary", 1) == 0)
    let output = try Descriptor.pipe()
    let child = try ChildProcess(
      program: "/usr/bin/env", arguments: [], environment: ["B": "2", "A": "1"],
      descriptors: [nil, output.writing])
    output.writing.close()
    let bytes = try output.reading.readAll(byteLimit: 10_000)
    #expect(String(decoding: bytes, as: UTF8.self) == "A=1\nB=2\n")
    #expect(try child.wait().isSuccess)
  }

  @Test func `has no descriptor but what it is given, also none left open by mistake`() throws {
    // Without close-on-exec, as careless code would have left it.
    let leaked = open("/dev/null", O_RDONLY)
    defer { close(leaked) }
    let open = try run("ls /proc/$$/fd").output
    // A shell may hold one of its own for its script; `ls` is another process.
    #expect(Set(open.split(separator: "\n").map(String.init)).subtracting(["0", "1", "2"]).isEmpty)
  }

  @Test func `reads nothing and writes to nowhere where it is given nothing`() throws {
    #expect(try run("cat; echo lost >&2; echo end").output == "end\n")
  }

  @Test func `descriptors reach their places whatever their numbers are here`() throws {
    let (a, b) = (try Descriptor.pipe(), try Descriptor.pipe())
    let output = try Descriptor.pipe()
    try a.writing.writeAll(Array("a".utf8))
    try b.writing.writeAll(Array("b".utf8))
    a.writing.close()
    b.writing.close()
    // The places 3 to 8 overlap the numbers that these descriptors have in this process.
    let child = try ChildProcess(
      program: "/bin/sh", arguments: ["-c", "cat <&8; cat <&7; cat <&5"],
      descriptors: [nil, output.writing, nil, nil, nil, nil, nil, a.reading, b.reading])
    output.writing.close()
    #expect(try output.reading.readAll(byteLimit: 10) == Array("ba".utf8))
    #expect(try child.wait().isSuccess)
  }

  @Test func `is ended when it is asked to and when nobody holds it`() throws {
    let output = try Descriptor.pipe()
    var child: ChildProcess? = try ChildProcess(
      program: "/bin/sh", arguments: ["-c", "echo $$; exec sleep 600"],
      descriptors: [nil, output.writing])
    output.writing.close()
    let line = try output.reading.readLine()
    let identifier = try #require(pid_t(line))
    child = nil
    _ = child
    #expect(kill(identifier, 0) == -1 && errno == ESRCH)

    let second = try ChildProcess(program: "/bin/sleep", arguments: ["600"], descriptors: [])
    second.kill()
    #expect(try second.wait() == .killed(signal: 9))
    #expect(try second.wait() == .killed(signal: 9))
  }

  @Test func `that cannot be started is an error`() {
    let error = #expect(throws: SandboxError.self) {
      try ChildProcess(program: "/nonexistent", arguments: [], descriptors: [])
    }
    #expect(error?.description == "could not start `/nonexistent`: No such file or directory")
  }

  @Test func `can be the running program itself`() throws {
    let output = try Descriptor.pipe()
    let child = try ChildProcess(
      program: ChildProcess.runningProgram, arguments: ["--help"],
      descriptors: [nil, output.writing])
    output.writing.close()
    _ = try output.reading.readAll(byteLimit: 1 << 20)
    // The test runner: what it says of the option is its own business, but it started.
    if case .killed = try child.wait() { Issue.record("the program did not run") }
  }
}

extension Descriptor {
  /// Reads up to the end of a line, which the child writes before it goes on.
  fileprivate func readLine() throws -> String {
    var line: [UInt8] = []
    while true {
      var byte: UInt8 = 0
      let count = try withUnsafeMutableBytes(of: &byte) { try read(into: $0) }
      if count == 0 || byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
      line.append(byte)
    }
  }
}

@Suite("A pipe") struct PipeTests {
  @Test func `carries more than it holds`() throws {
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let (there, back) = (try Descriptor.pipe(), try Descriptor.pipe())
    let child = try ChildProcess(
      program: "/bin/sh", arguments: ["-c", "wc -c"], descriptors: [there.reading, back.writing])
    there.reading.close()
    back.writing.close()
    try there.writing.writeAll(bytes)
    there.writing.close()
    let counted = try back.reading.readAll(byteLimit: 100)
    #expect(String(decoding: counted, as: UTF8.self).split(separator: "\n") == ["3000000"])
    #expect(try child.wait().isSuccess)
  }

  @Test func `nobody reads is an error and not the end of the program`() throws {
    let pipe = try Descriptor.pipe()
    pipe.reading.close()
    let error = #expect(throws: SandboxError.self) { try pipe.writing.writeAll([1]) }
    #expect(error?.description == "could not write `a pipe`: Broken pipe")
  }

  @Test func `is read up to a limit`() throws {
    let pipe = try Descriptor.pipe()
    try pipe.writing.writeAll([1, 2, 3])
    pipe.writing.close()
    #expect(throws: SandboxError.self) { try pipe.reading.readAll(byteLimit: 2) }
  }

  @Test func `that is closed stays closed`() throws {
    let pipe = try Descriptor.pipe()
    pipe.writing.close()
    pipe.writing.close()
    #expect(pipe.writing.number == -1)
    #expect(throws: SandboxError.self) { try pipe.writing.writeAll([1]) }
  }
}
