import CarrelWorkbench
import Testing

@testable import CarrelCommandLine

@Suite("Words of a command line") struct ArgumentsTests {
  private static let command = Command(
    words: ["weigh"], summary: "weigh a thing", usage: "THING", details: "",
    operands: [
      Operand(name: "THING", isRequired: true, meaning: "what to weigh"),
      Operand(name: "AGAINST", isRequired: false, meaning: "another thing"),
    ],
    options: [
      .flag("quick", "do not wait"),
      .value("unit", "UNIT", "what to weigh in", choices: ["gram", "stone"]),
      .value("times", "N", "how often"),
      .value("set", "NAME=VALUE", "a setting", isRepeatable: true),
    ], examples: ["carrel weigh apple"]
  ) { (_, _) throws(Failure) in .done }

  private func read(_ words: String) throws(Failure) -> Arguments {
    try Arguments(words.split(separator: " ").map(String.init), of: Self.command)
  }

  @Test func `operands are taken in order, options wherever they stand`() throws {
    for words in [
      "apple pear --quick --unit gram", "--unit=gram apple --quick pear",
      "--quick --unit gram -- apple pear",
    ] {
      let arguments = try read(words)
      #expect(arguments["THING"] == "apple")
      #expect(arguments["AGAINST"] == "pear")
      #expect(arguments["unit"] == "gram")
      #expect(arguments.has("quick"))
      #expect(!arguments.has("times"))
    }
  }

  @Test func `a value may hold an equals sign, be empty or begin with one dash`() throws {
    let arguments = try read("apple --set a=b=c --set=d= --times -3")
    #expect(arguments.all("set") == ["a=b=c", "d="])
    #expect(arguments["times"] == "-3")
  }

  @Test func `after two dashes nothing is an option`() throws {
    #expect(try read("-- --quick")["THING"] == "--quick")
    #expect(try !read("-- --help").asksForHelp)
  }

  @Test(
    "help is given whatever else is wrong",
    arguments: ["--help", "-h", "--wrong --help", "a b c -h"])
  func help(_ words: String) throws {
    #expect(try read(words).asksForHelp)
  }

  @Test(
    "a word that does not fit is named, and what to write instead",
    arguments: [
      ("apple --quik", "U001", "carrel weigh has no option `--quik`", "did you mean `--quick`?"),
      ("apple --xyz=3", "U001", "carrel weigh has no option `--xyz`", "carrel weigh --help"),
      ("apple -q", "U001", "carrel weigh has no option `-q`", "carrel weigh --help"),
      ("apple --quick=yes", "U002", "`--quick` takes no value", "`--quick` alone"),
      ("apple --unit", "U003", "`--unit` needs a value", "`--unit UNIT`"),
      ("apple --unit --quick", "U003", "`--unit` needs a value", "`--unit UNIT`"),
      ("apple --unit ounce", "U004", "`--unit` cannot be `ounce`", "gram, stone"),
      ("apple --unit gram --unit stone", "U005", "`--unit` is given twice", "keep one"),
      ("a b c", "U006", "`c` is one word too many", "carrel weigh --help"),
      ("apple --unit=", "U003", "`--unit` needs a value", "`--unit UNIT`"),
      ("--quick", "U007", "carrel weigh needs THING: what to weigh", "carrel weigh apple"),
    ])
  func mistake(_ words: String, _ code: String, _ message: String, _ help: String) throws {
    let failure = try #require(throws: Failure.self) { _ = try read(words) }
    #expect(failure.code == code)
    #expect(failure.message.hasPrefix(message))
    #expect(failure.help?.contains(help) == true)
    #expect(failure.status == .wrongCommandLine)
  }

  @Test(
    "a number of rows is a whole number", arguments: ["-1", "1.5", "many", "99999999999999999999"])
  func number(_ text: String) throws {
    #expect(try read("apple --times 20").wholeNumber("times") == 20)
    #expect(throws: Failure.self) { try read("apple --times \(text)").wholeNumber("times") }
  }

  @Test("settings have a name and a value, each name once")
  func settings() throws {
    #expect(
      try read("apple --set a=1 --set b=x=y").studyRequest().settings == ["a": "1", "b": "x=y"])
    for words in ["--set a", "--set a=1 --set a=2"] {
      #expect(throws: Failure.self) { try read("apple \(words)").studyRequest() }
    }
  }

  @Test(
    "JSON is asked for by either spelling, also where the rest is wrong",
    arguments: [
      (["run", "--json"], true), (["check", "--format", "json"], true),
      (["check", "--wrong", "--format=json"], true), (["check", "--format", "text"], false),
      (["new", "json"], false),
    ])
  func json(_ words: [String], _ asks: Bool) {
    #expect(Arguments.askForJSON(words) == asks)
  }
}
