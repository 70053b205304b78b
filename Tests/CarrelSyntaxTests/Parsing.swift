import CarrelDiagnostics
import CarrelSyntax

/// Parses text as a file called `study.carrel`.
func parse(_ text: String) -> (file: StudyFile, diagnostics: Diagnostics) {
  var diagnostics = Diagnostics()
  let source = SourceText(name: "study.carrel", text: text)
  let file = StudyFile.parse(source, reporting: &diagnostics)
  return (file, diagnostics)
}

/// What is said about a text, as a terminal without colour shows it.
func said(about text: String) -> String {
  TextRenderer().render(parse(text).diagnostics)
}

/// The tree of an expression, or what is wrong with it.
func tree(_ expression: String) -> String {
  let (file, diagnostics) = parse("define x = \(expression)")
  guard diagnostics.isEmpty, file.statements.count == 1,
    case .define(let definition) = file.statements[0]
  else { return TextRenderer().render(diagnostics) }
  return TreePrinter.print(definition.value)
}

/// The tree of statements, or what is wrong with them.
func statementTree(_ text: String) -> String {
  let (file, diagnostics) = parse(text)
  return diagnostics.isEmpty
    ? TreePrinter.print(file) : TextRenderer().render(diagnostics)
}
