/// What the process that parses files may say to the one that stores rows, and nothing else.
///
/// A frame is four bytes that say how long the rest is, a byte that says what it is, and the rest;
/// numbers have a fixed size, the lowest byte first. Names do not occur: tables, files, fields and
/// levels are numbers, by a description that both processes have.
///
/// ```
/// table       u16 number, each after the one before
/// file        u16 number within the table, each after the one before
/// person      the identifier; whoever is new has the next number
/// row         u32 person, u64 line, keys, values
/// refused     u8 whether there is a person; if so u32 person, u64 line, keys; then broken
///             constraints, each as u16 field, u8 constraint
/// breach      u16 file, u64 line or 0, u16 field or 65535, u8 rule, what the rule needs
/// progress    u64 bytes of the files read so far
/// tableEnd    32 bytes, the digest of the table's bytes
/// unreadable  u16 file
/// end         nothing
/// ```
///
/// A key is a byte that says whether there is one, and its digest. A value is a byte that says
/// whether there is one, and it: a text with its length as u32, the number of a level as u32, an
/// integer as eight bytes, a number as the eight bytes of a double, a date as the number of its day
/// in eight bytes, a boolean as a byte.
enum ParserFrame: UInt8, CaseIterable {
  case table = 1, file, person, row, refused, breach, progress, tableEnd, unreadable, end
}

extension ParserFrame {
  /// The longest frame: a record is at most 1 MiB, and no field is much longer as a value.
  static let limitBytes = 1 << 24
  /// How long an identifier is at most; a list of opt-outs can name no longer one.
  static let identifierLimitBytes = 64
  /// The number that stands for no field.
  static let noField: UInt16 = .max
  static let digestByteCount = 32

  /// Whether bytes can stand for a person: some, not too many, and none that moves a cursor.
  static func isIdentifier(_ bytes: ArraySlice<UInt8>) -> Bool {
    (1...identifierLimitBytes).contains(bytes.count)
      && bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
  }
}

/// Something that the process that parses files said and may not say; what it was is nobody's to
/// know.
struct ParserNonsense: Error {}
