import CarrelFiles

/// Takes the messages of an editor from a stream: `Content-Length: 42`, an empty line, 42 bytes.
///
/// Source: Language Server Protocol 3.17, base protocol. What the other side claims is bounded
/// before it costs memory; after a mistake in a header nothing later can be told apart.
struct MessageReader: ~Copyable {
  /// The longest message: a study of 1 MiB with every character escaped fits.
  static let longestBytes = 16 << 20
  /// The longest header.
  static let longestHeaderBytes = 4096

  private let input: ByteReader
  private var buffer: [UInt8] = []

  init(_ input: consuming ByteReader) { self.input = input }

  /// The contents of the next message; `nil` where the stream ends between two.
  mutating func next() throws(MessageFault) -> [UInt8]? {
    guard let header = try header() else { return nil }
    let length = try Self.contentLength(of: header)
    while buffer.count < length {
      guard try fill(upTo: length - buffer.count) else { throw .endsEarly }
    }
    let content = Array(buffer[..<length])
    buffer.removeFirst(length)
    return content
  }

  /// The lines of the next header, without the empty one.
  private mutating func header() throws(MessageFault) -> [UInt8]? {
    let end = Array("\r\n\r\n".utf8)
    var place = 0
    while true {
      while place + end.count <= buffer.count {
        if buffer[place..<place + end.count].elementsEqual(end) {
          let header = Array(buffer[..<place])
          buffer.removeFirst(place + end.count)
          return header
        }
        place += 1
      }
      guard buffer.count < Self.longestHeaderBytes else { throw .headerTooLong }
      guard try fill(upTo: Self.longestHeaderBytes - buffer.count) else {
        if buffer.isEmpty { return nil }
        throw .endsEarly
      }
    }
  }

  private mutating func fill(upTo count: Int) throws(MessageFault) -> Bool {
    do throws(FileError) {
      let bytes = try input.next(upTo: count)
      buffer += bytes
      return !bytes.isEmpty
    } catch {
      throw .unreadable
    }
  }

  /// The number behind `Content-Length:`, which is there once; letters are of either case.
  private static func contentLength(of header: [UInt8]) throws(MessageFault) -> Int {
    let lines = String(decoding: header, as: UTF8.self).split(separator: "\r\n")
    let values = lines.compactMap { line -> Substring? in
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, parts[0].lowercased() == "content-length" else { return nil }
      return parts[1]
    }
    guard values.count == 1 else { throw .noLength }
    let digits = values[0].drop { $0 == " " }
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw .noLength
    }
    guard let length = Int(digits), length <= longestBytes else { throw .tooLong }
    return length
  }
}

/// Why a stream of messages cannot be read on.
enum MessageFault: Error {
  case headerTooLong, noLength, tooLong, endsEarly, unreadable

  /// What is so, for whoever wrote the editor.
  var description: String {
    switch self {
    case .headerTooLong:
      "the header of a message is longer than \(MessageReader.longestHeaderBytes) bytes"
    case .noLength: "the header of a message has no single `Content-Length`"
    case .tooLong: "a message is longer than \(MessageReader.longestBytes) bytes"
    case .endsEarly: "the input ends inside a message"
    case .unreadable: "the input cannot be read"
    }
  }
}
