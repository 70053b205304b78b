import CarrelBundle
import CarrelCrypto
import CarrelJSON
import CarrelLedger
import CarrelSandbox

/// What a process that can do nothing else found of a bundle.
struct InspectedBundle: Codable {
  /// What was looked at, each once, in order.
  var findings: [Finding]
  /// What the result leaves open, in sentences.
  var notes: [String]
  /// What the site says of the release; to be believed only where everything is right.
  var release: Release?

  /// One thing that was looked at.
  struct Finding: Codable {
    var check: String
    var isRight: Bool
    var sentence: String
  }

  /// A release as the report of a bundle names it.
  struct Release: Codable {
    var site, run, released, key: String
  }

  init(_ verification: BundleVerification) {
    findings = verification.findings.map {
      Finding(check: $0.check.rawValue, isRight: $0.isRight, sentence: $0.sentence)
    }
    notes = verification.notes
    release = verification.release.map {
      Release(
        site: $0.site.name, run: $0.run, released: $0.released.description, key: $0.site.key.text)
    }
  }

  /// A bundle that nothing could be said of.
  init(unreadable sentence: String) {
    findings = [
      Finding(
        check: BundleVerification.Check.contents.rawValue, isRight: false, sentence: sentence)
    ]
    notes = []
  }
}

/// The process that reads a bundle from outside: hostile until proved otherwise (attack G6).
///
/// It is this same program, locked down before it is handed the bytes, so that whatever a bundle
/// could make of whoever reads it can open no file, reach nobody and start nothing.
enum BundleInspector {
  /// The word that starts this program as one; no person types it.
  static let word = "bundle-inspector"

  private static let seconds = 120
  private static let memoryBytes = 4 << 30
  private static let demandsLimitBytes = 1 << 16

  /// What is asked, before the bytes of the bundle.
  private struct Demands: Codable {
    var key: String?
    var witnesses: [String]
  }

  // MARK: The process itself

  /// Locks down, reads the bundle, and answers what was found.
  ///
  /// - Parameter words: The arguments after ``word``.
  /// - Returns: The exit status.
  static func main(_ words: [String]) -> Int32 {
    do {
      let process = try ConfinedProcess(words, preparing: prepare)
      let question = try process.question(byteLimit: demandsLimitBytes + ZipArchive.limitBytes)
      guard let end = question.firstIndex(of: 0x0A) else { return ExitStatus.fault.rawValue }
      let asked = try JSON(parsing: Array(question[..<end])).decoded(as: Demands.self)
      let verification = BundleVerification(
        of: Array(question[(end + 1)...]),
        .init(
          key: asked.key.flatMap { NoteKey(text: $0) },
          witnesses: asked.witnesses.compactMap { NoteKey(text: $0) }))
      try process.send(try JSON(encoding: InspectedBundle(verification)).bytes())
      return ExitStatus.done.rawValue
    } catch {
      return ExitStatus.fault.rawValue
    }
  }

  /// Lets the cryptographic library find all that will be asked of it while it may open files.
  private static func prepare() {
    for function in HashFunction.allCases { _ = function.digest(of: [UInt8]()) }
    let seed = [UInt8](repeating: 1, count: SigningKey.seedByteCount)
    var bytes = seed
    if let key = try? SigningKey(seed: SecretKey(absorbing: &bytes)) {
      _ = key.verifyingKey.isSignature(key.signature(of: seed), of: seed)
    }
  }

  // MARK: Asking it

  /// What such a process says of a bundle.
  ///
  /// Where the machine lacks a layer of the sandbox the others are in place all the same: the reader
  /// of a bundle holds no secret.
  static func inspected(
    _ bytes: [UInt8], key: NoteKey?, witnesses: [NoteKey]
  ) throws(Failure) -> InspectedBundle {
    do {
      let demands = Demands(key: key?.text, witnesses: witnesses.map(\.text))
      let child = try ConfinedChild(
        word: word,
        limits: SandboxLimits(memoryBytes: memoryBytes, processorSeconds: seconds), files: [])
      let answer = try child.ask(
        try JSON(encoding: demands).bytes() + [0x0A] + bytes,
        byteLimit: JSON.Limits.workerMessage.bytes, before: .now + .seconds(seconds))
      guard case .complete(let said) = answer else {
        return InspectedBundle(unreadable: "reading it took more than any bundle does")
      }
      return try JSON(parsing: said).decoded(as: InspectedBundle.self)
    } catch {
      throw Failure(
        "S023", "the process that reads the bundle ended without an answer",
        help: "carrel status --sandbox shows whether this machine can run it", status: .fault)
    }
  }
}
