import CarrelDiagnostics
import CarrelWorkbench

extension Command {
  /// `carrel format`: lays studies out in the one canonical way.
  static let format = Command(
    words: ["format"],
    summary: "lay studies out in the one canonical way",
    usage: "[STUDY…] [--check]",
    details: """
      Changes spaces and line breaks, never the order of anything, and keeps every comment; writes \
      `x not in y` for `not x in y` and `14 days` for `days(14)`. A file with mistakes is left as \
      it is. With --check nothing is written, and the exit status is 1 if a file would change.
      """,
    operands: [
      Operand(
        name: "STUDY", isRequired: false, isRepeatable: true,
        meaning: "files, or folders of `.carrel` files; study.carrel here if left out")
    ],
    options: [.flag("check", "say what would change, and change nothing")],
    examples: ["carrel format", "carrel format studies --check"]
  ) { (arguments, terminal) throws(Failure) in
    let paths = arguments.all("STUDY")
    let isCheck = arguments.has("check")
    var (hasMistakes, wouldChange) = (false, false)
    for path in try StudyLayout.studies(at: paths.isEmpty ? ["study.carrel"] : paths) {
      let layout = try StudyLayout(path: path)
      if !isCheck { try layout.write() }
      try terminal.show(layout, isCheck: isCheck)
      hasMistakes = hasMistakes || layout.hasMistakes
      wouldChange = wouldChange || (isCheck && layout.isToChange)
    }
    if wouldChange { terminal.next((["carrel format"] + paths).joined(separator: " ")) }
    return hasMistakes || wouldChange ? .foundSomethingWrong : .done
  }
}

extension Terminal {
  /// Says what was, or would be, done with a file.
  fileprivate func show(_ layout: StudyLayout, isCheck: Bool) throws(Failure) {
    if layout.hasMistakes {
      try result(
        renderer.render(layout.diagnostics) + "\(layout.path): has mistakes and was left alone")
    } else if !layout.isToChange {
      try result("\(layout.path): in order")
    } else if !isCheck {
      try result("\(layout.path): laid out anew")
    } else {
      try result("\(layout.path): would change")
      guard let (line, written, canonical) = layout.firstDifference else { return }
      if let written { try result("  \(line) - \(written)") }
      if let canonical { try result("  \(line) + \(canonical)") }
    }
  }
}
