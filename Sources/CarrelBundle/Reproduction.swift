public import CarrelLedger

/// A run of a bundle's study made again, held to the bundle byte for byte.
///
/// It names files and the input that differs, never a figure: nobody has reviewed the new ones.
public struct Reproduction: Hashable, Sendable {
  /// How many files there are on either side.
  public let fileCount: Int
  /// The paths of files that differ, or that only one side has, in byte order.
  public let differing: [String]
  /// Which inputs differ, if any file does.
  public let causes: [Cause]

  /// What can make files differ.
  public enum Cause: String, Hashable, Sendable, CaseIterable {
    case study, policy, snapshot
    case releaseLedger = "release ledger"
    case version = "version of Carrel"
  }

  /// A run made again.
  public struct Rerun: Sendable {
    /// Everything that would leave.
    public let files: [BundleFile]
    /// The keyed digest of the snapshot.
    public let snapshot: Digest
    /// The head of the site's record of releases that the run was judged against.
    public let releaseLedgerHead: Digest
    /// The version of Carrel.
    public let version: String

    /// A run of these parts.
    public init(files: [BundleFile], snapshot: Digest, releaseLedgerHead: Digest, version: String) {
      self.files = files
      self.snapshot = snapshot
      self.releaseLedgerHead = releaseLedgerHead
      self.version = version
    }
  }

  /// Compares a run with a bundle that has been verified.
  ///
  /// - Throws: ``BundleError`` where the bundle has no receipt to compare with.
  public init(of bundle: Bundle, by rerun: Rerun) throws(BundleError) {
    let receipt = try bundle.runReceipt()
    let (old, new) = (Set(bundle.files), Set(rerun.files))
    let paths = Set((bundle.files + rerun.files).map(\.path))
    let differing = Set(old.symmetricDifference(new).map(\.path)).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    let isCause: [Cause: Bool] = [
      .study: differing.contains { $0.hasPrefix(Crate.study) },
      .policy: differing.contains { $0.hasPrefix("policy/") },
      .snapshot: receipt.snapshot != rerun.snapshot,
      .releaseLedger: receipt.releaseLedgerHead != rerun.releaseLedgerHead,
      .version: receipt.version != rerun.version,
    ]
    fileCount = paths.count
    self.differing = differing
    causes = differing.isEmpty ? [] : Cause.allCases.filter { isCause[$0] == true }
  }

  /// Whether every file is the same, byte for byte.
  public var isSame: Bool { differing.isEmpty }

  /// What came of it, a line or two.
  public var sentences: [(word: String, text: String)] {
    guard !isSame else {
      return [("same", "\(fileCount) of \(fileCount) files, byte for byte")]
    }
    let reasons = causes.map(\.rawValue)
    return [
      ("differs", differing.joined(separator: ", ")),
      (
        "because",
        reasons.isEmpty
          ? "no stated input differs: records, keys or the program did"
          : "these are not those that the bundle was made from: \(reasons.joined(separator: ", "))"
      ),
    ]
  }
}
