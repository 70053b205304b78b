internal import CarrelJSON

extension BundleFile {
  /// The path as a relative reference.
  var crateID: String { path.inPercent }

  /// What every metadata says of a file.
  var crateMembers: [(String, JSON)] {
    [
      ("name", .string(String(lastName))), ("description", .string(role)),
      ("encodingFormat", .string(mediaType)), ("contentSize", .string("\(bytes.count)")),
    ]
  }

  /// What the file is in a bundle, in words.
  private var role: String {
    switch path {
    case "report.html": "All outputs on one page, to be read"
    case Bundle.receiptName: "What the results were made from and when, signed by the site"
    case Bundle.proofName: "The proof that the public ledger has the release"
    case WorkflowCrate.path: "The description of the study as a Workflow RO-Crate"
    default: roleByFolder
    }
  }

  private var roleByFolder: String {
    if path.hasPrefix("outputs/") {
      return path.hasSuffix(".json")
        ? "An output of the study, every figure with its status"
        : "An output of the study, as a table"
    }
    if path.hasPrefix("policy/") { return "The disclosure policy that every figure was held to" }
    return path.hasSuffix(".carrel") ? "The study, as it was run" : "A code list of the study"
  }

  /// What kind of file it is, by its ending.
  private var mediaType: String {
    let endings = [
      (".csv", "text/csv"), (".dsse.json", "application/vnd.dsse.envelope.v1+json"),
      (Crate.fileName, "application/ld+json"), (".json", "application/json"),
      (".html", "text/html"), (".svg", "image/svg+xml"),
    ]
    return endings.first { path.hasSuffix($0.0) }?.1 ?? "text/plain"
  }
}

extension String {
  /// The text as part of a relative reference: every byte but plain ones in percent.
  var inPercent: String {
    utf8.reduce(into: "") { text, byte in
      let scalar = Unicode.Scalar(byte)
      let isPlain =
        byte < 0x80
        && (scalar.properties.isAlphabetic || (0x30...0x39).contains(byte)
          || "/._-+()".unicodeScalars.contains(scalar))
      let digits = String(byte, radix: 16, uppercase: true)
      text += isPlain ? String(scalar) : "%" + (digits.utf8.count == 1 ? "0" : "") + digits
    }
  }
}

extension JSON {
  /// An entity of a graph with one type.
  static func entity(_ id: String, _ type: String, _ members: (String, JSON)...) -> JSON {
    entity(id, types: [type], members)
  }

  /// An entity of a graph with types; one stands by itself, several in a list.
  static func entity(_ id: String, types: [String], _ members: [(String, JSON)]) -> JSON {
    let names = types.map { JSON.string($0) }
    let type = names.count == 1 ? names[0] : .array(names)
    return .object(
      [.init("@id", .string(id)), .init("@type", type)] + members.map { .init($0.0, $0.1) })
  }

  /// A reference to an entity.
  static func reference(_ id: String) -> JSON { ["@id": .string(id)] }
  /// References to entities, as a list.
  static func references(_ ids: [String]) -> JSON { .array(ids.map(reference)) }
}
