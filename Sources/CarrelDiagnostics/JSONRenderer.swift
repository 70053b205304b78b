public import CarrelJSON

/// Gives diagnostics as JSON for editors and scripts.
///
/// ```text
/// {"code":"C214","severity":"error","file":"study.carrel","start":[18,15],"end":[18,37],
///  "message":"…","fixes":[{"safe":false,"text":"…"}]}
/// ```
///
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
      "fixes": .array(diagnostic.help.map { [render($0)] } ?? []),
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
