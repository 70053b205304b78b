import CarrelDisclosure
import CarrelOutputs
import CarrelPlan
import CarrelValues
import TestSupport
import Testing

/// Files are read back before they leave: a number or a mark that the gate did not put there is found.
@Suite("Reading files back") struct ReadBackTests {
  static func examples() throws -> [ReleasedResults] {
    [
      try Examples.released(Examples.reviews), try Examples.released(Examples.health),
      try Examples.released(Examples.reviews, under: "acro"), try Examples.attrition(),
    ]
  }

  @Test func `files that were written from released results say the same`() throws {
    for results in try Self.examples() {
      #expect(ReadBack.faults(in: OutputFiles.files(of: results), of: results) == [])
    }
  }

  @Test func `so do those of a table that has its own name for the number of people`() throws {
    let example = RawExample(
      name: "use", by: [Examples.sex],
      show: [Statistic(name: "patients", label: "Patients", kind: .count)], totals: [[]],
      cells: [120, 40, 0].map { RawCell(patients: $0, statistics: [.count]) })
    let results = try Examples.released(example)
    #expect(ReadBack.faults(in: OutputFiles.files(of: results), of: results) == [])
  }

  @Test func `any figure that is changed is found`() throws {
    for results in try Self.examples() {
      let files = OutputFiles.files(of: results)
      for (number, file) in files.enumerated() {
        let text = String(decoding: file.bytes, as: UTF8.self)
        for place in text.utf8.indices where Self.isFigure(text, place) {
          var bytes = file.bytes
          let offset = text.utf8.distance(from: text.utf8.startIndex, to: place)
          bytes[offset] = bytes[offset] == UInt8(ascii: "9") ? UInt8(ascii: "8") : bytes[offset] + 1
          var changed = files
          changed[number] = OutputFile(name: file.name, bytes: bytes)
          #expect(
            ReadBack.faults(in: changed, of: results) != [], "\(file.name), byte \(offset)")
        }
      }
    }
  }

  /// Whether a byte is a digit of a figure: one before its status.
  private static func isFigure(_ text: String, _ place: String.Index) -> Bool {
    guard ("0"..."9").contains(text[place]) else { return false }
    let rest = text[place...].drop { ("0"..."9").contains($0) || $0 == "." }
    return [",shown", ",zero", ",\n      \"status\": \"shown\""].contains { rest.hasPrefix($0) }
  }

  @Test func `a number in place of a mark is found, and a mark in place of a number`() throws {
    let results = try Examples.released(Examples.reviews)
    let file = try #require(OutputFiles.files(of: results).first { $0.name == "reviews.csv" })
    let text = String(decoding: file.bytes, as: UTF8.self)
    for (old, new) in [
      ("group,1,80+,,redacted", "group,1,80+,7,shown"),
      ("group,1,80+,,redacted", "group,1,80+,7,redacted"),
      ("group,1,80+,,redacted", "group,1,80+,0,zero"),
      ("group,1,18-39,85,shown", "group,1,18-39,,redacted"),
      ("group,1,18-39,85,shown", "group,1,18-39,85,redacted"),
      ("group,1,18-39,85,shown", "group,1,18-39,85.0,shown"),
      ("group,1,18-39,", "group,1,40-59,"), ("total,1,,", "total,,,"),
      ("line,imd", "imd,line"), ("line,imd", "line,imd2"),
    ] {
      let changed = OutputFile(name: file.name, bytes: Array(text.replacing(old, with: new).utf8))
      #expect(text.contains(old))
      let files = OutputFiles.files(of: results).map { $0.name == file.name ? changed : $0 }
      #expect(ReadBack.faults(in: files, of: results) != [], "\(new)")
    }
  }

  @Test func `a line or a file too many or too few is found`() throws {
    let results = try Examples.released(Examples.reviews)
    let files = OutputFiles.files(of: results)
    let lines = String(decoding: files[0].bytes, as: UTF8.self).split(separator: "\n")
    for kept in [lines.dropLast() + [], lines + [lines[1]], lines + ["note,a,b"]] {
      let bytes = Array((kept.joined(separator: "\n") + "\n").utf8)
      #expect(
        ReadBack.faults(in: [OutputFile(name: files[0].name, bytes: bytes), files[1]], of: results)
          == [
            kept.count == lines.count + 1 && kept.last == "note,a,b"
              ? .unreadable("reviews.csv") : .otherLines("reviews.csv")
          ])
    }
    #expect(ReadBack.faults(in: [files[0]], of: results) == [.otherFiles])
    #expect(
      ReadBack.faults(in: files + [OutputFile(name: "notes.txt", bytes: [])], of: results)
        == [.otherFiles])
  }

  @Test func `labels of any text are read as they were written`() throws {
    for label in ["a,b", "a\"b", "a\nb", "=1+1", "'=1", "-", "", "é"] {
      let example = RawExample(
        by: [.named("g", levels: ["x", label])], show: [.count], totals: [[]],
        cells: [.people(40), .people(50)])
      let results = try Examples.released(example)
      #expect(ReadBack.faults(in: OutputFiles.files(of: results), of: results) == [], "\(label)")
    }
  }
}
