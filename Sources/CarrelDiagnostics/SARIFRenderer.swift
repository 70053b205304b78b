public import CarrelJSON

/// Gives diagnostics as SARIF 2.1.0, which code hosts and editors show beside the lines of a file.
///
/// One run with a rule for each code met, in order of the codes, and a result for each diagnostic,
/// in order of the files. Columns are counted in code points. A fix that cannot change what the
/// study means has the property `safe`.
///
/// Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
public struct SARIFRenderer: Sendable {
  private let version: String

  /// Makes a renderer, which names the program's version.
  public init(version: String) { self.version = version }

  /// The log of one run.
  public func render(_ diagnostics: Diagnostics...) -> JSON { render(diagnostics) }

  /// The log of one run over several files.
  public func render(_ files: [Diagnostics]) -> JSON {
    let all = files.flatMap(\.sorted)
    let codes = Set(all.map(\.code)).sorted { $0.rawValue < $1.rawValue }
    let driver: JSON = [
      "name": "carrel", "semanticVersion": .string(version), "rules": .array(codes.map(rule)),
    ]
    let run: JSON = [
      "tool": ["driver": driver], "columnKind": "unicodeCodePoints",
      "results": .array(all.map { result($0, codes) }),
    ]
    return [
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
      "runs": [run],
    ]
  }

  private func rule(_ code: DiagnosticCode) -> JSON {
    var members: [JSON.Member] = [
      .init("id", .string(code.rawValue)), .init("shortDescription", text(code.title)),
    ]
    if let explanation = code.explanation {
      members.append(.init("fullDescription", text(explanation)))
    }
    return .object(members)
  }

  private func result(_ diagnostic: Diagnostic, _ codes: [DiagnosticCode]) -> JSON {
    var members: [JSON.Member] = [
      .init("ruleId", .string(diagnostic.code.rawValue)),
      .init("ruleIndex", .integer(codes.firstIndex(of: diagnostic.code) ?? -1)),
      .init("level", .string(diagnostic.severity.rawValue)),
      .init("message", text(diagnostic.wholeMessage)),
      .init("locations", [["physicalLocation": place(diagnostic.span)]]),
    ]
    if !diagnostic.related.isEmpty {
      let places = diagnostic.related.enumerated().map { index, related -> JSON in
        [
          "id": .integer(index + 1), "physicalLocation": place(related.span),
          "message": text(related.label),
        ]
      }
      members.append(.init("relatedLocations", .array(places)))
    }
    if let help = diagnostic.help, let fix = help.fix {
      members.append(.init("fixes", [self.fix(fix, help.text)]))
    }
    return .object(members)
  }
}

// Places and changes.
extension SARIFRenderer {
  private func place(_ span: SourceSpan) -> JSON {
    ["artifactLocation": file(span), "region": region(span)]
  }

  private func file(_ span: SourceSpan) -> JSON {
    ["uri": .string(Self.reference(to: span.source.name))]
  }

  private func region(_ span: SourceSpan) -> JSON {
    let (start, end) = (
      span.source.codePoint(at: span.range.lowerBound),
      span.source.codePoint(at: span.range.upperBound)
    )
    return [
      "startLine": .integer(start.line), "startColumn": .integer(start.column),
      "endLine": .integer(end.line), "endColumn": .integer(end.column),
    ]
  }

  private func fix(_ fix: Diagnostic.Fix, _ help: String) -> JSON {
    let replacement: JSON = [
      "deletedRegion": region(fix.span), "insertedContent": text(fix.replacement),
    ]
    return [
      "description": text(help),
      "artifactChanges": [
        ["artifactLocation": file(fix.span), "replacements": [replacement]]
      ],
      "properties": ["safe": .boolean(fix.isSafe)],
    ]
  }

  private func text(_ text: String) -> JSON { ["text": .string(text)] }

  /// A path as a reference by RFC 3986: absolute with its scheme, else relative.
  static func reference(to path: String) -> String {
    let encoded = path.utf8.map { byte -> String in
      let isPlain =
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) && byte < 0x80
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-._~/".utf8.contains(byte)
      if isPlain { return String(UnicodeScalar(byte)) }
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.count == 1 ? "0" : "") + digits
    }
    return (path.hasPrefix("/") ? "file://" : "") + encoded.joined()
  }
}

extension Diagnostic {
  /// The message with all that stands around it in a terminal, a line each.
  fileprivate var wholeMessage: String {
    let heading = label.map { "\(message): \($0)" } ?? message
    let steps = help.map { ["help: \($0.text)"] } ?? []
    return ([heading] + steps + notes.map { "note: \($0)" }).joined(separator: "\n")
  }
}

extension SourceText {
  /// Where a byte is, in lines and code points, both from 1; a byte-order mark does not count.
  fileprivate func codePoint(at offset: Int) -> (line: Int, column: Int) {
    let range = lineRange(of: offset)
    let before = text(in: range.lowerBound..<max(range.lowerBound, offset)).unicodeScalars
    let mark = range.lowerBound == 0 && before.first == "\u{FEFF}" ? 1 : 0
    return (position(of: offset).line, before.count - mark + 1)
  }
}
