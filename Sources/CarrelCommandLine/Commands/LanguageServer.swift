import CarrelWorkbench
import Glibc

extension Command {
  /// `carrel language-server`: what editors start to show studies with their mistakes.
  static let languageServer = Command(
    words: ["language-server"],
    summary: "serve an editor: mistakes, names, completion and layout while a study is written",
    usage: "[--site DIR]",
    details: """
      Speaks the Language Server Protocol on standard input and output; an editor starts it, not a \
      person. Mistakes are those of carrel check. The schema is that of the site, or else of the \
      nearest site around the study, or else `core`. No record is read.
      """,
    options: [.site, .value("data", "DIR", "a folder with the data package whose schema counts")],
    examples: ["carrel language-server", "carrel language-server --site demo"]
  ) { (arguments, terminal) throws(Failure) in
    let chosen = StudyPlace.chosen(
      site: arguments["site"], folder: arguments["data"],
      environment: Terminal.environment("CARREL_SITE"))
    var server = LanguageServer(
      input: STDIN_FILENO, version: CarrelVersion.current, place: chosen == .nowhere ? nil : chosen
    ) { Terminal.write($0, to: STDOUT_FILENO) == nil }
    return server.run()
  }
}
