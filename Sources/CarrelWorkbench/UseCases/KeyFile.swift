import CarrelCrypto
import CarrelFiles
public import CarrelJSON

/// A file with an Ed25519 key in PEM: a person's, or a witness's.
public struct KeyFile {
  private let path: String
  private let key: VerifyingKey
  private let command: String

  /// Makes a private key in a file that does not exist yet and that its owner alone can read.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - passphraseFile: A file that holds what encrypts the key; a line feed at its end is not
  ///     part of it. `nil` leaves the key as it is.
  /// - Returns: The public half.
  /// - Throws: A ``Failure``; nothing is left behind.
  public static func create(at path: String, passphraseFile: String?) throws(Failure) -> KeyFile {
    try Failure.refuseExisting(path)
    let passphrase = try passphraseFile.map { file throws(Failure) in try readPassphrase(file) }
    do {
      let key = try SigningKey()
      try Files.write(try key.pem(passphrase: passphrase), to: path, access: .owner)
      return KeyFile(path: path, key: key.verifyingKey, command: "key create")
    } catch let error as FileError {
      throw Failure(error)
    } catch let error as CryptoError {
      throw Failure("S011", error.description, status: .worldFailed)
    } catch {
      preconditionFailure("a key fails in ways that are known")
    }
  }

  /// Reads the public half of a key from the file of either half.
  ///
  /// - Throws: A ``Failure``; `S019` for a file that holds no such key or does not open.
  public static func read(_ path: String, passphraseFile: String?) throws(Failure) -> KeyFile {
    let passphrase = try passphraseFile.map { file throws(Failure) in try readPassphrase(file) }
    let bytes: [UInt8]
    do { bytes = try Files.read(path, limitBytes: limitBytes) } catch { throw Failure(error) }
    if let key = VerifyingKey(pem: String(decoding: bytes, as: UTF8.self)) {
      return KeyFile(path: path, key: key, command: "key show")
    }
    do {
      let key = try SigningKey(pem: bytes, passphrase: passphrase).verifyingKey
      return KeyFile(path: path, key: key, command: "key show")
    } catch {
      throw Failure(
        "S019", "cannot use `\(path)`: \(error.description)",
        help: error == .passphraseNeeded ? "write `--passphrase-file FILE`" : nil,
        status: .worldFailed)
    }
  }

  /// The public half.
  var publicKey: VerifyingKey { key }

  fileprivate static let limitBytes = 1 << 14

  fileprivate static func readPassphrase(_ path: String) throws(Failure) -> [UInt8] {
    do {
      var bytes = try Files.read(path, limitBytes: 1_024)
      if bytes.last == 0x0A { bytes.removeLast() }
      if !bytes.isEmpty { return bytes }
    } catch { throw Failure(error) }
    throw Failure(
      "S019", "the passphrase in `\(path)` is empty",
      help: "leave `--passphrase-file` out to keep the key unencrypted", status: .worldFailed)
  }

  /// The fingerprint in fours, and the public half in PEM.
  public var text: String {
    "fingerprint  \(key.fingerprint.inFours)\n\(key.pem.trimmedAtLineEnd)"
  }

  /// The same for programs.
  public var json: JSON {
    .object([
      .init("carrel", 1), .init("command", .string(command)), .init("ok", true),
      .init("file", .string(path)), .init("fingerprint", .string(key.fingerprint)),
      .init("public_key", .string(key.pem)),
    ])
  }
}

extension KeyChoice {
  /// Reads the private key.
  ///
  /// - Throws: A ``Failure``; `S019` for a file that holds no such key or does not open.
  func signingKey() throws(Failure) -> SigningKey {
    let passphrase = try passphraseFile.map { file throws(Failure) in
      try KeyFile.readPassphrase(file)
    }
    let bytes: [UInt8]
    do { bytes = try Files.read(path, limitBytes: KeyFile.limitBytes) } catch {
      throw Failure(error)
    }
    do { return try SigningKey(pem: bytes, passphrase: passphrase) } catch {
      throw Failure(
        "S019", "cannot use `\(path)`: \(error.description)",
        help: error == .passphraseNeeded ? "write `--passphrase-file FILE`" : nil,
        status: .worldFailed)
    }
  }
}

extension String {
  /// The characters in groups of four, as digests are shown.
  fileprivate var inFours: String {
    stride(from: 0, to: count, by: 4).map { start in
      String(dropFirst(start).prefix(4))
    }.joined(separator: " ")
  }
}
