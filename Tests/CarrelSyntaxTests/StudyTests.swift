import CarrelDiagnostics
import CarrelSyntax
import Foundation
import Testing

@Suite("Whole studies") struct StudyTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Studies")

  static let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()

  @Test(
    "every example study parses, and its templates are written out, without a word",
    arguments: names ?? [])
  func example(_ name: String) throws {
    let bytes = try Data(contentsOf: Self.folder.appending(path: name))
    var diagnostics = Diagnostics()
    let source = SourceText(name: name, bytes: Array(bytes))
    let file = StudyFile.parse(source, reporting: &diagnostics)
    #expect(TextRenderer().render(diagnostics) == "")
    #expect(file.unreadNames.isEmpty)
    #expect(file.statements.count > 4)
    let study = file.expandingTemplates(reporting: &diagnostics)
    #expect(TextRenderer().render(diagnostics) == "")
    #expect(study.unreadNames.isEmpty)
    #expect(!study.statements.map(TreePrinter.print).joined().contains("{"))
  }

  @Test func `there are examples to parse`() {
    #expect((Self.names ?? []).count >= 8)
  }
}
