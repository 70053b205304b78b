import CarrelRecords
import CarrelSandbox

/// The processes that this program starts of itself, to have them do what it does not do.
public enum Confinement {
  /// Runs as such a process where the first word of a command line asks for one.
  ///
  /// Nothing may have started a thread before: the kernel binds some of what a process gives up to
  /// the thread that gives it up.
  ///
  /// - Returns: The exit status; `nil` where the words are a person's.
  public static func main(_ words: [String]) -> Int32? {
    switch words.first {
    case Worker.word: Worker.main(Array(words.dropFirst()))
    case BundleInspector.word: BundleInspector.main(Array(words.dropFirst()))
    case RecordParser.word: RecordParser.main(Array(words.dropFirst()))
    case Trial.word: Trial.main(Array(words.dropFirst()))
    default: nil
    }
  }
}
