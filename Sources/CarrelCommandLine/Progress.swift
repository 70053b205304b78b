import CarrelWorkbench
import Glibc

/// Progress of long work on standard error: a bar redrawn in place, or a line now and then.
///
/// On a terminal a bar shows after a second, is redrawn at most ten times a second and is gone when
/// the work is done; elsewhere there is a line every ten seconds.
final class Progress {
  private let isInteractive = isatty(STDERR_FILENO) == 1
  private let usesUnicode: Bool
  private let start = ContinuousClock.now
  private var lastShown: ContinuousClock.Instant?
  private var isDrawn = false

  init(usesUnicode: Bool) { self.usesUnicode = usesUnicode }

  /// Says how far the work is: what is being done, how many units of how many, and what they are.
  func update(_ label: String, done: Int, of total: Int, unit: String) {
    let now = ContinuousClock.now
    let elapsed = start.duration(to: now)
    let (delay, interval): (Duration, Duration) =
      isInteractive ? (.seconds(1), .milliseconds(100)) : (.seconds(10), .seconds(10))
    guard elapsed >= delay, lastShown.map({ $0.duration(to: now) >= interval }) ?? true else {
      return
    }
    lastShown = now
    let line = line(label, done: done, of: total, unit: unit, elapsed: elapsed)
    if isInteractive {
      _ = Terminal.write("\r\u{1B}[2K" + line, to: STDERR_FILENO)
      isDrawn = true
    } else {
      _ = Terminal.write(line + "\n", to: STDERR_FILENO)
    }
  }

  /// Clears what is drawn.
  func finish() {
    if isDrawn { _ = Terminal.write("\r\u{1B}[2K", to: STDERR_FILENO) }
    isDrawn = false
  }

  private func line(
    _ label: String, done: Int, of total: Int, unit: String, elapsed: Duration
  ) -> String {
    let seconds = Int(elapsed.components.seconds)
    guard total > 0 else { return "\(label)  \(done.grouped) \(unit)  \(seconds) s" }
    let share = min(1, Double(done) / Double(total))
    var line = "\(label)  \(bar(share))  \(done.grouped) of \(total.grouped) \(unit)  \(seconds) s"
    if share >= 0.1, share < 1 {
      line += ", about \(Int(Double(seconds) * (1 - share) / share)) s left"
    }
    return line
  }

  private func bar(_ share: Double) -> String {
    let cells = 34
    let full = Int(share * Double(cells))
    let (ink, paper) = usesUnicode ? ("█", "░") : ("#", "-")
    return String(repeating: ink, count: full) + String(repeating: paper, count: cells - full)
  }
}
