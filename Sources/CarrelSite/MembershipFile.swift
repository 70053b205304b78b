internal import CarrelCrypto
internal import CarrelFiles

/// Who is in which group of what a run would let out, as one file of the site, being written.
///
/// It holds numbers of people and never leaves the site. A file that no run of the site's state names
/// was left by something that was cut off, and is removed.
public final class NewMembershipFile {
  private let site: Site
  private let name: String
  private let writer: ByteWriter

  fileprivate init(of site: Site) throws(SiteError) {
    self.site = site
    name = try RunName.randomUUID() + ".labels"
    writer = try Self.writer(Path.join(site.membershipPath, name))
  }

  private static func writer(_ path: String) throws(SiteError) -> ByteWriter {
    do { return try ByteWriter(newFile: path) } catch { throw .file(error) }
  }

  /// Writes the next bytes.
  public func write(_ bytes: [UInt8]) throws(SiteError) {
    do { try writer.write(bytes) } catch { throw .file(error) }
  }

  /// Makes the file durable, and says how it is known again.
  public func finish() throws(SiteError) -> KeptMembership {
    do {
      try writer.synchronise()
      let reader = try ByteReader(path: writer.path)
      return KeptMembership(
        file: name, tag: try site.tag(of: reader, in: Site.membershipDomain))
    } catch { throw .file(error) }
  }
}

/// A file of memberships by its name and its tag under a key of the site.
public struct KeptMembership: Hashable, Sendable {
  let file: String
  let tag: String
}

extension Site {
  static let membershipFolder = "membership"
  fileprivate static let membershipDomain = "carrel/membership-file/v1"

  fileprivate var membershipPath: String { Path.join(path, Self.membershipFolder) }

  /// Begins a file of memberships.
  ///
  /// - Throws: ``SiteError``.
  public func beginMembershipFile() throws(SiteError) -> NewMembershipFile {
    try NewMembershipFile(of: self)
  }

  /// Opens a file of memberships; nothing of it has been looked at yet.
  ///
  /// - Throws: ``SiteError/file(_:)`` where it is missing, or a link in its place.
  public func memberships(in kept: KeptMembership) throws(SiteError) -> RecordsFile {
    do {
      return try RecordsFile(
        kept.file, inside: membershipPath, tag: kept.tag, domain: Self.membershipDomain, of: self)
    } catch { throw .file(error) }
  }

  /// A number that stands for a figure under a key of the site, by the figure's identity.
  public func figureKey(of identity: String) -> UInt64 {
    var authenticator = MessageAuthenticator(key: key.derived(for: "carrel/figure/v1"))
    return authenticator.tag(of: Array(identity.utf8)).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Removes the file of memberships that no run is going to name.
  ///
  /// - Throws: ``SiteError/file(_:)``.
  public func discard(_ memberships: NewMemberships) throws(SiteError) {
    do { try Files.remove(Path.join(membershipPath, memberships.file.file)) } catch {
      throw .file(error)
    }
  }

  /// Removes every file of memberships but some.
  func removeMemberships(except kept: Set<String>) throws(SiteError) {
    do {
      for name in try Files.list(membershipPath) where !kept.contains(name) {
        try Files.remove(Path.join(membershipPath, name))
      }
    } catch { throw .file(error) }
  }
}
