public import CarrelLedger

/// What a bundle turns out to be, offline, with no site and no secret.
public struct BundleVerification: Sendable {
  /// What was looked at, each once, in order.
  public let findings: [Finding]
  /// What the result leaves open, in sentences.
  public let notes: [String]
  /// What the site says of the release; to be believed only where everything is right.
  public let release: ReleaseStatement?

  /// One thing that was looked at.
  public struct Finding: Hashable, Sendable {
    /// Which.
    public let check: Check
    /// Whether it is as it should be.
    public let isRight: Bool
    /// What was found, in a sentence without a full stop.
    public let sentence: String
  }

  /// What is looked at.
  public enum Check: String, Hashable, Sendable, CaseIterable {
    case signatures, contents, ledger, disclosure, figures
  }

  /// What a verifier knows and asks for.
  public struct Demands: Hashable, Sendable {
    /// The key of the site's log; the one that the bundle names where it is `nil`.
    public let key: NoteKey?
    /// The witnesses that count; those that the site names where there are none.
    public let witnesses: [NoteKey]

    /// Demands on a bundle.
    public init(key: NoteKey? = nil, witnesses: [NoteKey] = []) {
      self.key = key
      self.witnesses = witnesses
    }
  }

  /// Whether everything is as it should be.
  public var isRight: Bool { findings.allSatisfy(\.isRight) }

  /// Verifies the bytes of a bundle.
  public init(of bytes: [UInt8], _ demands: Demands = Demands()) {
    let archive: ZipArchive
    do { archive = try ZipArchive(reading: bytes) } catch {
      self.init(unreadable: BundleError.archive(error))
      return
    }
    do {
      let bundle = try Bundle(reading: archive)
      let checks = BundleChecks(
        bundle: bundle, release: try bundle.releaseStatement(), receipt: try bundle.runReceipt(),
        archive: archive, demands: demands)
      self.init(checks)
    } catch { self.init(unreadable: error) }
  }

  private init(unreadable error: BundleError) {
    findings = [Finding(check: .contents, isRight: false, sentence: error.description)]
    notes = []
    release = nil
  }

  private init(_ checks: BundleChecks) {
    findings = Check.allCases.map { check in
      do throws(BundleFault) {
        return Finding(check: check, isRight: true, sentence: try checks.sentence(for: check))
      } catch { return Finding(check: check, isRight: false, sentence: error.sentence) }
    }
    release = checks.release
    notes = checks.notes
  }
}

/// What is wrong with a bundle, in words.
struct BundleFault: Error { let sentence: String }
