import CarrelDiagnostics
import CarrelFiles
import CarrelJSON

/// Serves an editor: the mistakes of a study as it is written, what its names stand for and where
/// they are declared, what may be written next, and the canonical layout.
///
/// It speaks the Language Server Protocol 3.17 and works everything out with the stages of
/// `carrel check`. It reads no record, and nothing that it answers depends on one.
public struct LanguageServer: ~Copyable {
  private var reader: MessageReader
  private let send: ([UInt8]) -> Bool
  private let place: StudyPlace?
  private let version: String
  private var state = State.fresh
  private var documents: [String: EditorDocument] = [:]

  private enum State {
    case fresh, running, shutDown
    /// The editor said that this is the end.
    case over(ExitStatus)
  }

  /// A server of one editor.
  ///
  /// - Parameters:
  ///   - input: What the editor writes, open for reading; nobody else may close it.
  ///   - version: What the editor is told of the program.
  ///   - place: Where schemas come from; without it the nearest site around a study, or else the
  ///     schema that ships with the program.
  ///   - send: Writes to the editor; false where it has gone away.
  public init(
    input: Int32, version: String, place: StudyPlace?,
    send: @escaping ([UInt8]) -> Bool
  ) {
    reader = MessageReader(ByteReader(takingOver: input, name: "standard input"))
    self.version = version
    self.place = place
    self.send = send
  }

  /// Answers messages until the editor ends the conversation.
  ///
  /// - Returns: Done where the editor asked for the end as the protocol has it.
  public mutating func run() -> ExitStatus {
    do throws(MessageFault) {
      while let content = try reader.next() {
        guard handle(content) else { return .foundSomethingWrong }
        if case .over(let status) = state { return status }
      }
    } catch {
      _ = sendError(.parseError, error.description, to: .null)
    }
    return .foundSomethingWrong
  }
}

// Messages.
extension LanguageServer {
  /// Answers one message; false where the answer could not be sent.
  private mutating func handle(_ content: [UInt8]) -> Bool {
    let message: JSON
    do throws(JSONError) {
      message = try JSON(parsing: content)
    } catch {
      return sendError(.parseError, error.description, to: .null)
    }
    guard message.members != nil else {
      return sendError(.invalidRequest, "a message is an object", to: .null)
    }
    let parameters = message["params"] ?? [:]
    guard let method = message["method"]?.string else {
      // Without a method it answers something that was asked; nothing ever is.
      let isAnswer = message["result"] != nil || message["error"] != nil
      return isAnswer || sendError(.invalidRequest, "a request has a method", to: .null)
    }
    guard let id = message["id"] else { return notified(method, parameters) }
    guard id.integer != nil || id.string != nil else {
      return sendError(.invalidRequest, "an id is a number or a text", to: .null)
    }
    switch answer(to: method, parameters) {
    case .success(let result): return send(["jsonrpc": "2.0", "id": id, "result": result])
    case .failure(let problem): return sendError(problem.code, problem.message, to: id)
    }
  }

  private func send(_ message: JSON) -> Bool {
    let content = message.bytes()
    return send(Array("Content-Length: \(content.count)\r\n\r\n".utf8) + content)
  }

  private func sendError(_ code: Problem.Code, _ message: String, to id: JSON) -> Bool {
    let error: JSON = ["code": .integer(code.rawValue), "message": .string(message)]
    return send(["jsonrpc": "2.0", "id": id, "error": error])
  }

  /// Why a request has no answer.
  private struct Problem: Error {
    let code: Code
    let message: String

    /// The codes of JSON-RPC and of the protocol.
    enum Code: Int {
      case parseError = -32700
      case invalidRequest = -32600
      case methodNotFound = -32601
      case invalidParameters = -32602
      case notInitialised = -32002
    }
  }
}

// Notifications.
extension LanguageServer {
  private mutating func notified(_ method: String, _ parameters: JSON) -> Bool {
    switch (state, method) {
    case (.shutDown, "exit"): state = .over(.done)
    case (_, "exit"): state = .over(.foundSomethingWrong)
    case (.running, "textDocument/didOpen"):
      let document = parameters["textDocument"]
      return check(document, text: document?["text"]?.string)
    case (.running, "textDocument/didChange"):
      // Each change holds the whole text, as was agreed on; the last one counts.
      let text = parameters["contentChanges"]?.array?.last?["text"]?.string
      return check(parameters["textDocument"], text: text)
    case (.running, "textDocument/didSave"):
      // A code list beside the study may have been saved too.
      guard let document = document(in: parameters) else { return true }
      return check(parameters["textDocument"], text: document.source.text)
    case (.running, "textDocument/didClose"):
      guard let address = parameters["textDocument"]?["uri"]?.string else { return true }
      documents[address] = nil
      return publish([], for: address, version: nil)
    default: break
    }
    return true
  }

