internal import CarrelJSON
internal import CarrelLedger

/// The metadata of a bundle: a Five Safes RO-Crate 0.4 over everything that was released.
///
/// It is made from signed statements and files alone, so whoever verifies a bundle makes it again and
/// compares. Whoever asked is the agent of the run, and the site of the checks; Carrel and the policy are
/// the instruments of the disclosure check.
/// Source: TRE-FX, Five Safes RO-Crate 0.4; RO-Crate 1.2.
struct Crate {
  let release: ReleaseStatement
  let receipt: RunReceipt
  /// Every file of the bundle but the metadata.
  let files: [BundleFile]

  static let fileName = "ro-crate-metadata.json"
  static let profile = "https://w3id.org/5s-crate/0.4"
  static let version = "https://w3id.org/ro/crate/1.2"
  static let workflowProfile = "https://w3id.org/workflowhub/workflow-ro-crate/1.0"
  static let hashTerm = "https://www.iana.org/assignments/named-information#sha-512"
  static let completed = "http://schema.org/CompletedActionStatus"
  static let study = "study/"
  static let software = "urn:x-carrel:program"
  /// What the folder of the study holds, in words.
  static let studyRole = "The study and its code lists, as they were run"

  /// The bytes of the file.
  var bytes: [UInt8] { json.bytes(.indented) + [0x0A] }

  var json: JSON {
    .object([
      .init("@context", .string(Self.version + "/context")),
      .init(
        "@graph",
        .array(
          [descriptor, root] + actions + things + inputs.values + inputs.formalParameters
            + fileEntities)),
    ])
  }

  var inputs: CrateInputs { CrateInputs(of: receipt, among: files) }
  var isOutput: (BundleFile) -> Bool {
    { $0.path.hasPrefix("outputs/") || $0.path == "report.html" }
  }

  private var descriptor: JSON {
    .entity(
      Self.fileName, "CreativeWork", ("about", .reference("./")),
      ("conformsTo", .reference(Self.version)))
  }

  private var root: JSON {
    let actionIDs = actions.compactMap { $0["@id"]?.string }
    return .entity(
      "./", "Dataset", ("name", .string(release.title)),
      ("description", .string(release.project.summary)),
      ("conformsTo", .reference(Self.profile)), ("mainEntity", .reference(Self.study)),
      ("sourceOrganization", .reference("#project")), ("publisher", .reference("#site")),
      ("datePublished", .string(release.released.description)), ("license", .reference("#terms")),
      ("author", .reference("#researcher")), ("mentions", .references(actionIDs)),
      ("hasPart", .references([Self.study] + files.map(\.crateID))))
  }

  /// The study as a workflow, who asked, who answered, with what.
  private var things: [JSON] {
    let project = release.project
    return [
      .entity(
        Self.study, "Dataset", ("name", .string(release.title)),
        ("description", .string(Self.studyRole)),
        ("conformsTo", .reference(Self.workflowProfile)),
        ("softwareRequirements", .reference(Self.software)),
        ("hasPart", .references(files.filter { $0.path.hasPrefix(Self.study) }.map(\.crateID)))),
      .entity(
        "#project", "Project", ("name", .string(project.title)),
        ("description", .string(project.summary)),
        ("publishingPrinciples", .reference("#benefit")), ("identifier", .reference("#project-id")),
        ("member", .references(["#organisation", "#researcher"]))),
      .entity(
        "#project-id", "PropertyValue", ("name", .string(release.site.key.name)),
        ("value", .string(project.id))),
      .entity(
        "#benefit", "CreativeWork", ("name", "Public benefit"),
        ("text", .string(project.publicBenefit))),
      .entity(
        "#researcher", "Person", ("name", .string(project.authorName)),
        ("affiliation", .reference("#organisation")), ("memberOf", .reference("#project"))),
      .entity("#organisation", "Organization", ("name", .string(project.organisation))),
      .entity(
        "#site", "Organization", ("name", .string(release.site.name)),
        ("identifier", .string(release.site.key.text))),
      .entity(
        "#terms", "CreativeWork", ("name", .string("Terms of project \(project.id)")),
        ("description", "Aggregates released for the purpose of the project")),
      .entity(
        Self.software, "SoftwareApplication", ("name", "Carrel"), ("url", .string(Self.software)),
        ("version", .string(receipt.version))),
      .entity(Self.profile, "Profile", ("name", "Five Safes RO-Crate")),
      .entity(Self.hashTerm, "DefinedTerm", ("name", "sha-512 algorithm")),
    ]
  }

  private var fileEntities: [JSON] {
    files.map { file in
      let isPolicy = file.path == inputs.policy?.path
      let input: [(String, JSON)] = [("exampleOfWork", .reference(CrateInputs.policyParameter))]
      return .entity(
        file.crateID, types: ["File"], file.crateMembers + (isPolicy ? input : []))
    }
  }
}
