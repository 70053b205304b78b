import CarrelCatalogue
import CarrelValues
import Testing

@Suite("Writing CSV") struct CSVWriterTests {
  @Test func `fields are quoted only where they must be`() {
    var writer = CSVWriter()
    writer.append(texts: ["plain", "a,b", "say \"hi\"", "two\nlines", " space "])
    #expect(writer.text == "plain,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\", space \n")
  }

  @Test(
    "a text that a spreadsheet would compute gets an apostrophe; a typed value never does",
    arguments: [
      (CSVWriter.Cell(.text("=HYPERLINK(\"x\")")), "\"'=HYPERLINK(\"\"x\"\")\""),
      (CSVWriter.Cell(.text("+44")), "'+44"),
      (CSVWriter.Cell(.text("-1.5")), "'-1.5"),
      (CSVWriter.Cell(.text("@SUM(A1)")), "'@SUM(A1)"),
      (CSVWriter.Cell(.text("\tx")), "'\tx"),
      (CSVWriter.Cell(.text("\rx")), "\"'\rx\""),
      (CSVWriter.Cell(.text("a=b")), "a=b"),
      (CSVWriter.Cell(.decimal(-1.5)), "-1.5"),
      (CSVWriter.Cell(.integer(-7)), "-7"),
      (CSVWriter.Cell(.boolean(true)), "true"),
      (CSVWriter.Cell(.date(date("2024-03-31"))), "2024-03-31"),
      (CSVWriter.Cell(.missing), "\"\""),
    ])
  func guarded(cell: CSVWriter.Cell, written: String) {
    var writer = CSVWriter()
    writer.append([cell])
    #expect(writer.text == written + "\n")
  }

  @Test func `what is written reads back as the same texts`() throws {
    let rows = [["a", "é\"\u{301}"], ["", "x\r\ny"], ["1,2", "\"\""]]
    var writer = CSVWriter()
    for row in rows { writer.append(texts: row) }
    #expect(try CSVReader.records(of: Array(writer.text.utf8)).map(\.texts) == rows)
  }
}
