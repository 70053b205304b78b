/// The diagnostics of one check, in the order of the files.
///
/// At most ``limit`` are kept, so that a file of rubbish costs little; whoever reads on after a
/// mistake stops once ``isFull``.
public struct Diagnostics: Sendable {
  /// How many diagnostics are kept.
  public static let limit = 200

  private var reported: [Diagnostic] = []

  /// Whether an error was reported, also one that was not kept.
  public private(set) var hasErrors = false

  /// Makes an empty collection.
  public init() {}

  /// Adds a diagnostic; where there is no room, an error takes the place of a warning.
  ///
  /// A mistake that a template repeats is one mistake: of those at one place of a template the
  /// first is kept, and says in how many repetitions it was met.
  public mutating func report(_ diagnostic: Diagnostic) {
    let diagnostic = diagnostic.withoutFixOfHole
    let isError = diagnostic.severity == .error
    if isError { hasErrors = true }
    if let first = reported.firstIndex(where: { $0.isRepeated(by: diagnostic) }) {
      reported[first] = reported[first].repeated(by: diagnostic)
      return
    }
    if isFull, isError, let warning = reported.lastIndex(where: { $0.severity == .warning }) {
      reported.remove(at: warning)
    }
    if !isFull { reported.append(diagnostic) }
  }

  /// Adds all diagnostics of another stage.
  public mutating func report(contentsOf other: Diagnostics) {
    for diagnostic in other.reported { report(diagnostic) }
    hasErrors = hasErrors || other.hasErrors
  }

  /// Every diagnostic by file name and place; those of one place in the order reported.
  public var sorted: [Diagnostic] {
    reported.enumerated()
      .sorted { left, right in
        let (a, b) = (left.element.span, right.element.span)
        if a.source != b.source, a.source.name != b.source.name {
          return a.source.name.utf8.lexicographicallyPrecedes(b.source.name.utf8)
        }
        return (a.range.lowerBound, left.offset) < (b.range.lowerBound, right.offset)
      }
      .map(\.element)
  }

  /// Whether nothing was reported.
  public var isEmpty: Bool { reported.isEmpty }

  /// Whether no more are kept.
  public var isFull: Bool { reported.count >= Self.limit }
}
