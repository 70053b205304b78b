import CarrelBundle
import CarrelCrypto
import CarrelJSON
import CarrelLedger
import Testing

/// A small release, whose outputs and policy were written by hand, signed with keys of fixed seeds.
struct Fixture {
  var isProtected = true
  var figures = Figures()
  var policy = Fixture.policy
  var roster = ["g-01", "g-02"]
  var approvers = ["g-01", "g-02"]
  var author = "r-07"
  var word = SignedWord.approve
  var decisionRun = Fixture.run
  var witnessCount = 2
  var study = "study \"Asthma review\"\n"
  /// What the study's parameters are set to, in byte order of their names.
  var parameters: [RunReceipt.Parameter] = []

  /// The figures of the output, as they stand in the CSV and the JSON.
  struct Figures {
    var count = "130"
    var part = "85"
    var percent = "65"
    var total = "140"
    var hiddenCell = ""
    var hiddenStatus = "redacted"
  }

  static let run = "6f1c2b1e-6a4e-4b0e-9d53-0a4f3a5a7c11"
  static let folder = "asthma-review-heron-417"
  static let policy = """
    policy plain version 1
    source "A policy for tests"
    hide         1 to 7
    zero         show
    round        to 5
    totals       sum of shown
    percentages  to 0 decimals
    means        need 8 patients
    resolution   1
    narrowest    window 7 days
    outputs      at most 60
    groups       at most 5000
    dimensions   at most 6
    units        need 5 beyond
    example "seven people are hidden" given 7 expect redacted

    """

  static func key(_ number: UInt8) throws -> SigningKey {
    var seed = [UInt8](repeating: number, count: 32)
    return try SigningKey(seed: SecretKey(absorbing: &seed))
  }

  static func noteKey(_ number: UInt8, _ name: String, _ use: NoteKey.Use) throws -> NoteKey {
    try #require(NoteKey(name: name, use: use, key: try key(number).verifyingKey))
  }

  static func siteKey() throws -> NoteKey { try noteKey(1, "northmoor-1", .log) }
  static func witnessKey(_ number: UInt8) throws -> NoteKey {
    try noteKey(20 + number, "witness-\(number)", .witness)
  }

  // MARK: Files

  private var csv: String {
    """
    line,imd,count,count_status,reviewed_numerator,reviewed_numerator_status,\
    reviewed_denominator,reviewed_denominator_status,reviewed,reviewed_status
    group,2,\(figures.count),shown,\(figures.part),shown,\(figures.count),shown,\(figures.percent),shown
    group,3,10,shown,\(figures.hiddenCell),\(figures.hiddenStatus),,redacted,,redacted
    group,4,0,zero,0,zero,0,zero,,not_applicable
    total,,\(figures.total),shown,85,shown,130,shown,65,shown

    """
  }

  private var json: String {
    func figure(_ value: String, _ status: String) -> String {
      "\"value\":\(value.isEmpty ? "null" : value),\"status\":\"\(status)\""
    }
    func group(_ count: String, _ percent: String, _ part: String, _ whole: String) -> String {
      """
      {"line":"group","levels":{},"count":{\(count)},"figures":{"count":{\(count)},\
      "reviewed":{\(percent),"numerator":{\(part)},"denominator":{\(whole)}}}}
      """
    }
    let (shown, zero, hidden) = ("shown", figure("0", "zero"), figure("", "redacted"))
    let groups = [
      group(
        figure(figures.count, shown), figure(figures.percent, shown), figure(figures.part, shown),
        figure(figures.count, shown)),
      group(
        figure("10", shown), hidden, figure(figures.hiddenCell, figures.hiddenStatus), hidden),
      group(zero, figure("", "not_applicable"), zero, zero),
      group(
        figure(figures.total, shown), figure("65", shown), figure("85", shown),
        figure("130", shown)),
    ]
    return """
      {"carrel":1,"output":"reviews","policy":{"name":"plain","version":1,"rules":""},\
      "kind":"table","groupings":[],"statistics":[{"name":"count","kind":"count"},\
      {"name":"reviewed","kind":"percent"}],"groups":[\(groups.joined(separator: ","))]}

      """
  }

  var files: [BundleFile] {
    [
      ("outputs/reviews.csv", csv), ("outputs/reviews.json", json),
      ("report.html", "<p>Asthma review</p>\n"), ("study/asthma-review.carrel", study),
      ("study/codelists/asthma.csv", "code,term\n195967001,Asthma\n"),
      ("policy/plain.policy", policy),
    ].map { BundleFile(path: $0.0, bytes: Array($0.1.utf8)) }
  }

  // MARK: Statements

  private static func digest(_ text: String) -> Digest { Digest(of: Array(text.utf8)) }

