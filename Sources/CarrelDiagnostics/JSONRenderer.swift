public import CarrelJSON

/// Gives diagnostics as JSON for editors and scripts.
///
/// ```text
/// {"code":"C214","severity":"error","file":"study.carrel","start":[18,15],"end":[18,37],
///  "message":"…","label":"…","related":[],"fixes":[{"safe":false,"text":"…"}],"notes":[]}
/// ```
///
/// `label` is what stands beside the carets, or null; `related` are other places with a label each;
/// `notes` say where to read more, and in which repetitions of a template the mistake is made.
/// Places are line and displayed column, both from 1; `end` is the place after the last character.
/// A fix has what to do as `text`; where the change itself is known, also `replacement` and what
/// it replaces as `start` and `end`.
public struct JSONRenderer: Sendable {
  /// Makes a renderer.
  public init() {}

  /// An array of all diagnostics in order.
  public func render(_ diagnostics: Diagnostics) -> JSON {
    .array(diagnostics.sorted.map(render))
  }

  /// One diagnostic as an object.
  public func render(_ diagnostic: Diagnostic) -> JSON {
    [
      "code": .string(diagnostic.code.rawValue),
      "severity": .string(diagnostic.severity.rawValue),
      "file": .string(diagnostic.span.source.name),
      "start": place(diagnostic.span.start),
      "end": place(diagnostic.span.end),
      "message": .string(diagnostic.message),
      "label": diagnostic.label.map(JSON.string) ?? .null,
      "related": .array(diagnostic.related.map(render)),
      "fixes": .array(diagnostic.help.map { [render($0)] } ?? []),
      "notes": .array(diagnostic.notes.map(JSON.string)),
    ]
  }

  private func render(_ related: Diagnostic.RelatedSpan) -> JSON {
    [
      "file": .string(related.span.source.name), "start": place(related.span.start),
      "end": place(related.span.end), "label": .string(related.label),
    ]
  }

  private func render(_ help: Diagnostic.Help) -> JSON {
    var members = [
      JSON.Member("safe", .boolean(help.fix?.isSafe ?? false)),
      JSON.Member("text", .string(help.text)),
    ]
    if let fix = help.fix {
      members += [
        JSON.Member("replacement", .string(fix.replacement)),
        JSON.Member("start", place(fix.span.start)),
        JSON.Member("end", place(fix.span.end)),
      ]
    }
    return .object(members)
  }

  private func place(_ position: SourcePosition) -> JSON {
    [.integer(position.line), .integer(position.column)]
  }
}
