internal import CarrelCrypto
internal import CarrelFiles

/// A file about people, opened once: the database of records of a snapshot, or who is in which group
/// of what a run would let out.
///
/// What is checked is the open file and not a path, so that nothing else can be put in its place
/// between the check and the reading.
public struct RecordsFile: ~Copyable {
  private let file: ByteReader
  private let path: String
  private let tag: String
  private let domain: String
  private let site: Site

  /// Opens a file whose tag under a key of the site is known.
  init(
    _ name: String, inside folder: String, tag: String, domain: String, of site: Site
  ) throws(FileError) {
    path = Path.join(folder, name)
    file = try ByteReader(name, inside: folder)
    self.tag = tag
    self.domain = domain
    self.site = site
  }

  /// A descriptor of the open file, for the process that reads it; whoever asks for it closes it.
  public func duplicatedDescriptor() throws(SiteError) -> Int32 {
    do { return try file.duplicatedDescriptor() } catch { throw .file(error) }
  }

  /// Reads the file and holds it to the site's seal.
  ///
  /// Called before anything else reads it, and again before anything made from it leaves.
  ///
  /// - Throws: ``SiteError/tampered(path:)`` where a byte is not what was loaded.
  /// - Complexity: Linear in the size of the file, at the speed of SHA-256.
  public func check() throws(SiteError) {
    let found: String
    do { found = try site.tag(of: file, in: domain) } catch { throw .file(error) }
    guard found == tag else { throw .tampered(path: path) }
  }
}

extension Site {
  /// Opens the records of a snapshot; nothing of them has been looked at yet.
  ///
  /// - Throws: ``SiteError/file(_:)`` where there is no regular file, or a link in its place.
  public func records(of snapshot: Snapshot) throws(SiteError) -> RecordsFile {
    do {
      return try RecordsFile(
        Snapshot.recordsFile, inside: snapshot.path, tag: snapshot.card.recordsTag,
        domain: Self.recordsDomain, of: self)
    } catch { throw .file(error) }
  }

  private static let recordsDomain = "carrel/records-file/v1"

  func recordsTag(of file: borrowing ByteReader) throws(FileError) -> String {
    try tag(of: file, in: Self.recordsDomain)
  }

  /// A keyed digest of a file: without the site's key it confirms no guess at what the file holds.
  func tag(of file: borrowing ByteReader, in domain: String) throws(FileError) -> String {
    try file.rewind()
    var hash = StreamingHash(.sha256)
    while true {
      let chunk = try file.next()
      if chunk.isEmpty { break }
      hash.update(chunk.span.bytes)
    }
    var authenticator = MessageAuthenticator(key: key.derived(for: domain))
    return Hexadecimal.text(of: authenticator.tag(of: hash.finished()))
  }
}
