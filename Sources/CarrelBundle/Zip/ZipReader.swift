internal import CarrelLedger
internal import CarrelValues

extension ZipArchive {
  /// Reads an archive in memory; nothing is extracted, and no offset in it is followed.
  ///
  /// The files are read one after the other from the first byte, then the list of files, then the
  /// end, each exactly as it is written here.
  ///
  /// - Throws: The first ``ZipFault``.
  public init(reading bytes: [UInt8]) throws(ZipFault) {
    guard bytes.count <= Self.limitBytes else { throw .tooLarge }
    var reader = ZipReader(bytes: bytes)
    var entries: [ZipReader.Entry] = []
    while try reader.peek() == Self.localMark {
      entries.append(try reader.file())
      guard entries.count <= Self.fileLimit else { throw .tooLarge }
    }
    try reader.list(entries)
    try Self.check(names: entries.map(\.file.path))
    guard let first = entries.first, let time = first.header.time,
      entries.allSatisfy({ $0.header.stamp == first.header.stamp })
    else { throw .unusualStorage }
    try self.init(entries.map(\.file), at: time)
    // Whatever was passed over, such as the order of the names, shows here.
    guard self.bytes == bytes else { throw .listsDiffer }
  }
}

/// Reads the parts of an archive in the order in which they are written.
private struct ZipReader {
  let bytes: [UInt8]
  var position = 0

  struct Entry {
    let file: BundleFile
    let header: Header
    let offset: Int
  }

  /// What stands both before a file and in the list.
  struct Header: Equatable {
    let version, flags, method: UInt16
    let stamp: UInt32
    let checksum, packedSize, size: UInt32
    let nameLength, extraLength: UInt16

    /// The hour that the stamp says; `nil` where it is no hour.
    var time: LedgerTime? {
      let (clock, day) = (Int(stamp & 0xFFFF), Int(stamp >> 16))
      guard clock & 0x7FF == 0, clock >> 11 < 24,
        let date = CivilDate(year: 1980 + day >> 9, month: day >> 5 & 15, day: day & 31)
      else { return nil }
      return LedgerTime(secondsSince1970: date.dayNumber * 86_400 + clock >> 11 * 3_600)
    }
  }

  mutating func number<Number: FixedWidthInteger & UnsignedInteger>(
    _ type: Number.Type = Number.self
  ) throws(ZipFault) -> Number {
    let count = Number.bitWidth / 8
    guard bytes.count - position >= count else { throw .notAnArchive }
    defer { position += count }
    return bytes[position..<position + count].reversed().reduce(0) { $0 << 8 | Number($1) }
  }

  mutating func take(_ count: Int) throws(ZipFault) -> [UInt8] {
    guard bytes.count - position >= count else { throw .notAnArchive }
    defer { position += count }
    return Array(bytes[position..<position + count])
  }

  func peek() throws(ZipFault) -> UInt32 {
    var reader = self
    return try reader.number()
  }

  private mutating func header() throws(ZipFault) -> Header {
    let header = Header(
      version: try number(), flags: try number(), method: try number(), stamp: try number(),
      checksum: try number(), packedSize: try number(), size: try number(),
      nameLength: try number(), extraLength: try number())
    guard header.version == ZipArchive.version, header.flags == ZipArchive.flags,
      header.method == 0, header.packedSize == header.size
    else { throw .unusualStorage }
    guard header.extraLength == 0 else { throw .extraField }
    return header
  }

  private mutating func name(_ header: Header) throws(ZipFault) -> String {
    guard let name = String(validating: try take(Int(header.nameLength)), as: UTF8.self) else {
      throw .hostileName
    }
    return name
  }

  mutating func file() throws(ZipFault) -> Entry {
    let offset = position
    _ = try number(UInt32.self)
    let header = try header()
    let name = try name(header)
    let content = try take(Int(header.size))
    guard CRC32.checksum(of: content) == header.checksum else { throw .wrongChecksum }
    return Entry(file: BundleFile(path: name, bytes: content), header: header, offset: offset)
  }

  /// The list of files and the end, which must say what the files said.
  mutating func list(_ entries: [Entry]) throws(ZipFault) {
    let start = position
    for entry in entries {
      guard try number() == ZipArchive.listMark else { throw .strayBytes }
      guard try number() == ZipArchive.version else { throw .unusualStorage }
      guard try header() == entry.header else { throw .listsDiffer }
      guard try take(10).allSatisfy({ $0 == 0 }) else { throw .extraField }
      guard try number() == UInt32(entry.offset), try name(entry.header) == entry.file.path else {
        throw .listsDiffer
      }
    }
    let size = position - start
    guard try number() == ZipArchive.endMark else { throw .strayBytes }
    guard try number() == UInt32(0), try number() == UInt16(entries.count),
      try number() == UInt16(entries.count), try number() == UInt32(size),
      try number() == UInt32(start)
    else { throw .listsDiffer }
    guard try number() == UInt16(0) else { throw .extraField }
    guard position == bytes.count else { throw .strayBytes }
  }
}
