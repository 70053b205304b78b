import CarrelChecker
import CarrelDiagnostics
import CarrelFiles
import CarrelJSON
import CarrelSyntax

/// A study that is open in an editor, as it stands there, and what checking it found.
struct EditorDocument {
  let address: String
  /// The path that code lists are looked for beside.
  let path: String
  let version: Int?
  let lines: EditorLines
  /// The study as parsed.
  let file: StudyFile
  /// What its names stand for; `nil` where its schema could not be read.
  let names: StudyNames?
  private let diagnostics: Diagnostics
  /// Why the schema could not be read.
  private let failure: Failure?

  /// Checks a text with the schema of a place, or else of the nearest site, or else the one shipped.
  init(address: String, version: Int?, text: String, place: StudyPlace?) {
    self.address = address
    self.version = version
    path = DocumentAddress.path(of: address) ?? "study.carrel"
    let source = SourceText(name: path, text: text)
    lines = EditorLines(of: source)
    let place = place ?? StudyPlace.around(path) ?? .nowhere
    do throws(Failure) {
      let study = try OpenedStudy(StudyRequest(path: path, place: place), reading: source)
      (file, names, diagnostics, failure) = (study.file, study.names, study.diagnostics, nil)
    } catch {
      var found = Diagnostics()
      file = StudyFile.parse(source, reporting: &found)
      (names, diagnostics, failure) = (nil, found, error)
    }
  }

  var source: SourceText { file.source }

  /// The byte at a place of the editor.
  func offset(of position: EditorPosition) -> Int { lines.offset(of: position) }
}

// Diagnostics.
extension EditorDocument {
  /// What is published of the study: its mistakes and warnings.
  var publishedDiagnostics: JSON {
    let schema = failure.map { [published($0)] } ?? []
    return .array(schema + diagnostics.sorted.map(published))
  }

  private func published(_ diagnostic: Diagnostic) -> JSON {
    let own = diagnostic.span.source == source
    var members: [JSON.Member] = [
      .init("range", own ? lines.range(of: diagnostic.span) : lines.range(0..<0)),
      .init("severity", diagnostic.severity == .error ? 1 : 2),
      .init("code", .string(diagnostic.code.rawValue)), .init("source", "carrel"),
      .init("message", .string(diagnostic.wholeMessage)),
    ]
    let related = diagnostic.related.filter { $0.span.source == source }
    if !related.isEmpty {
      members.append(.init("relatedInformation", .array(related.map(published))))
    }
    return .object(members)
  }

  private func published(_ related: Diagnostic.RelatedSpan) -> JSON {
    ["location": location(of: related.span), "message": .string(related.label)]
  }

  private func published(_ failure: Failure) -> JSON {
    let help = failure.help.map { "\n" + $0 } ?? ""
    return [
      "range": lines.range(0..<0), "severity": 1, "code": .string(failure.code),
      "source": "carrel", "message": .string(failure.message + help),
    ]
  }

  /// A place in this study as the protocol writes it.
  func location(of span: SourceSpan) -> JSON {
    ["uri": .string(address), "range": lines.range(of: span)]
  }

  /// The corrections of mistakes in a range of bytes.
  func fixes(in range: Range<Int>) -> [(title: String, diagnostic: JSON, fix: Diagnostic.Fix)] {
    diagnostics.sorted.compactMap { diagnostic in
      guard let help = diagnostic.help, let fix = help.fix, fix.span.source == source,
        diagnostic.span.source == source, diagnostic.span.range.touches(range)
      else { return nil }
      return (help.text, published(diagnostic), fix)
    }
  }
}

// Corrections.
extension EditorDocument {
  /// A correction as the protocol writes it.
  func action(_ title: String, _ diagnostic: JSON, _ fix: Diagnostic.Fix) -> JSON {
    let edit: JSON = ["range": lines.range(of: fix.span), "newText": .string(fix.replacement)]
    return [
      "title": .string(title), "kind": "quickfix", "isPreferred": .boolean(fix.isSafe),
      "diagnostics": [diagnostic],
      "edit": ["changes": .object([JSON.Member(address, [edit])])],
    ]
  }
}

// Layout.
extension EditorDocument {
  /// The change that makes the layout canonical: whole lines, and no more of them than needed.
  ///
  /// `nil` for a study with mistakes; empty where it is canonical.
  var layoutEdits: JSON? {
    var mistakes = Diagnostics()
    guard let canonical = StudyFile.canonicalText(of: source, reporting: &mistakes) else {
      return nil
    }
    let (old, new) = (source.bytes, Array(canonical.utf8))
    guard old != new else { return [] }
    let start = Self.commonLines(old[...], new[...])
    var end = zip(old[start...].reversed(), new[start...].reversed()).prefix { $0 == $1 }.count
    while end > 0,
      !Self.isLineStart(old, old.count - end) || !Self.isLineStart(new, new.count - end)
    {
      end -= 1
    }
    let text = String(decoding: new[start..<new.count - end], as: UTF8.self)
    return [["range": lines.range(start..<old.count - end), "newText": .string(text)]]
  }

  private static func isLineStart(_ bytes: [UInt8], _ offset: Int) -> Bool {
    offset == 0 || bytes[offset - 1] == 0x0A
  }

  /// The bytes of the lines that two texts begin with alike.
  private static func commonLines(_ first: ArraySlice<UInt8>, _ second: ArraySlice<UInt8>) -> Int {
    let common = zip(first, second).prefix { $0 == $1 }.count
    return first[..<common].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
  }
}

extension Diagnostic {
  /// What an editor shows: what is so, what was found there, and the next step.
  fileprivate var wholeMessage: String {
    let found = label.map { " (\($0))" } ?? ""
    return ([message + found] + [help?.text].compactMap(\.self)).joined(separator: "\n")
  }
}

extension Range<Int> {
  /// Whether two ranges share a byte or a border.
  fileprivate func touches(_ other: Range<Int>) -> Bool {
    lowerBound <= other.upperBound && other.lowerBound <= upperBound
  }
}
