/// A piece of source as it may be shown in a terminal, with its width in columns.
///
/// A tab becomes four spaces. Control and invisible formatting characters become the replacement
/// character, so that a study cannot move the cursor or reorder the words around a message.
package struct DisplayedText {
  /// Each character as shown, with its columns.
  private(set) var cells: [(text: String, width: Int)] = []

  package init(_ source: String) {
    for character in source { append(Self.cell(character)) }
  }

  /// The columns all of it takes.
  package private(set) var width = 0

  mutating func append(_ cell: (text: String, width: Int)) {
    cells.append(cell)
    width += cell.width
  }

  /// The characters as shown, joined.
  package var text: String { cells.map(\.text).joined() }

  private static func cell(_ character: Character) -> (text: String, width: Int) {
    if character == "\t" { return ("    ", 4) }
    if character.unicodeScalars.contains(where: isHidden) { return ("\u{FFFD}", 1) }
    return (String(character), character.unicodeScalars.contains(where: isWide) ? 2 : 1)
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
      .unassigned:
      true
    default: false
    }
  }

  /// Whether terminals give the character two columns.
  ///
  /// The blocks that Unicode Standard Annex 11 lists as wide or fullwidth, to the nearest block.
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
      0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
