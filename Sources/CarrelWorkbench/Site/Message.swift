import CarrelSite

/// What a guardian tells a researcher: a sentence from the list, or words of their own.
///
/// It waits until every guardian has decided, and holds no figure that the researcher does not
/// have already: from the submission itself, or from what was released to the project.
struct Message {
  let text: String

  /// The sentences that one word stands for.
  static let list: KeyValuePairs<String, String> = [
    "purpose": "The study asks more than the project was approved for.",
    "labels": "A label, name or comment has to be changed.",
    "broader": "Use broader groups.",
    "codelists": "Say where the code lists are from.",
    "again": "Send the study again without change.",
    "talk": "Ask the guardians for a conversation.",
  ]

  init(_ said: String, to run: SiteRun, at access: SiteAccess) throws(Failure) {
    if let listed = Self.list.first(where: { $0.key == said })?.value {
      text = listed
      return
    }
    guard said.count <= 500, !said.contains(where: \.isNewline) else {
      throw Failure(
        "U021", "a message is one line of at most 500 characters", help: "write less",
        status: .wrongCommandLine)
    }
    let figures = Self.figures(in: said)
    let known = try access.look { try Self.known(to: run, at: access) }
    if let unreleased = figures.first(where: { !known.contains($0) }) {
      throw Failure(ReviewError.figureInMessage(unreleased))
    }
    text = said
  }

  private static func known(to run: SiteRun, at access: SiteAccess) throws -> Set<String> {
    let database = access.database
    var files = try database.submission(of: run)
    for other in try database.runs()
    where other.project == run.project && other.state == .released && other.isTold {
      files += try database.heldFiles(of: other)
    }
    return Set(files.flatMap { figures(in: String(decoding: $0.bytes, as: UTF8.self)) })
  }

  /// Every run of digits, in whatever script.
  private static func figures(in text: String) -> [String] {
    text.split(whereSeparator: { !$0.isNumber }).map(String.init)
  }
}
