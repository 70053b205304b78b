import CarrelJSON
import CarrelWorkbench

extension Command {
  /// `carrel key create`: a key to sign with.
  static let createKey = Command(
    words: ["key", "create"],
    summary: "make an Ed25519 key to sign with",
    usage: "FILE [--passphrase-file FILE]",
    details: """
      Writes a private key in PEM (PKCS #8) that its owner alone can read, encrypted where there is a \
      passphrase, and prints the public half for the roster of a site.
      """,
    operands: [Operand(name: "FILE", isRequired: true, meaning: "the file to make")],
    options: [.passphrase, .json],
    examples: ["carrel key create guardian.pem"]
  ) { (arguments, terminal) throws(Failure) in
    let key = try KeyFile.create(
      at: arguments["FILE"] ?? "", passphraseFile: arguments["passphrase-file"])
    try terminal.result(arguments.has("json") ? key.json.text() : key.text)
    return .done
  }

  /// `carrel key show`: the public half of a key.
  static let showKey = Command(
    words: ["key", "show"],
    summary: "print the public half of a key and its fingerprint",
    usage: "FILE [--passphrase-file FILE]",
    details: "Reads a private or a public Ed25519 key in PEM. Nothing secret is printed.",
    operands: [Operand(name: "FILE", isRequired: true, meaning: "the file of the key")],
    options: [.passphrase, .json],
    examples: ["carrel key show guardian.pem"]
  ) { (arguments, terminal) throws(Failure) in
    let key = try KeyFile.read(
      arguments["FILE"] ?? "", passphraseFile: arguments["passphrase-file"])
    try terminal.result(arguments.has("json") ? key.json.text() : key.text)
    return .done
  }
}

extension Option {
  static let passphrase = Option.value(
    "passphrase-file", "FILE", "a file that holds the passphrase of the key")
}

extension Option {
  /// The file of somebody's key.
  static func key(_ whose: String) -> Option {
    .value("key", "FILE", "the file of the private key \(whose)")
  }
}

extension Arguments {
  /// The key that a command cannot do without.
  func key(of command: String) throws(Failure) -> KeyChoice {
    KeyChoice(
      path: try required("key", "FILE", of: command), passphraseFile: self["passphrase-file"])
  }

  /// The key, if one was named.
  var keyIfAny: KeyChoice? {
    self["key"].map { KeyChoice(path: $0, passphraseFile: self["passphrase-file"]) }
  }

  /// The site that is meant, for a command that reads no study.
  var place: StudyPlace {
    .chosen(
      site: self["site"], folder: nil, environment: Terminal.environment("CARREL_SITE"))
  }
}
