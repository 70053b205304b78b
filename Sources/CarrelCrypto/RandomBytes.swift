internal import Glibc

/// Random bytes from the kernel's generator, fit for secrets.
///
/// They come from the kernel on every call: a generator inside the process would give both copies of
/// a cloned machine the same bytes, and the kernel is told of cloning.
///
/// - Throws: ``CryptoError/noRandomBytes`` where the kernel gives none.
public func randomBytes(count: Int) throws(CryptoError) -> [UInt8] {
  let limitOfOneCall = 256
  var bytes = [UInt8](repeating: 0, count: count)
  for start in stride(from: 0, to: count, by: limitOfOneCall) {
    let piece = min(limitOfOneCall, count - start)
    let filled = bytes.withUnsafeMutableBytes { buffer in
      getentropy(buffer.baseAddress?.advanced(by: start), piece)
    }
    guard filled == 0 else { throw .noRandomBytes }
  }
  return bytes
}

/// A number used once: random, and mixed with what it is for.
///
/// Even where two copies of a machine draw the same random bytes, they make different nonces for
/// different messages. The mixture is SHA-256 of a tag, 32 random bytes and the message.
///
/// - Parameters:
///   - byteCount: How long the nonce is, at most 32.
///   - message: What the nonce will stand in; the rest of it tells nothing of the nonce.
/// - Returns: The nonce.
/// - Throws: ``CryptoError/noRandomBytes``.
public func nonce(byteCount: Int, mixedWith message: [UInt8]) throws(CryptoError) -> [UInt8] {
  mixedNonce(byteCount: byteCount, random: try randomBytes(count: 32), message: message)
}

/// The mixture of given random bytes, apart from their source so that a test can give the same twice.
package func mixedNonce(byteCount: Int, random: [UInt8], message: [UInt8]) -> [UInt8] {
  precondition(byteCount <= 32 && random.count == 32, "a nonce comes from one digest")
  let tag = Array("carrel/nonce/v1\0".utf8)
  return Array(HashFunction.sha256.digest(of: tag + random + message).prefix(byteCount))
}
