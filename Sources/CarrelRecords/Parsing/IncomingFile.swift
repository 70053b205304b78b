internal import CarrelCatalogue
internal import CarrelCrypto
internal import CarrelFiles

/// The bytes of one file of a table, uncompressed, with how far the file itself has been read.
final class IncomingFile {
  private let file: ByteReader
  let path: String
  private var uncompression: GzipReader?
  private var uncompressedCount = 0
  /// How many bytes the file has.
  let byteCount: Int

  /// A file may become this many times as large when it is uncompressed, and a little more.
  private static let expansionLimit = 100
  private static let expansionAllowance = 1 << 20

  /// Takes over a file that was opened for this process.
  init(takingOver descriptor: Int32, path: String) throws(FileError) {
    self.path = path
    file = ByteReader(takingOver: descriptor, name: path)
    byteCount = try file.measured()
    uncompression = Resource.isCompressed(path) ? GzipReader() : nil
  }

  /// How long the text of a file of so many bytes is at most.
  static func textByteLimit(of path: String, byteCount: Int) -> Int {
    Resource.isCompressed(path) ? byteCount * expansionLimit + expansionAllowance : byteCount
  }

  /// How many bytes of the file have been read.
  var bytesRead: Int { file.offset }

  /// Adds the file's bytes to digests, and goes back to its beginning.
  func addBytes(to hash: inout StreamingHash) throws {
    while true {
      let chunk = try file.next()
      if chunk.isEmpty { break }
      hash.update(chunk.span.bytes)
    }
    try file.rewind()
  }

  /// The next bytes of the table; empty at the end.
  ///
  /// - Throws: A ``FormatBreach`` where the file is damaged or expands too much.
  func next() throws -> [UInt8] {
    guard uncompression != nil else { return try file.next() }
    let chunk: [UInt8]
    do {
      chunk = try uncompression?.next { try file.next() } ?? []
    } catch is GzipError {
      throw FormatBreach(path, .damagedCompression)
    }
    uncompressedCount += chunk.count
    guard uncompressedCount <= Self.textByteLimit(of: path, byteCount: byteCount) else {
      throw FormatBreach(path, .expandsTooMuch)
    }
    return chunk
  }
}