  /// What guardians signed of the study: its files and the values of its parameters.
  private var submission: Digest {
    let members = parameters.map { "\"\($0.name)\":\"\($0.value)\"" }.joined(separator: ",")
    let settings = BundleFile(path: "settings.json", bytes: Array("{\(members)}\n".utf8))
    return (files.filter { $0.path.hasPrefix("study/") } + [settings]).releaseDigest
  }
  private static let random = digest("random")
  private static let head = digest("head")

  /// The entry of the release in the site's log, in the canonical form of entries.
  private var entry: [UInt8] {
    let text = """
      {"carrel":1,"kind":"release","nonce":"000102030405060708090a0b0c0d0e0f",\
      "outputs":"\(files.releaseDigest.hexadecimal)","random":"\(Self.random.hexadecimal)",\
      "release_ledger_head":"\(Self.head.hexadecimal)","run":"\(Self.run)",\
      "submission":"\(submission.hexadecimal)","time":"2025-05-21T16:20:31Z"}
      """
    return Array(text.utf8)
  }

  func proof() throws -> LogProof {
    let first = Digest.leaf(Array("the making of the site".utf8))
    let log = try #require(NoteSigner(name: "northmoor-1", use: .log, key: try Self.key(1)))
    var signed = SignedCheckpoint(
      Checkpoint(origin: "northmoor-1", size: 2, root: .node(first, .leaf(entry))), signedBy: log)
    for number in 0..<UInt8(witnessCount) {
      let name = "witness-\(number)"
      let signer = try #require(
        NoteSigner(name: name, use: .witness, key: try Self.key(20 + number)))
      let request = WitnessRequest(
        consistency: ConsistencyProof(oldSize: 0, path: []), checkpoint: signed)
      let line = try Witness(signer: signer).cosignature(
        for: request, of: log.key, known: nil, at: try #require(LedgerTime("2025-05-21T16:40:00Z")))
      signed = try signed.adding(cosignatureLine: line, of: signer.key)
    }
    return LogProof(
      inclusion: InclusionProof(index: 1, path: [first]), checkpoint: signed, extra: entry)
  }

  func bundle() throws -> Bundle {
    let (released, started) = (
      try #require(LedgerTime("2025-05-21T16:20:31Z")),
      try #require(LedgerTime("2025-05-19T09:12:00Z"))
    )
    let files = files.sorted { $0.path < $1.path }
    let receipt = RunReceipt(
      run: Self.run, site: "northmoor-1", project: "P-014", files: files.map(\.subject),
      inputs: files.filter(\.isInput).map(\.subject), parameters: parameters,
      snapshot: Self.digest("snapshot"), releaseLedgerHead: Self.head, version: "0.1.0",
      started: started, finished: started)
    let log = try #require(NoteSigner(name: "northmoor-1", use: .log, key: try Self.key(1)))
    let envelope = log.envelope(of: receipt.statement)
    let policyBytes = Array(policy.utf8)
    let matter = RunMatter(
      site: "northmoor-1", project: "P-014", run: decisionRun, study: submission,
      snapshot: receipt.snapshot, policy: Digest(of: policyBytes), round: 1,
      outputs: files.releaseDigest)
    let decisions = try approvers.enumerated().map { index, name in
      DecisionStatement(
        word: word, matter: matter, guardian: name,
        expiry: try #require(LedgerTime("2025-06-21T00:00:00Z"))
      ).signed(with: try Self.key(10 + UInt8(index)))
    }
    return Bundle(
      files: files, receipt: envelope, release: try release(at: released, files),
      decisions: decisions, proof: try proof())
  }

  private func release(at time: LedgerTime, _ files: [BundleFile]) throws -> Envelope {
    let guardians = try roster.enumerated().map { index, name in
      Guardian(name: name, keys: [try Self.key(10 + UInt8(index)).verifyingKey])
    }
    let statement = ReleaseStatement(
      name: Self.folder, alias: "heron-417", title: "Asthma review", run: Self.run, released: time,
      site: .init(
        name: "Northmoor Health Records", isProtected: isProtected, key: try Self.siteKey(),
        witnesses: [try Self.witnessKey(0), try Self.witnessKey(1)]),
      project: .init(
        id: "P-014", title: "Asthma in Northmoor", summary: "Who is reviewed each year",
        publicBenefit: "Fewer attacks", organisation: "University of Northmoor", author: author,
        authorName: "A. Researcher"),
      guardians: guardians, approvalsNeeded: 2, outputs: files.releaseDigest)
    let log = try #require(NoteSigner(name: "northmoor-1", use: .log, key: try Self.key(1)))
    return log.envelope(of: statement.statement)
  }

  func bytes() throws -> [UInt8] { try bundle().archive().bytes }
}
