import CarrelCrypto

extension Site {
  /// A place in an order that nobody without the site's key can work out.
  ///
  /// It is the first eight bytes of a keyed digest, the most significant first.
  public func place(of message: [UInt8]) -> UInt64 {
    var authenticator = MessageAuthenticator(key: key.derived(for: "carrel/suppression/v1"))
    return authenticator.tag(of: message).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }
}
