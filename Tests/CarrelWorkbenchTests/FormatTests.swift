import Foundation
import TestSupport
import Testing

@Suite("carrel format") struct FormatTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String...) throws -> Program.Result {
    try Program.carrel.run(["format"] + arguments, in: folder.url)
  }

  private func text(of name: String) throws -> String {
    try String(contentsOf: folder.url.appending(path: name), encoding: .utf8)
  }

  @Test func `lays the study of the folder out, and the second time finds it in order`() throws {
    try folder.write("define  a=1\r\ndefine bc = 2", to: "study.carrel")
    let first = try run()
    #expect(first.status == 0)
    #expect(first.text == "study.carrel: laid out anew\n")
    #expect(try text(of: "study.carrel") == "define a  = 1\ndefine bc = 2\n")
    #expect(try run().text == "study.carrel: in order\n")
  }

  @Test func `--check names the file and its first difference, and changes nothing`() throws {
    try folder.write("define a = 1\ndefine bc=2\n", to: "a.carrel")
    try folder.write("define a = 1\n", to: "b.carrel")
    let result = try run("a.carrel", "b.carrel", "--check")
    #expect(result.status == 1)
    #expect(
      result.text == """
        a.carrel: would change
          1 - define a = 1
          1 + define a  = 1
        b.carrel: in order

        """)
    #expect(result.errors == "next  carrel format a.carrel b.carrel\n")
    #expect(try text(of: "a.carrel") == "define a = 1\ndefine bc=2\n")
    #expect(try run("b.carrel", "--check").status == 0)
  }

  @Test func `a file with mistakes is left alone, and the others are not`() throws {
    let wrong = "define a  = = 1\n"
    try folder.write(wrong, to: "studies/deep/wrong.carrel")
    try folder.write("define a=1\n", to: "studies/right.carrel")
    try folder.write("define a=1\n", to: "studies/notes.txt")
    let result = try run("studies")
    #expect(result.status == 1)
    #expect(result.text.contains("error[C"))
    #expect(result.text.contains("studies/deep/wrong.carrel: has mistakes and was left alone\n"))
    #expect(result.text.contains("studies/right.carrel: laid out anew\n"))
    #expect(try text(of: "studies/deep/wrong.carrel") == wrong)
    #expect(try text(of: "studies/notes.txt") == "define a=1\n")
  }

  @Test func `what cannot be read is a failure of the world`() throws {
    try folder.write("no study", to: "empty/notes.txt")
    #expect(try run("missing.carrel").status == 5)
    #expect(try run("empty").errors.contains("error[S012]"))
    #expect(try run("--chek").status == 2)
  }

  @Test func `the project's own studies are in order`() throws {
    let folders = ["SampleData", "Sources/CarrelWorkbench/Starter"].map { Repository.file($0).path }
    let result = try Program.carrel.run(["format", "--check"] + folders)
    #expect(result.status == 0, "\(result.text)")
  }
}
