import CarrelDiagnostics
import CarrelPolicy
import Testing

@Suite("Reading a policy") struct PolicyReaderTests {
  static let complete = [
    "policy test version 2", "source \"a test\"", "hide 1 to 7", "zero show", "round to 5",
    "totals sum of shown", "percentages to 0 decimals", "means need 8 patients", "resolution 5",
    "narrowest window 7 days", "outputs at most 60", "groups at most 5000",
    "dimensions at most 6",
    "units need 5 beyond",
  ]

  /// What is said of a policy in which some lines take the place of others.
  func messages(_ lines: [String]) -> [String] {
    var diagnostics = Diagnostics()
    let source = SourceText(name: "test.policy", text: lines.joined(separator: "\n"))
    let policy = PolicyReader.read(source, reporting: &diagnostics)
    #expect((policy == nil) == diagnostics.hasErrors)
    return diagnostics.sorted.map { "\($0.span.start.line) \($0.code): \($0.message)" }
  }

  func messages(replacing line: Int, with text: String) -> [String] {
    var lines = Self.complete
    lines[line - 1] = text
    return messages(lines)
  }

  @Test func `order, comments and empty lines mean nothing`() {
    #expect(messages(Self.complete).isEmpty)
    #expect(messages(["# rules", ""] + Self.complete.reversed() + ["# end"]).isEmpty)
  }

  @Test("each parameter must be written", arguments: complete.indices)
  func silence(index: Int) {
    var lines = Self.complete
    let removed = lines.remove(at: index)
    let name = removed.prefix { $0 != " " }
    #expect(messages(lines) == ["13 P101: the policy does not say `\(name)`"])
  }

