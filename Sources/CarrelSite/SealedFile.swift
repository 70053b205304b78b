internal import CarrelCrypto
internal import CarrelFiles
internal import CarrelJSON

/// A small JSON file whose last member is a tag over the others, under a key of the site.
///
/// The tag is HMAC-SHA-256 of a domain name, a zero byte and the other members as compact JSON. An
/// edit by hand, or a file copied from another site, does not carry it.
struct SealedFile {
  /// What the file is, which no other kind of file shares: `carrel/site/v1`.
  let domain: String
  let key: SecretKey

  func sealed(_ members: [JSON.Member]) -> [UInt8] {
    let tag = Hexadecimal.text(of: tag(of: members))
    return JSON.object(members + [.init("tag", .string(tag))]).bytes(.indented) + [0x0a]
  }

  /// The members without the tag, or `nil` where they do not carry it.
  func opened(_ bytes: [UInt8]) -> JSON? {
    guard let members = try? JSON(parsing: bytes).members, let last = members.last,
      last.name == "tag", let tag = last.value.string.flatMap({ Hexadecimal.bytes(of: $0) })
    else { return nil }
    let rest = Array(members.dropLast())
    return constantTimeEqual(tag, self.tag(of: rest)) ? .object(rest) : nil
  }

  private func tag(of members: [JSON.Member]) -> [UInt8] {
    var authenticator = MessageAuthenticator(key: key.derived(for: domain))
    return authenticator.tag(of: Array(domain.utf8) + [0] + JSON.object(members).bytes())
  }
}
