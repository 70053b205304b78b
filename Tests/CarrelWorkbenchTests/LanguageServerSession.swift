import CarrelJSON
import Foundation
import TestSupport

/// An editor's conversation with the program as it was built, over its standard input and output.
final class LanguageServerSession {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var received: [UInt8] = []
  private var lastID = 0
  /// What was published of each document, oldest first, and not yet looked at.
  private var published: [JSON] = []

  /// Starts a server, as `carrel language-server` with these words behind.
  init(_ arguments: [String] = [], in folder: URL? = nil) throws {
    process.executableURL = Program.carrel.executable
    process.arguments = ["language-server"] + arguments
    process.environment = Program.plainEnvironment
    process.currentDirectoryURL = folder
    process.standardInput = input
    process.standardOutput = output
    try process.run()
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// A server that has been greeted.
  static func greeted(
    _ arguments: [String] = [], in folder: URL? = nil
  ) throws -> LanguageServerSession {
    let session = try LanguageServerSession(arguments, in: folder)
    _ = try session.request("initialize", ["capabilities": [:]])
    try session.notify("initialized", [:])
    return session
  }
}

// Bytes.
extension LanguageServerSession {
  func write(_ text: String) throws {
    try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
  }

  /// Says that nothing more will be written.
  func endInput() throws { try input.fileHandleForWriting.close() }

  func write(message: String) throws {
    try write("Content-Length: \(message.utf8.count)\r\n\r\n\(message)")
  }

  /// The next message that the server writes; `nil` at the end.
  func nextMessage() throws -> JSON? {
    let end = Array("\r\n\r\n".utf8)
    while true {
      if let place = received.indices.first(where: { received[$0...].starts(with: end) }) {
        let header = String(decoding: received[..<place], as: UTF8.self)
        let length = Int(header.replacing("Content-Length: ", with: "")) ?? 0
        let start = place + end.count
        if received.count >= start + length {
          let message = Array(received[start..<start + length])
          received.removeFirst(start + length)
          return try JSON(parsing: message)
        }
      }
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { return nil }
      received += more
    }
  }

  /// Waits for the end of the program and gives its exit status.
  func exitStatus() -> Int32 {
    process.waitUntilExit()
    return process.terminationStatus
  }
}

// Messages.
extension LanguageServerSession {
  func notify(_ method: String, _ parameters: JSON) throws {
    let message: JSON = ["jsonrpc": "2.0", "method": .string(method), "params": parameters]
    try write(message: message.text())
  }

  /// The answer to a request: its result or its error.
  func request(_ method: String, _ parameters: JSON) throws -> JSON {
    lastID += 1
    let message: JSON = [
      "jsonrpc": "2.0", "id": .integer(lastID), "method": .string(method), "params": parameters,
    ]
    try write(message: message.text())
    while let answer = try nextMessage() {
      if answer["id"]?.integer == lastID { return answer["result"] ?? answer["error"] ?? .null }
      published.append(answer)
    }
    throw EndOfConversation()
  }

  struct EndOfConversation: Error {}

  /// Opens a text and gives what is published of it.
  @discardableResult
  func open(_ address: String, _ text: String, version: Int = 1) throws -> JSON {
    try notify(
      "textDocument/didOpen",
      [
        "textDocument": [
          "uri": .string(address), "languageId": "carrel", "version": .integer(version),
          "text": .string(text),
        ]
      ])
    return try nextPublished()
  }

  @discardableResult
  func change(_ address: String, to text: String, version: Int) throws -> JSON {
    try notify(
      "textDocument/didChange",
      [
        "textDocument": ["uri": .string(address), "version": .integer(version)],
        "contentChanges": [["text": .string(text)]],
      ])
    return try nextPublished()
  }

  func nextPublished() throws -> JSON {
    while published.isEmpty {
      guard let message = try nextMessage() else { throw EndOfConversation() }
      published.append(message)
    }
    return published.removeFirst()["params"] ?? .null
  }

  /// The answer to a question about a place of a document.
  func ask(_ question: String, _ address: String, at place: (line: Int, character: Int)) throws
    -> JSON
  {
    try request(
      "textDocument/\(question)",
      [
        "textDocument": ["uri": .string(address)],
        "position": ["line": .integer(place.line), "character": .integer(place.character)],
      ])
  }
}

/// A text with a mark where the cursor is, and the place of the mark as editors count it.
struct MarkedText {
  let text: String
  let cursor: (line: Int, character: Int)

  init(_ marked: String) {
    let parts = marked.components(separatedBy: "‸")
    precondition(parts.count == 2, "one place is marked")
    let lines = parts[0].components(separatedBy: "\n")
    text = parts.joined()
    cursor = (lines.count - 1, lines[lines.count - 1].utf16.count)
  }
}
