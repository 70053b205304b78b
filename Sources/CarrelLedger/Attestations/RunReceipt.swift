internal import CarrelJSON

/// What a run was made from, by what, and what it made: SLSA provenance, version 1.
///
/// Whatever was made from records is named by a keyed digest; a plain one would let anybody with a
/// candidate file confirm it. Times are whole hours.
public struct RunReceipt: Hashable, Sendable {
  /// The random UUID of the run.
  public let run: String
  /// The name of the site's log.
  public let site: String
  /// The project.
  public let project: String
  /// The released files.
  public let files: [InTotoStatement.Subject]
  /// What went in and is public: the study, its code lists, the policy; each by its path.
  public let inputs: [InTotoStatement.Subject]
  /// The parameters of the study, by name.
  public let parameters: [Parameter]
  /// The keyed digest of the snapshot.
  public let snapshot: Digest
  /// The keyed head of the site's own record of releases that the run was judged against.
  public let releaseLedgerHead: Digest
  /// The version of Carrel.
  public let version: String
  /// When the run was submitted and when it was released, to the hour: how long reading records
  /// took would say something of them.
  public let started, finished: LedgerTime

  /// A parameter and the value it had, both as the study writes them.
  public struct Parameter: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// Its value.
    public let value: String

    /// A parameter and its value.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A receipt of these parts; the times are cut to the hour.
  public init(
    run: String, site: String, project: String, files: [InTotoStatement.Subject],
    inputs: [InTotoStatement.Subject], parameters: [Parameter], snapshot: Digest,
    releaseLedgerHead: Digest, version: String, started: LedgerTime, finished: LedgerTime
  ) {
    self.run = run
    self.site = site
    self.project = project
    self.files = files
    self.inputs = inputs
    self.parameters = parameters
    self.snapshot = snapshot
    self.releaseLedgerHead = releaseLedgerHead
    self.version = version
    self.started = started.startOfHour
    self.finished = finished.startOfHour
  }

  /// The type of the predicate.
  public static let predicateType = "https://slsa.dev/provenance/v1"
  private static let buildType = "urn:x-carrel:run:v1"
  private static let builder = "urn:x-carrel:program"
}

extension RunReceipt {
  /// Whether a released file went into the run: the study, its code lists, the policy.
  public static func isInput(_ path: String) -> Bool {
    path.hasPrefix("study/") || path.hasPrefix("policy/")
  }
}

// MARK: Parameters in a submission

extension RunReceipt.Parameter {
  /// The name of the file that parameters are sealed in with a study.
  public static let sealedPath = "settings.json"

  /// The file's bytes: what guardians sign of a study holds them.
  public static func sealed(_ parameters: [RunReceipt.Parameter]) -> [UInt8] {
    let members = parameters.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }.map {
      JSON.Member($0.name, .string($0.value))
    }
    return JSON.object(members).bytes() + [0x0A]
  }

  /// The parameters in such a file; none where it is not one.
  public static func unsealed(_ bytes: [UInt8]) -> [RunReceipt.Parameter] {
    let members = (try? JSON(parsing: bytes))?.members ?? []
    return members.compactMap { member in
      member.value.string.map { RunReceipt.Parameter(name: member.name, value: $0) }
    }
  }
}

// MARK: As a statement

extension RunReceipt {
  /// The receipt as an in-toto statement about the released files.
  public var statement: InTotoStatement {
    let external = JSON.object([
      .init("project", .string(project)),
      .init(
        "parameters",
        .array(
          parameters.map { parameter in
            .object([
              .init("name", .string(parameter.name)), .init("value", .string(parameter.value)),
            ])
          })),
    ])
    let `internal` = JSON.object([
      .init("site", .string(site)), .init("snapshot", .string(snapshot.hexadecimal)),
      .init("release_ledger_head", .string(releaseLedgerHead.hexadecimal)),
    ])
    let dependencies = inputs.map { input in
      JSON.object([
        .init("name", .string(input.name)),
        .init("digest", .object([.init("sha256", .string(input.digest.hexadecimal))])),
      ])
    }
    let definition = JSON.object([
      .init("buildType", .string(Self.buildType)), .init("externalParameters", external),
      .init("internalParameters", `internal`),
      .init("resolvedDependencies", .array(dependencies)),
    ])
    return InTotoStatement(
      subjects: files, predicateType: Self.predicateType,
      predicate: .object([.init("buildDefinition", definition), .init("runDetails", details)]))
  }

  private var details: JSON {
    .object([
      .init(
        "builder",
        .object([
          .init("id", .string(Self.builder)),
          .init("version", .object([.init("carrel", .string(version))])),
        ])),
      .init(
        "metadata",
        .object([
          .init("invocationId", .string("urn:uuid:\(run)")),
          .init("startedOn", .string(started.description)),
          .init("finishedOn", .string(finished.description)),
        ])),
    ])
  }

  /// Reads a receipt without believing it; who signed its envelope is checked apart.
  ///
  /// - Throws: ``LedgerError/malformed(_:)``.
  public init(in envelope: Envelope) throws(LedgerError) {
    let statement = try InTotoStatement(in: envelope)
    guard statement.predicateType == Self.predicateType,
      let receipt = Self(statement), receipt.statement == statement
    else { throw .malformed(.attestation) }
    self = receipt
  }

  private init?(_ statement: InTotoStatement) {
    let definition = statement.predicate["buildDefinition"]
    let details = statement.predicate["runDetails"]
    let metadata = details?["metadata"]
    let made = EntryMembers(object: definition?["internalParameters"] ?? .null)
    let asked = definition?["externalParameters"]
    guard
      let run = metadata?["invocationId"]?.string?.value(after: "urn:uuid:"),
      let site = made["site"], let project = asked?["project"]?.string,
      let snapshot = made.digest("snapshot"), let head = made.digest("release_ledger_head"),
      let version = details?["builder"]?["version"]?["carrel"]?.string,
      let started = metadata?["startedOn"]?.string.flatMap({ LedgerTime($0) }),
      let finished = metadata?["finishedOn"]?.string.flatMap({ LedgerTime($0) })
    else { return nil }
    // What has another form is left out here, and missed when the statement is written again.
    let parameters = (asked?["parameters"]?.array ?? []).map { parameter in
      Parameter(
        name: parameter["name"]?.string ?? "", value: parameter["value"]?.string ?? "")
    }
    let inputs = (definition?["resolvedDependencies"]?.array ?? []).compactMap { input in
      input["digest"]?["sha256"]?.string.flatMap { Digest(hexadecimal: $0) }.map { digest in
        InTotoStatement.Subject(name: input["name"]?.string ?? "", digest: digest)
      }
    }
    self.init(
      run: String(run), site: site, project: project, files: statement.subjects, inputs: inputs,
      parameters: parameters, snapshot: snapshot, releaseLedgerHead: head, version: version,
      started: started, finished: finished)
  }
}
