/// Why something cannot be done with a run, a project or a person; each case has a stable code.
///
/// A person's role, a run's state and a project's days are all that a refusal can depend on.
public enum ReviewError: Error, Hashable, Sendable {
  /// There is no run of that name.
  case unknownRun(String)
  /// The key belongs to nobody on the roster, or to somebody without the role.
  case wrongRole(Person.Role)
  /// Somebody who must be independent is not.
  case notIndependent(Objection)
  /// The run is where this cannot happen to it.
  case wrongState(run: String, state: RunState, event: RunEvent)
  /// The guardian has decided on this round.
  case alreadyDecided(run: String)
  /// The signature is not of what it should be, or by somebody else's key.
  case badSignature
  /// What would leave is not what was signed.
  case changedSinceSigned(run: String)
  /// The typed characters are not the beginning of the digest.
  case wrongDigest
  /// There is no project of that name.
  case unknownProject(String)
  /// The project waits for approval, has not begun or has ended.
  case projectNotCurrent(String)
  /// The study reads what the project was not approved for.
  case outsideApproval(project: String, names: [String])
  /// A message to a researcher holds a figure that was not released.
  case figureInMessage(String)
  /// The project or person is there already.
  case exists(String)
  /// There is no person of that name on the roster.
  case unknownPerson(String)
  /// The run came to nothing that could leave.
  case nothingToRelease(run: String)
  /// The author is not a researcher of the project.
  case notInProject(String)
  /// The submission has more files or bytes than a site takes.
  case submissionTooLarge
  /// The approvals that count now are too few: one has lapsed, expired or is not of what would leave.
  case tooFewApprovals(run: String)
  /// The run has not been released.
  case notReleased(run: String)
  /// The run has not been returned, or its author has not been told.
  case notReturned(run: String)
  /// The project's policy shows what the site's hides.
  case laxPolicy(project: String, site: String)
  /// The project's policy is an older version of the site's.
  case oldPolicy(String, version: Int, oldest: Int)
  /// The site has too few outside witnesses to release anything.
  case tooFewWitnesses(found: Int, needed: Int)
  /// Too few witnesses have cosigned a log that has the run's release.
  case notCosigned(run: String, needed: Int)
  /// There is no such witness.
  case unknownWitness(String)
  /// The key is that of somebody inside the site, or of the site itself.
  case witnessInside(String)
  /// The cosignature is not by a witness of the site, or for no checkpoint that was given out.
  case badCosignature
  /// A file of the submission has a name that no bundle can hold.
  case unpackableName(String)
  /// The policy tells the outcome at a later time.
  case notDue(run: String)
  /// Beside what was released since the review, the run is not safe.
  case changedVerdict(run: String)
}

extension ReviewError {
  /// The stable code, from `G001`.
  public var code: String {
    switch self {
    case .unknownRun: "G001"
    case .wrongRole: "G002"
    case .notIndependent: "G003"
    case .wrongState: "G004"
    case .alreadyDecided: "G005"
    case .badSignature: "G006"
    case .changedSinceSigned: "G007"
    case .wrongDigest: "G008"
    case .unknownProject: "G009"
    case .projectNotCurrent: "G010"
    case .outsideApproval: "G011"
    case .figureInMessage: "G012"
    case .exists: "G013"
    case .unknownPerson: "G014"
    case .nothingToRelease: "G015"
    case .notInProject: "G016"
    case .submissionTooLarge: "G017"
    case .tooFewApprovals: "G018"
    case .notReleased: "G019"
    case .laxPolicy: "G020"
    case .notReturned: "G021"
    case .tooFewWitnesses: "G022"
    case .notCosigned: "G023"
    case .unknownWitness: "G024"
    case .witnessInside: "G025"
    case .badCosignature: "G026"
    case .unpackableName: "G027"
    case .changedVerdict: "G028"
    case .notDue: "G029"
    case .oldPolicy: "G030"
    }
  }

