internal import CarrelCrypto
internal import CarrelLedger

/// Files with their digests in a folder: BagIt 1.0 (RFC 8493).
struct Bag {
  /// The files of `data/`, by their paths below it.
  let payload: [BundleFile]
  /// Files beside `data/` that are ours.
  let tags: [BundleFile]
  /// The random UUID of the run.
  let run: String
  /// When it was packed.
  let time: LedgerTime

  static let payloadFolder = "data/"
  static let declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

  /// Every file of the bag, the manifests among them.
  var files: [BundleFile] {
    let payload = payload.inOrder.map {
      BundleFile(path: Self.payloadFolder + $0.path, bytes: $0.bytes)
    }
    let described =
      tags + [
        BundleFile(path: "bagit.txt", bytes: Array(Self.declaration.utf8)),
        BundleFile(path: "bag-info.txt", bytes: Array(information.utf8)),
        Self.manifest("manifest-sha512.txt", of: payload),
      ]
    return payload + described + [Self.manifest("tagmanifest-sha512.txt", of: described.inOrder)]
  }

  private var information: String {
    let size = payload.reduce(0) { $0 + $1.bytes.count }
    return """
      Bagging-Date: \(time.description.prefix(10))
      External-Identifier: urn:uuid:\(run)
      Payload-Oxum: \(size).\(payload.count)

      """
  }

  private static func manifest(_ name: String, of files: [BundleFile]) -> BundleFile {
    let lines = files.map { file in
      "\(Hexadecimal.text(of: HashFunction.sha512.digest(of: file.bytes)))  \(file.path)\n"
    }
    return BundleFile(path: name, bytes: Array(lines.joined().utf8))
  }
}
