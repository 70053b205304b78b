import CarrelJSON
import Foundation
import TestSupport
import Testing

@Suite("The language server", .timeLimit(.minutes(10))) struct LanguageServerTests {
  static let address = "untitled:study"

  static func range(_ start: (Int, Int), _ end: (Int, Int)) -> JSON {
    [
      "start": ["line": .integer(start.0), "character": .integer(start.1)],
      "end": ["line": .integer(end.0), "character": .integer(end.1)],
    ]
  }

  @Test func `says what it can do, and ends as the protocol has it`() throws {
    let session = try LanguageServerSession()
    let answer = try session.request("initialize", ["processId": .null, "capabilities": [:]])
    #expect(
      answer == [
        "capabilities": [
          "positionEncoding": "utf-16",
          "textDocumentSync": ["openClose": true, "change": 1, "save": true],
          "hoverProvider": true, "definitionProvider": true,
          "completionProvider": ["triggerCharacters": ["."]],
          "documentFormattingProvider": true,
          "codeActionProvider": ["codeActionKinds": ["quickfix"]],
        ],
        "serverInfo": ["name": "carrel", "version": "0.1"],
      ])
    #expect(try session.request("shutdown", [:]) == .null)
    #expect(try session.request("textDocument/hover", [:])["code"]?.integer == -32600)
    try session.notify("exit", [:])
    #expect(session.exitStatus() == 0)
    #expect(try session.nextMessage() == nil)
  }

  @Test func `publishes the mistakes of each text, and takes them back when it closes`() throws {
    let session = try LanguageServerSession.greeted()
    let opened = try session.open(
      Self.address, "define a = unknwon\ndefine unknown = 1\n", version: 7)
    #expect(
      opened == [
        "uri": .string(Self.address), "version": 7,
        "diagnostics": [
          [
            "range": Self.range((0, 11), (0, 18)), "severity": 1, "code": "C105",
            "source": "carrel",
            "message": "there is nothing called `unknwon`\ndid you mean `unknown`?",
          ]
        ],
      ])
    let changed = try session.change(Self.address, to: "define a = 1\n", version: 8)
    #expect(changed == ["uri": .string(Self.address), "version": 8, "diagnostics": []])
    try session.notify("textDocument/didClose", ["textDocument": ["uri": .string(Self.address)]])
    #expect(try session.nextPublished() == ["uri": .string(Self.address), "diagnostics": []])
    #expect(try session.ask("hover", Self.address, at: (0, 7))["code"]?.integer == -32602)
  }

  @Test func `counts UTF-16 code units, whatever the characters and the ends of lines`() throws {
    let session = try LanguageServerSession.greeted()
    // `🩺` is two units, `é` is one; a lone carriage return ends a line for an editor.
    let text = "define x = \"🩺é\" = unknwn\r\ndefine y = nothng # 🩺\rdefine z = \"é\" = lost\n"
    let published = try session.open(Self.address, text)
    let ranges = published["diagnostics"]?.array?.compactMap { $0["range"] } ?? []
    #expect(ranges.contains(Self.range((0, 19), (0, 25))))
    #expect(ranges.contains(Self.range((1, 11), (1, 17))))
    #expect(ranges.contains { $0["start"]?["line"]?.integer == 2 } == false)
    try session.change(Self.address, to: "define a = \"🩺🩺\"\ndefine b = \"🩺🩺\" = a\n", version: 2)
    let declared = try session.ask("definition", Self.address, at: (1, 20))
    #expect(declared["range"] == Self.range((0, 7), (0, 8)))
    // Beyond the end of a line, and of the text, nothing stands.
    #expect(try session.ask("hover", Self.address, at: (0, 500)) == .null)
    #expect(try session.ask("hover", Self.address, at: (500, 0)) == .null)
  }

  @Test func `offers the correction of a mistake`() throws {
    let session = try LanguageServerSession.greeted()
    try session.open(Self.address, "define a = patients.sexx\n")
    let actions = try session.request(
      "textDocument/codeAction",
      [
        "textDocument": ["uri": .string(Self.address)], "range": Self.range((0, 21), (0, 21)),
        "context": ["diagnostics": []],
      ])
    let action = try #require(actions.array?.first)
    #expect(action["title"] == "did you mean `sex`?")
    #expect(
      action["edit"] == [
        "changes": [
          "untitled:study": [["range": Self.range((0, 20), (0, 24)), "newText": "sex"]]
        ]
      ])
  }

  @Test func `lays a study out, changing no more lines than needed`() throws {
    let session = try LanguageServerSession.greeted()
    func edits(of text: String) throws -> JSON {
      try session.change(Self.address, to: text, version: 1)
      return try session.request(
        "textDocument/formatting",
        ["textDocument": ["uri": .string(Self.address)], "options": ["tabSize": 8]])
    }
    try session.open(Self.address, "")
    #expect(try edits(of: "define a = 1\n") == [])
    #expect(try edits(of: "define a = = 1\n") == .null)
    #expect(
      try edits(of: "# 🩺\ndefine a=\"🩺\"\n\ndefine b = 2\n") == [
        ["range": Self.range((1, 0), (2, 0)), "newText": "define a = \"🩺\"\n"]
      ])
    #expect(
      try edits(of: "define a = 1\r\n") == [
        ["range": Self.range((0, 0), (1, 0)), "newText": "define a = 1\n"]
      ])
    #expect(
      try edits(of: "define a = 1") == [
        ["range": Self.range((0, 0), (0, 12)), "newText": "define a = 1\n"]
      ])
  }

  @Test func `answers what it does not know with an error, and goes on`() throws {
    let session = try LanguageServerSession()
    #expect(try session.request("textDocument/hover", [:])["code"]?.integer == -32002)
    try session.notify("$/setTrace", ["value": "off"])
    _ = try session.request("initialize", [:])
    #expect(try session.request("initialize", [:])["code"]?.integer == -32600)
    #expect(try session.request("workspace/symbol", ["query": ""])["code"]?.integer == -32601)
    try session.notify("workspace/didChangeWatchedFiles", [:])
    for broken in [
      "{", "[]", "1", "{\"jsonrpc\":\"2.0\",\"id\":1}", "{\"id\":{},\"method\":\"x\"}", "\"\\u12\"",
    ] {
      try session.write(message: broken)
      let answer = try #require(try session.nextMessage())
      #expect(answer["id"] == .null)
      #expect([-32700, -32600].contains(answer["error"]?["code"]?.integer))
    }
    try session.write(message: "{\"jsonrpc\":\"2.0\",\"id\":\"seven\",\"method\":\"shutdown\"}")
    #expect(try session.nextMessage() == ["jsonrpc": "2.0", "id": "seven", "result": .null])
  }

  @Test func `passes over messages that lack what they should hold`() throws {
    let session = try LanguageServerSession.greeted()
    for parameters: JSON in [
      [:], ["textDocument": 1], ["textDocument": ["uri": 1, "text": "x"]],
      ["textDocument": ["uri": "untitled:a"]],
    ] {
      try session.notify("textDocument/didOpen", parameters)
      try session.notify("textDocument/didChange", parameters)
      try session.notify("textDocument/didSave", parameters)
      #expect(try session.request("textDocument/hover", parameters)["code"]?.integer == -32602)
    }
    try session.open(Self.address, "define a = 1\n")
    for place in [(-1, 0), (0, -1)] {
      #expect(try session.ask("hover", Self.address, at: place)["code"]?.integer == -32602)
    }
    #expect(try session.request("shutdown", [:]) == .null)
  }
}

