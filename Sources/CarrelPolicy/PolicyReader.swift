public import CarrelDiagnostics
import CarrelSyntax

/// Reads a policy file: one parameter a line, in the words of the study language.
///
/// Every parameter must be written, because silence is never permission, except `sandbox`, which only
/// ever gives some, `secondary` and `protect`, which only ever take some, `oldest` and `refused`, which
/// have strict values of their own, and `releases`, without which the custodian chooses the time; one that this version of Carrel does not enforce is refused by name.
/// All mistakes of a file are reported in one go.
public struct PolicyReader {
  /// The longest file that is read, in bytes: 64 KiB.
  public static let longestFile = 1 << 16

  let source: SourceText
  var diagnostics = Diagnostics()
  var draft = PolicyDraft()

  private init(_ source: SourceText) { self.source = source }

  /// The policy of a file; `nil` if there is any mistake in it.
  public static func read(
    _ source: SourceText, reporting diagnostics: inout Diagnostics
  ) -> Policy? {
    var reader = PolicyReader(source)
    let policy = reader.policy()
    diagnostics.report(contentsOf: reader.diagnostics)
    return policy
  }

  private mutating func policy() -> Policy? {
    guard source.bytes.count <= Self.longestFile else {
      diagnostics.report(
        Diagnostic(.tooLong, "the file is longer than 64 KiB", at: source.span(0..<0))
          .help("write one policy in a file"))
      return nil
    }
    let (tokens, _) = Lexer.read(source, reporting: &diagnostics)
    let words = tokens.filter { $0.kind != .end }
    guard !diagnostics.hasErrors else { return nil }
    for line in words.chunkedByLine { readLine(line) }
    reportMissing()
    guard !diagnostics.hasErrors, let policy = draft.policy else { return nil }
    reportUnsafe(policy)
    return diagnostics.hasErrors ? nil : policy
  }

  private mutating func readLine(_ tokens: ArraySlice<Token>) {
    var line = PolicyLine(Array(tokens), endingIn: source)
    do {
      try read(&line)
      try line.end()
    } catch {
      diagnostics.report(error.diagnostic)
    }
  }

  private mutating func read(_ line: inout PolicyLine) throws(PolicyMistake) {
    let head = line.head
    guard let parameter = PolicyParameter(rawValue: head.text), head.kind == .word else {
      throw .unknown(head)
    }
    if parameter != .example, draft.places[parameter] != nil { throw .repeated(parameter, head) }
    draft.places[parameter] = draft.places[parameter] ?? head.span
    line.advance()
    try draft.read(parameter, from: &line)
  }

  private mutating func reportMissing() {
    for parameter in PolicyParameter.allCases where !parameter.isOptional {
      guard draft.places[parameter] == nil else { continue }
      diagnostics.report(
        Diagnostic(
          .missingParameter, "the policy does not say `\(parameter.rawValue)`",
          at: source.span(source.bytes.count..<source.bytes.count)
        ).help("write \(parameter.choices)"))
    }
  }
}

/// What a policy file says, in the order in which its sentence is spoken.
enum PolicyParameter: String, CaseIterable {
  case policy, source, hide, zero, round, totals, secondary, protect
  case percentages, means, dominance, remainder, resolution
  case narrowest, outputs, groups, dimensions, units, sandbox, oldest, refused, releases, example

  /// Whether a policy may be silent about it.
  var isOptional: Bool {
    switch self {
    case .example, .sandbox, .oldest, .refused, .releases, .secondary, .protect, .dominance,
      .remainder:
      true
    default: false
    }
  }

  /// How the line may be written.
  var choices: String {
    switch self {
    case .policy: "`policy NAME version 1`"
    case .source: "`source \"…\"`"
    case .hide: "`hide 1 to 7` or `hide none`"
    case .zero: "`zero show` or `zero hide`"
    case .round: "`round to 5`, `round to midpoint 6` or `round none`"
    case .totals: "`totals sum of shown`, `totals rounded` or `totals exact`"
    case .secondary: "`secondary on` or `secondary off`"
    case .protect: "`protect not exact` or `protect cover the hidden range`"
    case .percentages: "`percentages to 0 decimals` or `percentages in full`"
    case .means: "`means need 8 patients`"
    case .dominance: "`dominance largest 2 at most 90 percent`"
    case .remainder: "`remainder at least 10 percent of the largest`"
    case .resolution: "`resolution 5` or `resolution none`"
    case .narrowest: "`narrowest window 7 days`"
    case .outputs: "`outputs at most 60`"
    case .groups: "`groups at most 5000`"
    case .dimensions: "`dimensions at most 6`"
    case .units: "`units need 5 beyond`"
    case .sandbox: "`sandbox needs all` or `sandbox may lack landlock`"
    case .oldest: "`oldest opt-outs 7 days`"
    case .refused: "`refused at most 1000 per million rows`"
    case .releases: "`releases on Wednesday at 16`, an hour of universal time"
    case .example: "`example \"…\" given 7 expect redacted`"
    }
  }

  /// Parameters that a policy may one day state, and that nothing enforces yet.
  static let notEnforced = [
    "medians", "quantiles", "deviations", "survival",
    "residual", "largest", "maximum", "differencing", "patients",
    "release", "review",
  ]
}

extension Token {
  /// Whether a line ends between another token and this one.
  fileprivate func beginsLine(after other: Token) -> Bool {
    span.source.bytes[other.span.range.upperBound..<span.range.lowerBound]
      .contains(UInt8(ascii: "\n"))
  }
}

extension [Token] {
  /// The tokens of each line that has any.
  fileprivate var chunkedByLine: [ArraySlice<Token>] {
    var lines: [ArraySlice<Token>] = []
    var start = startIndex
    for index in indices.dropFirst() where self[index].beginsLine(after: self[index - 1]) {
      lines.append(self[start..<index])
      start = index
    }
    return isEmpty ? [] : lines + [self[start...]]
  }
}
