internal import CarrelCrypto
public import CarrelLedger

/// What names a set of files by one digest.
///
/// The digest is SHA-256 of a line for each file, in byte order of the paths, as `sha256sum` writes
/// them: so anybody can work it out again with two tools of their system.
public enum FileManifest {
  /// The digest of a set of files, whatever order they come in.
  public static func digest(of files: [SiteFile]) -> Digest {
    let lines = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }.map { file in
      "\(Hexadecimal.text(of: HashFunction.sha256.digest(of: file.bytes)))  \(file.path)\n"
    }
    return Digest(of: Array(lines.joined().utf8))
  }
}
