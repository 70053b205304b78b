import Glibc
import Synchronization

/// Whether somebody asked the program to stop while it does what must not be left half done.
///
/// Work that writes or waits looks here at places where it can end with nothing changed.
enum Interruption {
  private static let wasAsked = Atomic<Bool>(false)

  /// Whether an interrupt came since ``watch()``.
  static var wasRequested: Bool { wasAsked.load(ordering: .relaxed) }

  /// From now on an interrupt is noted and does not end the program; a second one does.
  static func watch() {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in
      Interruption.wasAsked.store(true, ordering: .relaxed)
    }
    // System calls go on after the signal: nothing but the places that look here can stop.
    action.sa_flags = SA_RESTART | CInt(bitPattern: UInt32(SA_RESETHAND))
    sigaction(SIGINT, &action, nil)
  }

  /// Ends the work at hand if that was asked for.
  static func check() throws(Failure) {
    if wasRequested { throw .interrupted }
  }
}

extension Failure {
  /// The work was stopped by whoever started it.
  static let interrupted = Failure("S014", "interrupted; nothing changed", status: .interrupted)
}
