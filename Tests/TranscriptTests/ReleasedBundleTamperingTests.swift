import CarrelBundle
import Foundation
import TestSupport
import Testing

/// A bundle that the program released, with one of its bytes changed: nobody is to believe it.
@Suite("A released bundle with one byte changed") struct ReleasedBundleTamperingTests {
  /// How many bytes apart the changes are; `make soak` changes every one.
  private static let stride =
    ProcessInfo.processInfo.environment["CARREL_SOAK"] == nil ? 997 : 1

  @Test func `G6: is refused, whichever byte it is`() throws {
    let ward = try Ward()
    let name = try ward.release()
    try ward.carrel("fetch", name, "--key", "r-1.pem", "--output", "good.zip")
    var bytes = Array(try Data(contentsOf: URL(filePath: ward.folder["good.zip"])))
    #expect(BundleVerification(of: bytes).isRight)
    for index in Swift.stride(from: 0, to: bytes.count, by: Self.stride) {
      let old = bytes[index]
      bytes[index] = old ^ (1 << UInt8(index % 8))
      if BundleVerification(of: bytes).isRight { Issue.record("byte \(index) is not noticed") }
      bytes[index] = old
    }
  }
}
