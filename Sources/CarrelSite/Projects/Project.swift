public import CarrelValues

/// A piece of work that guardians approved: what for, by whom, on which data, until when.
public struct Project: Hashable, Sendable {
  /// The number that people use, such as `P-014`.
  public let id: String
  /// The title in plain English; public.
  public let title: String
  /// What is to be found out, in plain English; public.
  public let summary: String
  /// Who is to be better off for it; public.
  public let publicBenefit: String
  /// The organisation that does the work; public.
  public let organisation: String
  /// The legal basis for using the records; public.
  public let legalBasis: String
  /// The people who may submit studies, by their ids.
  public let researchers: [String]
  /// The tables that studies may read, each with its columns.
  public let data: [ApprovedTable]
  /// The kinds of lists of objections that must have been applied to the records, and lately; with
  /// none named, one list of any kind.
  public let optOuts: [String]
  /// The disclosure policy.
  public let policy: PolicyBinding
  /// The first day of the work.
  public let starts: CivilDate
  /// The last day of the work.
  public let ends: CivilDate

  /// A table that a project may read.
  public struct ApprovedTable: Hashable, Sendable {
    /// The table's name.
    public let name: String
    /// Its approved columns; `nil` for every column.
    public let columns: [String]?

    /// A table and its approved columns.
    public init(name: String, columns: [String]?) {
      self.name = name
      self.columns = columns
    }
  }

  /// A disclosure policy, held fast by the digest of its text.
  public struct PolicyBinding: Hashable, Sendable {
    /// The name, such as `opensafely`.
    public let name: String
    /// The version that the text states.
    public let version: Int
    /// SHA-256 of the text, in hexadecimal.
    public let digest: String

    /// A policy with its digest.
    public init(name: String, version: Int, digest: String) {
      self.name = name
      self.version = version
      self.digest = digest
    }
  }

  /// Where a project stands.
  public enum State: String, Hashable, Sendable {
    /// Waits for the guardians' approval.
    case proposed
    /// Studies may be submitted, between its first day and its last.
    case approved
  }

  /// A project with these particulars.
  public init(
    id: String, title: String, summary: String, publicBenefit: String, organisation: String,
    legalBasis: String, researchers: [String], data: [ApprovedTable],
    optOuts: [String] = [], policy: PolicyBinding, starts: CivilDate, ends: CivilDate
  ) {
    self.id = id
    self.title = title
    self.summary = summary
    self.publicBenefit = publicBenefit
    self.organisation = organisation
    self.legalBasis = legalBasis
    self.researchers = researchers
    self.data = data
    self.optOuts = optOuts
    self.policy = policy
    self.starts = starts
    self.ends = ends
  }

  /// Whether a day is between the project's first and last.
  public func isCurrent(on day: CivilDate) -> Bool { starts <= day && day <= ends }

  /// Whether a text can name a project: 1 to 32 letters, digits and hyphens, beginning with a
  /// letter.
  public static func isID(_ text: String) -> Bool {
    let letters = text.utf8
    guard (1...32).contains(letters.count), let first = letters.first,
      first.isLowerCaseLetter || first.isUpperCaseLetter
    else { return false }
    return letters.allSatisfy {
      $0.isLowerCaseLetter || $0.isUpperCaseLetter || $0.isDigit || $0 == UInt8(ascii: "-")
    }
  }
}