@Suite("The framing of messages", .timeLimit(.minutes(10))) struct LanguageServerFramingTests {
  static let greeting = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{}}"

  @Test func `bytes may come in any pieces, with other headers, in either case`() throws {
    let session = try LanguageServerSession()
    let framed =
      "content-LENGTH:  \(Self.greeting.utf8.count)\r\n"
      + "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n\(Self.greeting)"
    for byte in framed { try session.write(String(byte)) }
    #expect(try session.nextMessage()?["result"]?["serverInfo"]?["name"] == "carrel")
    let shutdown = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"shutdown\"}"
    let exit = "{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}"
    try session.write(
      "Content-Length: \(shutdown.utf8.count)\r\n\r\n\(shutdown)"
        + "Content-Length: \(exit.utf8.count)\r\n\r\n\(exit)")
    #expect(try session.nextMessage() == ["jsonrpc": "2.0", "id": 2, "result": .null])
    #expect(session.exitStatus() == 0)
  }

  @Test(
    "a header that cannot be read ends the conversation with one error",
    arguments: [
      "\r\n\r\n", "Content-Length\r\n\r\n{}", "Content-Type: x\r\n\r\n{}",
      "Content-Length: -2\r\n\r\n{}", "Content-Length: 0x2\r\n\r\n{}", "Content-Length: \r\n\r\n{}",
      "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
      "Content-Length: 16777217\r\n\r\n", "Content-Length: 99999999999999999999\r\n\r\n",
      String(repeating: "x", count: 5000), "Content-Length: 20\r\n\r\n{}", "Content-Len",
    ])
  func header(_ bytes: String) throws {
    let session = try LanguageServerSession()
    try session.write(message: Self.greeting)
    try session.write(bytes)
    try session.endInput()
    #expect(try session.nextMessage()?["id"] == 1)
    let answer = try #require(try session.nextMessage())
    #expect(answer["id"] == .null)
    #expect(answer["error"]?["code"]?.integer == -32700)
    #expect(try session.nextMessage() == nil)
    #expect(session.exitStatus() == 1)
  }

  @Test func `the end of the input without a word is the end of the conversation`() throws {
    let session = try LanguageServerSession.greeted()
    try session.endInput()
    #expect(try session.nextMessage() == nil)
    #expect(session.exitStatus() == 1)
  }

  @Test func `an exit that was not announced is told from one that was`() throws {
    let session = try LanguageServerSession.greeted()
    try session.notify("exit", [:])
    #expect(session.exitStatus() == 1)
  }

  @Test func `a study of 1 MiB is read, and a longer one is refused in words`() throws {
    let session = try LanguageServerSession.greeted()
    let comment = "# " + String(repeating: "é", count: 40) + "\n"
    let long = String(repeating: comment, count: (1 << 20) / comment.utf8.count - 1)
    #expect(try session.open("untitled:long", long + "define a = 1\n")["diagnostics"] == [])
    let tooLong = try session.open("untitled:longer", long + long)
    #expect(tooLong["diagnostics"]?.array?.count == 1)
  }
}
