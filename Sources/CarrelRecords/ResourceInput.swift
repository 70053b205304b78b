internal import CarrelCatalogue
internal import CarrelCrypto
internal import CarrelFiles
internal import CarrelSandbox

/// The bytes of one file of a table, uncompressed, with how far the file itself has been read.
struct ResourceInput: ~Copyable {
  private let file: ByteReader
  private let path: String
  private var decompression: Decompression?
  private var uncompressedCount = 0

  /// A file may become this many times as large when it is uncompressed, and a little more.
  private static let expansionLimit = 100
  private static let expansionAllowance = 1 << 20

  /// A child process and the pipe it writes to.
  private struct Decompression: ~Copyable {
    let process: ChildProcess
    let output: ByteReader
  }

  /// Opens a file inside the package's folder.
  init(_ path: String, inside folder: String) throws {
    self.path = path
    file = try ByteReader(path, inside: folder)
  }

  /// How many bytes the file has.
  var byteCount: Int { file.sizeBytes ?? 0 }

  /// How many bytes of the file have been read, by this process or the child.
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
  mutating func next() throws -> [UInt8] {
    guard Resource.isCompressed(path) else { return try file.next() }
    if decompression == nil { decompression = try startDecompression() }
    let chunk = try decompression?.output.next() ?? []
    uncompressedCount += chunk.count
    guard uncompressedCount <= byteCount * Self.expansionLimit + Self.expansionAllowance else {
      throw FormatBreach(path, .expandsTooMuch)
    }
    if chunk.isEmpty, try decompression?.process.wait().isSuccess == false {
      throw FormatBreach(path, .damagedCompression)
    }
    return chunk
  }

  /// The child is handed the open file, so that it reads what was opened and checked here.
  private func startDecompression() throws -> Decompression {
    let pipe = try Descriptor.pipe()
    let input = Descriptor(takingOver: try file.duplicatedDescriptor())
    let process = try ChildProcess(
      program: ChildProcess.systemProgram(named: "gzip"), arguments: ["-d", "-c"],
      descriptors: [input, pipe.writing])
    return Decompression(
      process: process,
      output: ByteReader(takingOver: pipe.reading.relinquish(), name: path))
  }
}