  /// Checks a text and publishes what is wrong with it.
  private mutating func check(_ identifier: JSON?, text: String?) -> Bool {
    guard let address = identifier?["uri"]?.string, let text else { return true }
    let document = EditorDocument(
      address: address, version: identifier?["version"]?.integer, text: text, place: place)
    documents[address] = document
    return publish(document.publishedDiagnostics, for: address, version: document.version)
  }

  private func publish(_ diagnostics: JSON, for address: String, version: Int?) -> Bool {
    var parameters = [JSON.Member("uri", .string(address))]
    if let version { parameters.append(JSON.Member("version", .integer(version))) }
    parameters.append(JSON.Member("diagnostics", diagnostics))
    return send([
      "jsonrpc": "2.0", "method": "textDocument/publishDiagnostics",
      "params": .object(parameters),
    ])
  }
}

// Requests.
extension LanguageServer {
  private mutating func answer(to method: String, _ parameters: JSON) -> Result<JSON, Problem> {
    switch (state, method) {
    case (.fresh, "initialize"):
      state = .running
      return .success(capabilities)
    case (.fresh, _):
      return .failure(Problem(code: .notInitialised, message: "`initialize` comes first"))
    case (.running, "shutdown"):
      state = .shutDown
      return .success(.null)
    case (.running, "initialize"), (.shutDown, _), (.over, _):
      return .failure(Problem(code: .invalidRequest, message: "`\(method)` cannot come now"))
    case (.running, _): return answerAboutDocument(method, parameters)
    }
  }

  private var capabilities: JSON {
    [
      "capabilities": [
        "positionEncoding": "utf-16",
        "textDocumentSync": ["openClose": true, "change": 1, "save": true],
        "hoverProvider": true, "definitionProvider": true,
        "completionProvider": ["triggerCharacters": ["."]],
        "documentFormattingProvider": true,
        "codeActionProvider": ["codeActionKinds": ["quickfix"]],
      ],
      "serverInfo": ["name": "carrel", "version": .string(version)],
    ]
  }

  private func answerAboutDocument(
    _ method: String, _ parameters: JSON
  ) -> Result<JSON, Problem> {
    let wanted = [
      "textDocument/hover", "textDocument/definition", "textDocument/completion",
      "textDocument/formatting", "textDocument/codeAction",
    ]
    guard wanted.contains(method) else {
      return .failure(Problem(code: .methodNotFound, message: "there is no `\(method)` here"))
    }
    guard let document = document(in: parameters) else {
      return .failure(Problem(code: .invalidParameters, message: "the document is not open"))
    }
    if method == "textDocument/formatting" { return .success(document.layoutEdits ?? .null) }
    if method == "textDocument/codeAction" { return actions(in: document, parameters) }
    guard let position = EditorPosition(parameters["position"]) else {
      return .failure(Problem(code: .invalidParameters, message: "`position` is not a place"))
    }
    let offset = document.offset(of: position)
    switch method {
    case "textDocument/hover": return .success(document.hover(at: offset) ?? .null)
    case "textDocument/definition": return .success(document.declaration(at: offset) ?? .null)
    default: return .success(.array(document.completions(at: offset).map(\.json)))
    }
  }

  private func document(in parameters: JSON) -> EditorDocument? {
    parameters["textDocument"]?["uri"]?.string.flatMap { documents[$0] }
  }

  private func actions(
    in document: EditorDocument, _ parameters: JSON
  ) -> Result<JSON, Problem> {
    guard let start = EditorPosition(parameters["range"]?["start"]),
      let end = EditorPosition(parameters["range"]?["end"])
    else { return .failure(Problem(code: .invalidParameters, message: "`range` is not a range")) }
    let (low, high) = (document.offset(of: start), document.offset(of: end))
    let fixes = document.fixes(in: min(low, high)..<max(low, high))
    return .success(.array(fixes.map { document.action($0.title, $0.diagnostic, $0.fix) }))
  }
}
