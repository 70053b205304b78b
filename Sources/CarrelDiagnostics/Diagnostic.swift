/// One mistake in a file of the language: what is so, where, and the next step.
///
/// A value that is built up with the methods below and given to ``Diagnostics/report(_:)``:
///
/// ```swift
/// diagnostics.report(
///   Diagnostic(.unknownTable, "there is no table `clinical_event`", at: name.span)
///     .label("not in schema `core`")
///     .suggesting("clinical_events"))
/// ```
///
/// Texts are plain sentences in lower case without a full stop; names stand in backquotes.
public struct Diagnostic: Sendable, Hashable {
  /// Which kind of mistake it is.
  public let code: DiagnosticCode
  /// Whether it stops the study.
  public var severity: Severity
  /// What is so, in one line.
  public let message: String
  /// The place of the mistake.
  public let span: SourceSpan
  /// A few words beside the carets, such as what was expected there.
  public private(set) var label: String?
  /// Other places that have to do with it.
  public private(set) var related: [RelatedSpan] = []
  /// The next step, where there is one.
  public private(set) var help: Help?
  /// Where to read more.
  private var ownNotes: [String] = []
  /// The repetitions of a template in which the mistake is made.
  private var repetitions: Set<[Substitution]>

  /// Makes a diagnostic; an error unless told otherwise.
  public init(
    _ code: DiagnosticCode, _ message: String, at span: SourceSpan, severity: Severity = .error
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.span = span
    repetitions = [span.substitutions]
  }
}

extension Diagnostic {
  /// How bad a mistake is.
  public enum Severity: String, Sendable, Hashable, CaseIterable {
    /// The study cannot be used.
    case error
    /// The study can be used; the exit status changes only under `--strict`.
    case warning
  }

  /// Another place that explains a mistake, such as an earlier declaration.
  public struct RelatedSpan: Sendable, Hashable {
    /// The place.
    public let span: SourceSpan
    /// A few words about it.
    public let label: String
  }

  /// The next step, with the change that would take it where that is known.
  public struct Help: Sendable, Hashable {
    /// One line that says what to do.
    public let text: String
    /// The change of the source that does it.
    public let fix: Fix?
  }

  /// A change of the source that would correct a mistake.
  public struct Fix: Sendable, Hashable {
    /// What is replaced; empty to insert.
    public let span: SourceSpan
    /// What replaces it.
    public let replacement: String
    /// Whether the change cannot alter what the study means, so that `check --fix` may make it.
    public let isSafe: Bool

    /// Makes a fix.
    public init(replacing span: SourceSpan, with replacement: String, isSafe: Bool) {
      self.span = span
      self.replacement = replacement
      self.isSafe = isSafe
    }
  }
}

extension Diagnostic {
  /// Adds a few words beside the carets.
  public func label(_ text: String) -> Diagnostic {
    with { $0.label = text }
  }

  /// Adds another place that has to do with the mistake.
  public func related(_ span: SourceSpan, _ label: String) -> Diagnostic {
    with { $0.related.append(RelatedSpan(span: span, label: label)) }
  }

  /// Says the next step, with the change that takes it where there is one.
  public func help(_ text: String, fix: Fix? = nil) -> Diagnostic {
    with { $0.help = Help(text: text, fix: fix) }
  }

  /// Asks whether another name was meant, where there is a close one.
  ///
  /// The correction replaces the span of the diagnostic and is safe, since the name as written
  /// means nothing.
  public func suggesting(_ name: String?) -> Diagnostic {
    guard let name else { return self }
    return help(
      "did you mean `\(name)`?", fix: Fix(replacing: span, with: name, isSafe: true))
  }

  /// Says where to read more.
  public func note(_ text: String) -> Diagnostic {
    with { $0.ownNotes.append(text) }
  }

  private func with(_ change: (inout Diagnostic) -> Void) -> Diagnostic {
    var copy = self
    change(&copy)
    return copy
  }
}

// Mistakes that a template repeats.
extension Diagnostic {
  /// Which repetitions of a template the message is about, and where to read more.
  public var notes: [String] {
    guard !span.substitutions.isEmpty else { return ownNotes }
    let words = span.substitutions.map { "`{\($0.hole)}` is `\($0.element)`" }.joined(
      separator: " and ")
    let others = repetitions.count - 1
    let more =
      switch others {
      case 0: ""
      case 1: "; the same in 1 other repetition"
      default: "; the same in \(others) other repetitions"
      }
    return ["here \(words)\(more)"] + ownNotes
  }

  /// Whether another is this mistake in another repetition of the same words.
  func isRepeated(by other: Diagnostic) -> Bool {
    !span.substitutions.isEmpty && code == other.code && span == other.span
  }

  /// The same, for the repetitions of both.
  func repeated(by other: Diagnostic) -> Diagnostic {
    with { $0.repetitions.formUnion(other.repetitions) }
  }

  /// The same without a change of a word that has a hole, which would change all its repetitions.
  var withoutFixOfHole: Diagnostic {
    guard let fix = help?.fix, !fix.span.substitutions.isEmpty, fix.span.text.contains("{") else {
      return self
    }
    return with { $0.help = $0.help.map { Help(text: $0.text, fix: nil) } }
  }
}
