public import CarrelLedger
internal import CarrelValues

/// Files in a ZIP archive that has one form only: stored, in order of their names, all of one time.
///
/// Equal files and times give equal bytes on every machine. Source: PKWARE, APPNOTE.TXT 6.3.10.
public struct ZipArchive: Hashable, Sendable {
  /// The files in byte order of their paths.
  public let files: [BundleFile]
  /// The time that every file carries.
  public let time: LedgerTime

  /// The most bytes of an archive that is read.
  public static let limitBytes = 256 << 20
  /// The most files of an archive that is read.
  public static let fileLimit = 4_096
  /// The first time that an archive can say.
  private static let earliest = "1980-01-01T00:00:00Z"

  /// An archive of files whose names are plain and differ by more than case.
  ///
  /// - Throws: ``ZipFault/hostileName``, ``ZipFault/repeatedName`` or ``ZipFault/tooLarge``.
  public init(_ files: [BundleFile], at time: LedgerTime) throws(ZipFault) {
    try Self.check(names: files.map(\.path))
    guard files.count <= Self.fileLimit,
      files.reduce(0, { $0 + $1.bytes.count + 2 * $1.path.utf8.count + 100 }) < Self.limitBytes
    else { throw .tooLarge }
    self.files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    // Archives count in pairs of seconds from 1980; a release is later and on the hour.
    guard time.description.utf8.lexicographicallyPrecedes(Self.earliest.utf8) == false else {
      throw .unusualStorage
    }
    self.time = time.startOfHour
  }

  /// Holds names to what every file system and every reader takes for the same name.
  static func check(names: [String]) throws(ZipFault) {
    guard names.allSatisfy(isPlain) else { throw .hostileName }
    guard Set(names.map { $0.lowercased() }).count == names.count else { throw .repeatedName }
  }

  /// Letters, digits and `. _ - + ( )` and spaces inside, in folders that are neither hidden nor
  /// relative; nothing that moves a cursor or that a file system reads otherwise.
  static func isPlain(_ path: String) -> Bool {
    let names = path.split(separator: "/", omittingEmptySubsequences: false)
    return (1...255).contains(path.utf8.count)
      && names.allSatisfy { name in
        guard let first = name.unicodeScalars.first, let last = name.unicodeScalars.last else {
          return false
        }
        return first != "." && first != " " && last != "." && last != " "
          && name.unicodeScalars.allSatisfy(isPlain)
      }
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x80 else {
      return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
        || " ._-+()".unicodeScalars.contains(scalar)
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter, .modifierLetter,
      .decimalNumber:
      return true
    default: return false
    }
  }
}

// MARK: Writing

extension ZipArchive {
  static let localMark: UInt32 = 0x0403_4B50
  static let listMark: UInt32 = 0x0201_4B50
  static let endMark: UInt32 = 0x0605_4B50
  static let version: UInt16 = 20
  /// Names are UTF-8; nothing else is set.
  static let flags: UInt16 = 0x0800

  /// The bytes of the archive.
  public var bytes: [UInt8] {
    var writer = LittleEndianWriter()
    var list = LittleEndianWriter()
    for file in files {
      let offset = writer.bytes.count
      let header = header(of: file)
      writer.append(Self.localMark)
      writer.bytes += header + file.path.utf8 + file.bytes
      list.append(Self.listMark)
      list.append(Self.version)
      list.bytes += header
      // No comment, first disk, no attributes.
      list.bytes += [UInt8](repeating: 0, count: 10)
      list.append(UInt32(offset))
      list.bytes += file.path.utf8
    }
    let (start, count) = (writer.bytes.count, UInt16(files.count))
    writer.bytes += list.bytes
    writer.append(Self.endMark)
    writer.append(UInt32(0))
    writer.append(count)
    writer.append(count)
    writer.append(UInt32(list.bytes.count))
    writer.append(UInt32(start))
    writer.append(UInt16(0))
    return writer.bytes
  }

  /// What stands both before a file and in the list: version, flags, method, time, checksum, sizes,
  /// and the lengths of its name and of no extra field.
  private func header(of file: BundleFile) -> [UInt8] {
    var header = LittleEndianWriter()
    header.append(Self.version)
    header.append(Self.flags)
    header.append(UInt16(0))
    header.append(stamp.time)
    header.append(stamp.date)
    header.append(CRC32.checksum(of: file.bytes))
    header.append(UInt32(file.bytes.count))
    header.append(UInt32(file.bytes.count))
    header.append(UInt16(file.path.utf8.count))
    header.append(UInt16(0))
    return header.bytes
  }

  /// The time as archives write it.
  var stamp: (time: UInt16, date: UInt16) {
    let day = CivilDate(dayNumber: time.secondsSince1970 / 86_400) ?? .last
    let hour = time.secondsSince1970 / 3_600 % 24
    return (UInt16(hour << 11), UInt16((day.year - 1980) << 9 | day.month << 5 | day.day))
  }
}

/// Bytes of numbers, the least byte first.
struct LittleEndianWriter {
  var bytes: [UInt8] = []

  mutating func append(_ number: some FixedWidthInteger & UnsignedInteger) {
    for shift in stride(from: 0, to: number.bitWidth, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }
}
