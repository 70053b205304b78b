import CarrelSandbox

/// What locking down adds to a run: a child that gives everything up, against one that does not.
///
/// Both are this same program and try the same thing; they take turns, so that whatever else the
/// machine does falls on both.
struct LockDownBenchmark {
  var runs = 201

  func run() throws -> Measurement {
    var bare: [Duration] = []
    var locked: [Duration] = []
    for _ in 0..<runs {
      bare.append(try time(Trial(.descriptor, under: [])))
      locked.append(try time(Trial(.descriptor)))
    }
    return Measurement(
      name: "locking down", measured: max(.zero, locked.median - bare.median),
      promised: .milliseconds(10),
      note: "medians of \(runs) processes: \(bare.median.inMilliseconds) without, "
        + "\(locked.median.inMilliseconds) with")
  }

  private func time(_ trial: Trial) throws -> Duration {
    let start = ContinuousClock.now
    _ = try trial.start().finish()
    return .now - start
  }
}