  /// The next step, where there is one to name.
  public var help: String? {
    switch self {
    case .unknownRun: "carrel runs lists them"
    case .wrongRole: "carrel person list says who may do what"
    case .notIndependent: "another guardian decides"
    case .wrongState: "carrel runs says where it stands"
    case .alreadyDecided: "a decision stands until the next round"
    case .badSignature: "sign with the key that is on the roster"
    case .changedSinceSigned: "review it again: carrel review"
    case .wrongDigest: "type the characters that are shown"
    case .unknownProject: "carrel project list names them"
    case .projectNotCurrent: "carrel project show says where it stands"
    case .outsideApproval: "leave them out, or propose a project that covers them"
    case .figureInMessage: "say what to change, not what was found; the reason may hold figures"
    case .exists: "choose another name"
    case .unknownPerson: "carrel person add puts somebody on the roster"
    case .nothingToRelease: "return it or reject it"
    case .notInProject: "a project names its researchers; propose one that does"
    case .submissionTooLarge: "send only the study and the code lists that it names"
    case .tooFewApprovals, .changedVerdict: "it is in review again: carrel review"
    case .notReleased, .notReturned: "carrel runs says where it stands"
    case .laxPolicy: "carrel policy diff says where they differ"
    case .oldPolicy: "propose a project under the present version"
    case .tooFewWitnesses: "carrel witness add puts somebody outside on the list"
    case .notCosigned: "carrel ledger request makes what a witness cosigns"
    case .unknownWitness: "carrel witness list names them"
    case .witnessInside: "ask somebody outside for the public half of a key of theirs"
    case .badCosignature: "carrel ledger request makes what a witness cosigns"
    case .notDue: "carrel release tells it then"
    case .unpackableName: "use letters, digits, spaces and `. _ - + ( )`"
    }
  }
}

extension ReviewError: CustomStringConvertible {
  /// What is so, in words.
  public var description: String {
    switch self {
    case .unknownRun(let name): "there is no run `\(name)`"
    case .wrongRole(let role): "the key is not that of a \(role.rawValue) of this site"
    case .notIndependent(let objection): objection.description
    case .wrongState(let run, let state, let event):
      "the run `\(run)` is \(state.rawValue), so there is nothing to \(event.rawValue)"
    case .alreadyDecided(let run): "this guardian has decided on the present round of `\(run)`"
    case .badSignature: "the signature does not verify"
    case .changedSinceSigned(let run):
      "void: what would leave of `\(run)` changed since it was signed"
    case .wrongDigest: "the typed characters do not begin the digest"
    case .unknownProject(let id): "there is no project `\(id)`"
    case .projectNotCurrent(let id): "the project `\(id)` is not approved for today"
    case .outsideApproval(let project, let names):
      "the project `\(project)` is not approved for "
        + names.map { "`\($0)`" }.joined(separator: ", ")
    case .figureInMessage(let figure):
      "the message holds a figure that has not been released: \"\(figure)\""
    case .exists(let name): "`\(name)` exists already"
    case .unknownPerson(let id): "there is nobody `\(id)` on the roster"
    case .nothingToRelease(let run): "the run `\(run)` came to nothing that could leave"
    case .notInProject(let id): "the key's owner is not a researcher of the project `\(id)`"
    case .submissionTooLarge: "the submission is too large"
    case .tooFewApprovals(let run): "the approvals of `\(run)` that count now are too few"
    case .notReleased(let run): "the run `\(run)` has not been released"
    case .notReturned(let run): "the run `\(run)` has not been returned"
    case .changedVerdict(let run): "the run `\(run)` is to be looked at again"
    case .laxPolicy(let project, let site):
      "the policy `\(project)` shows what the site's policy `\(site)` hides"
    case .oldPolicy(let name, let version, let oldest):
      "version \(version) of the policy `\(name)` is older than the site's, which is \(oldest)"
    case .tooFewWitnesses(let found, let needed):
      "the site has \(found) of the \(needed) outside witnesses without whom nothing leaves"
    case .notCosigned(let run, let needed):
      "the release of `\(run)` waits for the cosignatures of \(needed) witnesses"
    case .unknownWitness(let name): "there is no witness `\(name)`"
    case .witnessInside(let name): "`\(name)` would be a witness of themselves"
    case .badCosignature: "the cosignature is for nothing that this site gave to a witness"
    case .notDue(let run): "the outcome of `\(run)` comes out at a later time"
    case .unpackableName(let name): "a bundle cannot hold a file called `\(name)`"
    }
  }
}

extension Objection: CustomStringConvertible {
  /// What is so, in words.
  public var description: String {
    switch self {
    case .notAGuardian: "the key is not that of a guardian of this site"
    case .author: "the author of a study cannot review it"
    case .researcherOfTheProject: "a researcher of the project cannot review its studies"
    case .recentCoauthor: "somebody who shared a project with the author this year cannot review"
    }
  }
}