  @Test func `when outcomes come out may be said, as a day and an hour`() {
    #expect(messages(Self.complete + ["releases on Wednesday at 16"]).isEmpty)
    #expect(
      messages(Self.complete + ["releases on Wednesday at 24"])
        == ["15 P105: expected a whole number from 0 to 23"])
    #expect(
      messages(Self.complete + ["releases on wednesday at 16"])
        == ["15 P105: expected a day of the week, such as `Wednesday`"])
  }

  /// Days of the week of `date -u -d @SECONDS`.
  @Test(
    "they come out at the first such moment after a decision",
    arguments: [
      (1_747_843_199, 1_747_843_200), (1_747_843_200, 1_748_448_000), (0, 576_000),
      (1_747_785_600, 1_747_843_200),
    ])
  func slot(moment: Int, next: Int) throws {
    // Wednesday 21 May 2025, 16:00 in universal time, is 1,747,843,200.
    var diagnostics = Diagnostics()
    let lines = Self.complete + ["releases on Wednesday at 16"]
    let source = SourceText(name: "test.policy", text: lines.joined(separator: "\n"))
    let policy = PolicyReader.read(source, reporting: &diagnostics)
    #expect(policy?.releases?.next(after: moment) == next)
    #expect(policy?.releases?.description == "Wednesday at 16:00 UTC")
  }

  @Test(
    "a line that cannot be read says what is expected",
    arguments: [
      (1, "policy test", "1 P105: expected `version`"),
      (1, "policy \"test\" version 2", "1 P105: expected a name"),
      (1, "policy test version 0", "1 P105: expected a whole number of 1 or more"),
      (2, "source", "2 P105: expected a text in quotation marks"),
      (3, "hide 2 to 7", "3 P105: expected a whole number from 1 to 1"),
      (3, "hide 1 to 7 people", "3 P105: expected the end of the line"),
      (3, "hide 1 to 99999999999999999999", "3 P105: expected a whole number from 1 to 1000"),
      (4, "zero maybe", "4 P105: expected `show` or `hide`"),
      (5, "round to 1", "5 P105: expected a whole number from 2 to 1000"),
      (5, "round to 10", "5 P105: expected `ties`"),
      (5, "round to midpoint 5", "5 P105: expected a whole number from 6 to 6"),
      (6, "totals sum", "6 P105: expected `of`"),
      (7, "percentages to 2.5 decimals", "7 P105: expected a whole number from 0 to 6"),
      (8, "means need few patients", "8 P105: expected a whole number of 1 or more"),
      (9, "resolution 0", "9 P105: expected a whole number from 1 to 1000"),
      (10, "narrowest window 0 days", "10 P105: expected a whole number from 1 to 366"),
      (11, "outputs 60", "11 P105: expected `at`"),
      (14, "units need five beyond", "14 P105: expected a whole number from 0 to 1000"),
      (14, "units need 5", "14 P105: expected `beyond`"),
    ])
  func values(line: Int, text: String, message: String) {
    #expect(messages(replacing: line, with: text) == [message])
  }

  @Test(
    "what is not enforced is refused by name",
    arguments: [
      "medians need 8 patients", "deviations need 8 patients", "largest leverage 1",
      "differencing minimum 8",
    ])
  func notEnforced(line: String) {
    let name = line.prefix { $0 != " " }
    #expect(
      messages(Self.complete + [line]) == [
        "15 P103: `\(name)` is not enforced by this version of Carrel"
      ])
  }

  @Test func `what a few contribute may be limited`() {
    let rules = [
      "dominance largest 2 at most 90 percent", "remainder at least 10 percent of the largest",
    ]
    #expect(messages(Self.complete + rules).isEmpty)
  }

  @Test(
    "a limit of what a few contribute that cannot be read says what is expected",
    arguments: [
      ("dominance 2 of 90%", "15 P105: expected `largest`"),
      ("dominance largest 6 at most 90 percent", "15 P105: expected a whole number from 1 to 5"),
      ("dominance largest 2 at most 100 percent", "15 P105: expected a whole number from 1 to 99"),
      ("dominance largest 2 at most 90", "15 P105: expected `percent`"),
      (
        "remainder at least 0 percent of the largest",
        "15 P105: expected a whole number from 1 to 100"
      ),
      ("remainder at least 10 percent", "15 P105: expected `of`"),
      // 5 of 8 who contribute alike make 62.5%.
      (
        "dominance largest 5 at most 62 percent",
        "15 P106: of 8 patients, 5 always make more than 62%"
      ),
    ])
  func limits(line: String, message: String) {
    #expect(messages(Self.complete + [line]) == [message])
  }

  @Test func `a limit that would hide every mean of the fewest people is refused`() {
    #expect(messages(Self.complete + ["dominance largest 5 at most 63 percent"]).isEmpty)
    var lines = Self.complete
    lines.replaceSubrange(2..<3, with: ["hide none"])
    lines.replaceSubrange(4..<5, with: ["round none"])
    lines[7] = "means need 2 patients"
    #expect(
      messages(lines + ["remainder at least 1 percent of the largest"])
        == ["15 P106: of 2 patients, nothing remains but the largest"])
  }

  @Test func `a flag for zeros needs somebody to look, so it is refused`() {
    #expect(
      messages(replacing: 4, with: "zero flag") == [
        "4 P103: `zero flag` is not enforced by this version of Carrel"
      ])
  }

  @Test func `an unknown parameter gets a suggestion`() {
    var diagnostics = Diagnostics()
    let text = (Self.complete + ["examples \"x\" given 7 expect 10"]).joined(separator: "\n")
    let policy = PolicyReader.read(
      SourceText(name: "test.policy", text: text), reporting: &diagnostics)
    #expect(policy == nil)
    #expect(diagnostics.sorted.map(\.message) == ["there is no parameter `examples`"])
    #expect(diagnostics.sorted.map(\.help?.text) == ["did you mean `example`?"])
  }

  @Test func `a parameter is written once`() {
    #expect(
      messages(Self.complete + ["hide none"]) == ["15 P104: `hide` is written twice"])
  }

  @Test(
    "sound parameters that are unsafe together are refused",
    arguments: [
      (3, "hide none", "5 P106: a count of 1 is shown as 0"),
      (3, "hide 1 to 6", "5 P106: a count of 7 is shown as 5"),
      (5, "round to 20 ties up", "5 P106: a count of 8 is shown as 0"),
      (6, "totals rounded", "6 P106: a hidden count could be worked out from its total"),
      (6, "totals exact", "6 P106: a hidden count could be worked out from its total"),
      (8, "means need 7 patients", "8 P106: a mean of 7 is of a hidden number of patients"),
      (
        14, "units need 4 beyond",
        "14 P106: a percentile with 4 units beyond it tells of single units"
      ),
    ])
  func unsafe(line: Int, text: String, message: String) {
    #expect(messages(replacing: line, with: text) == [message])
  }

  @Test func `true totals beside hidden counts need them to be protected`() {
    var lines = Self.complete
    lines[5] = "totals rounded"
    #expect(messages(lines + ["secondary off"]).count == 1)
    #expect(messages(lines + ["secondary on"]).isEmpty)
    #expect(messages(lines + ["secondary on", "protect not exact"]).isEmpty)
    #expect(
      messages(lines + ["secondary on", "protect some"]) == ["16 P105: expected `cover`"])
  }

  @Test func `only hidden counts are protected, and only where the policy says so`() {
    #expect(
      messages(Self.complete + ["protect not exact"]) == ["15 P106: no hidden count is protected"])
    var lines = Self.complete
    lines.replaceSubrange(2..<5, with: ["hide none", "zero show", "round none"])
    #expect(
      messages(lines + ["secondary on"]) == ["15 P106: there is no hidden count to protect"])
  }

  @Test func `exact totals of rounded groups are refused`() {
    var lines = Self.complete
    lines.replaceSubrange(
      2..<6, with: ["hide none", "zero show", "round to midpoint 6", "totals exact"])
    #expect(messages(lines) == ["6 P106: an exact total undoes the rounding of its groups"])
  }

  @Test func `all mistakes of a file are reported in one go`() {
    let found = messages([
      "policy test version two", "source \"a test\"", "hid 1 to 7", "zero flag", "round to 5",
      "totals sum of shown", "totals rounded", "means need 8 patients", "resolution 5",
      "units need 5 beyond\nnarrowest window 7 days\noutputs at most 60",
    ])
    #expect(
      found == [
        "1 P105: expected a whole number of 1 or more",
        "3 P102: there is no parameter `hid`",
        "4 P103: `zero flag` is not enforced by this version of Carrel",
        "7 P104: `totals` is written twice",
        "12 P101: the policy does not say `hide`",
        "12 P101: the policy does not say `percentages`",
        "12 P101: the policy does not say `groups`",
        "12 P101: the policy does not say `dimensions`",
      ])
  }

  @Test(
    "a file that holds no policy is no crash",
    arguments: ["", "# nothing", "(((((", "\u{0}\u{1}", "policy", "example", "\"", "hide hide"])
  func rubbish(text: String) {
    #expect(!messages([text]).isEmpty)
  }

  @Test func `a long file is refused before it is read, and a long line is read once`() {
    let tooLong = String(repeating: "(", count: 10_000_000)
    #expect(messages([tooLong]) == ["1 C003: the file is longer than 64 KiB"])
    #expect(messages([String(repeating: "(", count: 10_000)]).count == 15)
  }

  @Test(
    "an example states a count, or a part of a group",
    arguments: [
      ("example \"x\" given 7 expect redacted", true), ("example \"x\" given 8 expect 10", true),
      ("example \"x\" given 8 of 20 expect 10 of 20", true),
      ("example \"x\" given 3 of 5 expect redacted of redacted", true),
      ("example \"x\" given 4 units expect redacted", true),
      ("example \"x\" given 4 units of 5 expect redacted", false),
      ("example given 7 expect redacted", false), ("example \"x\" given 7", false),
      ("example \"x\" given 7 of 5 expect redacted of 5", false),
      ("example \"x\" given 7 of 12 expect redacted", false),
      ("example \"x\" given 7 expect [REDACTED]", false),
    ])
  func exampleForms(line: String, isRead: Bool) {
    #expect(messages(Self.complete + [line]).isEmpty == isRead)
  }
}
