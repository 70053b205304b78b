public import CarrelJSON
internal import CarrelValues

/// A project as a file that people write and guardians sign.
///
/// Every member must be there and none may be unknown, so that what was signed says all there is.
public enum ProjectDocument {
  /// What is wrong with a project's file.
  public enum Mistake: Error, Hashable, Sendable {
    case missing(String)
    case unknown(String)
    case wrong(member: String, expected: String)
  }

  private static let names = [
    "id", "title", "summary", "public_benefit", "organisation", "legal_basis", "researchers",
    "data", "opt_outs", "policy", "starts", "ends",
  ]

  /// Reads a project.
  ///
  /// - Parameters:
  ///   - json: The file's contents.
  ///   - bind: Finds a policy by its name and gives its version and digest.
  /// - Returns: The project, its policy held fast.
  /// - Throws: A ``Mistake``, or what `bind` throws.
  public static func read(
    _ json: JSON, bindingPolicy bind: (String) throws -> Project.PolicyBinding
  ) throws -> Project {
    guard let members = json.members else {
      throw Mistake.wrong(member: "the file", expected: "an object")
    }
    if let unknown = members.first(where: { !names.contains($0.name) }) {
      throw Mistake.unknown(unknown.name)
    }
    let reader = MemberReader(json: json)
    let id = try reader.text("id")
    guard Project.isID(id) else {
      throw Mistake.wrong(member: "id", expected: "letters, digits and hyphens, such as `P-014`")
    }
    let project = Project(
      id: id, title: try reader.text("title"), summary: try reader.text("summary"),
      publicBenefit: try reader.text("public_benefit"),
      organisation: try reader.text("organisation"), legalBasis: try reader.text("legal_basis"),
      researchers: try reader.texts("researchers"), data: try reader.tables("data"),
      optOuts: json["opt_outs"] == nil ? [] : try reader.texts("opt_outs"),
      policy: try bind(try reader.text("policy")), starts: try reader.day("starts"),
      ends: try reader.day("ends"))
    guard project.starts <= project.ends else {
      throw Mistake.wrong(member: "ends", expected: "a day on or after `starts`")
    }
    return project
  }

  /// The project with its policy held fast: the bytes that guardians sign the digest of.
  public static func json(of project: Project) -> JSON {
    var members: [JSON.Member] = [
      .init("id", .string(project.id)), .init("title", .string(project.title)),
      .init("summary", .string(project.summary)),
      .init("public_benefit", .string(project.publicBenefit)),
      .init("organisation", .string(project.organisation)),
      .init("legal_basis", .string(project.legalBasis)),
      .init("researchers", .array(project.researchers.map { .string($0) })),
      .init(
        "data",
        .object(
          project.data.map { table in
            .init(
              table.name,
              table.columns.map { .array($0.map { .string($0) }) } ?? .string(everyColumn))
          })),
    ]
    if !project.optOuts.isEmpty {
      members.append(.init("opt_outs", .array(project.optOuts.map { .string($0) })))
    }
    members += [
      .init(
        "policy",
        .object([
          .init("name", .string(project.policy.name)),
          .init("version", .integer(project.policy.version)),
          .init("sha256", .string(project.policy.digest)),
        ])),
      .init("starts", .string(project.starts.description)),
      .init("ends", .string(project.ends.description)),
    ]
    return .object(members)
  }

  /// Reads what ``json(of:)`` wrote.
  static func stored(_ json: JSON) throws -> Project {
    let policy = json["policy"]
    guard let name = policy?["name"]?.string, let version = policy?["version"]?.integer,
      let digest = policy?["sha256"]?.string
    else { throw Mistake.missing("policy") }
    let members = (json.members ?? []).map { member in
      member.name == "policy" ? JSON.Member("policy", .string(name)) : member
    }
    return try read(.object(members)) { _ in
      Project.PolicyBinding(name: name, version: version, digest: digest)
    }
  }

  fileprivate static let everyColumn = "every column"
}

extension ProjectDocument.Mistake: CustomStringConvertible {
  /// What is so, in words.
  public var description: String {
    switch self {
    case .missing(let name): "the project's file has no `\(name)`"
    case .unknown(let name): "a project has no `\(name)`"
    case .wrong(let member, let expected): "`\(member)` is not \(expected)"
    }
  }
}

/// Takes the members of a project's file one by one.
private struct MemberReader {
  let json: JSON

  private func member(_ name: String) throws(ProjectDocument.Mistake) -> JSON {
    guard let value = json[name] else { throw .missing(name) }
    return value
  }

  func text(_ name: String) throws(ProjectDocument.Mistake) -> String {
    guard let text = try member(name).string, !text.isEmpty else {
      throw .wrong(member: name, expected: "a text")
    }
    return text
  }

  func texts(_ name: String) throws(ProjectDocument.Mistake) -> [String] {
    let texts = try member(name).array?.compactMap(\.string) ?? []
    guard !texts.isEmpty, texts.count == (try member(name).array?.count),
      Set(texts).count == texts.count
    else { throw .wrong(member: name, expected: "a list of different texts") }
    return texts
  }

  func day(_ name: String) throws(ProjectDocument.Mistake) -> CivilDate {
    guard let day = CivilDate(iso: try text(name)) else {
      throw .wrong(member: name, expected: "a day such as 2026-04-01")
    }
    return day
  }

  func tables(_ name: String) throws(ProjectDocument.Mistake) -> [Project.ApprovedTable] {
    let form = "an object of tables, each with a list of columns or `every column`"
    guard let members = try member(name).members, !members.isEmpty else {
      throw .wrong(member: name, expected: form)
    }
    var tables: [Project.ApprovedTable] = []
    for table in members {
      if table.value.string == ProjectDocument.everyColumn {
        tables.append(.init(name: table.name, columns: nil))
      } else if let columns = table.value.array?.compactMap(\.string), !columns.isEmpty {
        tables.append(.init(name: table.name, columns: columns))
      } else {
        throw .wrong(member: name, expected: form)
      }
    }
    return tables
  }
}
