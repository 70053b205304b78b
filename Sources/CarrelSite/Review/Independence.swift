/// Why a person may not decide on a run or a project.
public enum Objection: Hashable, Sendable {
  /// The person is not a guardian at the moment.
  case notAGuardian
  /// The person submitted the study.
  case author
  /// The person is a researcher of the same project.
  case researcherOfTheProject
  /// The person and the author were researchers of one project within the last twelve months.
  case recentCoauthor
}

/// Who counts as independent of a piece of work (attack F8).
public struct Independence: Sendable {
  /// The author of the run; `nil` for a project, which has no author but its researchers.
  public let author: String?
  /// The researchers of the project.
  public let researchers: Set<String>
  /// Everybody who was a researcher of one project with the author within the last twelve months.
  public let coauthors: Set<String>

  /// What a guardian must be independent of.
  public init(author: String?, researchers: Set<String>, coauthors: Set<String>) {
    self.author = author
    self.researchers = researchers
    self.coauthors = coauthors
  }

  /// The first reason against a person's decision, or `nil` where there is none.
  public func objection(to person: Person, at moment: Int) -> Objection? {
    if !person.has(.guardian, at: moment) { return .notAGuardian }
    if person.id == author { return .author }
    if researchers.contains(person.id) { return .researcherOfTheProject }
    if coauthors.contains(person.id) { return .recentCoauthor }
    return nil
  }
}
