import CarrelDiagnostics
import CarrelJSON

/// A place as editors count it: the line, and the UTF-16 code units before it on its line, from 0.
struct EditorPosition: Hashable {
  var line: Int
  var character: Int
}

extension EditorPosition {
  /// The place that a message names; `nil` where it names none.
  init?(_ json: JSON?) {
    guard let line = json?["line"]?.integer, let character = json?["character"]?.integer,
      line >= 0, character >= 0
    else { return nil }
    self.init(line: line, character: character)
  }
}

/// Where the lines of a source begin, to turn places of an editor into bytes and back.
///
/// Unlike the language, editors end a line at a lone carriage return too.
struct EditorLines {
  let source: SourceText
  private let starts: [Int]

  init(of source: SourceText) {
    self.source = source
    let bytes = source.bytes
    var starts = [0]
    for (offset, byte) in bytes.enumerated() {
      let isPair =
        byte == UInt8(ascii: "\r") && bytes.dropFirst(offset + 1).first == UInt8(ascii: "\n")
      if (byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")) && !isPair {
        starts.append(offset + 1)
      }
    }
    self.starts = starts
  }

  /// Where a byte is.
  func position(of offset: Int) -> EditorPosition {
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    let units = source.bytes[starts[low]..<offset].reduce(0) { $0 + $1.utf16Units }
    return EditorPosition(line: low, character: units)
  }

  /// The byte at a place; beyond the end of a line, its end, and beyond the last line, the end.
  func offset(of position: EditorPosition) -> Int {
    guard position.line < starts.count else { return source.bytes.count }
    let end = lineEnd(position.line)
    var (offset, units) = (starts[position.line], 0)
    while offset < end {
      let width = source.bytes[offset].utf16Units
      if units + width > position.character { break }
      units += width
      offset += 1
      while offset < end, source.bytes[offset].utf16Units == 0 { offset += 1 }
    }
    return offset
  }

  /// The end of a line without what breaks it.
  private func lineEnd(_ line: Int) -> Int {
    var end = line + 1 < starts.count ? starts[line + 1] : source.bytes.count
    while end > starts[line], source.bytes[end - 1] == 0x0A || source.bytes[end - 1] == 0x0D {
      end -= 1
    }
    return end
  }

  /// A span as the protocol writes it.
  func range(of span: SourceSpan) -> JSON {
    range(span.range)
  }

  /// A range of bytes as the protocol writes it.
  func range(_ range: Range<Int>) -> JSON {
    ["start": json(position(of: range.lowerBound)), "end": json(position(of: range.upperBound))]
  }

  private func json(_ position: EditorPosition) -> JSON {
    ["line": .integer(position.line), "character": .integer(position.character)]
  }
}

extension UInt8 {
  /// The UTF-16 code units of the character that begins with this byte of UTF-8; a byte that begins
  /// none has none.
  fileprivate var utf16Units: Int { self & 0xC0 == 0x80 ? 0 : self >= 0xF0 ? 2 : 1 }
}
