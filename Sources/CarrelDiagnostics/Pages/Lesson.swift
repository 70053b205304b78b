/// What a code means, with the mistake and the same thing said rightly.
///
/// The examples are run: a test asks for exactly the code in what is wrong, and for nothing in what
/// is right, where the people are real and the policy is `opensafely`.
public struct Lesson: Hashable, Sendable {
  /// What is so, in a sentence or two.
  public let meaning: String
  /// A file with the mistake and no other; `nil` where none can be shown on a page.
  public let wrong: String?
  /// The same without the mistake.
  public let right: String?
  /// A file of codes that both ask for, by its path.
  public let codelist: String?
  /// The settings of parameters, as on the command line, under which the first is wrong.
  public let wrongSetting: String?
  /// Those under which the second is right.
  public let rightSetting: String?

  init(
    _ meaning: String, wrong: String? = nil, right: String? = nil, codelist: String? = nil,
    wrongSetting: String? = nil, rightSetting: String? = nil
  ) {
    self.meaning = meaning
    self.wrong = wrong
    self.right = right
    self.codelist = codelist
    self.wrongSetting = wrongSetting
    self.rightSetting = rightSetting
  }

  /// The path of ``codelist``.
  public static let codelistPath = "codelists/asthma.csv"

  /// A study that releases one table of adults.
  static func table(_ clauses: String, after declarations: String = "") -> String {
    (declarations.isEmpty ? "" : declarations + "\n\n")
      + "population adults\n  include age_on(2024-01-01) >= 18\n\ntable t of adults\n  " + clauses
  }

  /// A study that counts a population.
  static func count(_ criterion: String, after declarations: String = "") -> String {
    (declarations.isEmpty ? "" : declarations + "\n\n")
      + "population people\n  include \(criterion)\n\ntable t of people\n  show count"
  }

  /// A whole policy, with some lines in place of others or added.
  static func policy(_ lines: String..., without parameter: String? = nil) -> String {
    var all = [
      "policy mine version 1", "source \"the rules of our board\"", "hide 1 to 7", "zero show",
      "round to 5", "totals sum of shown", "percentages to 0 decimals", "means need 8 patients",
      "resolution 1", "narrowest window 7 days", "outputs at most 60", "groups at most 5000",
      "dimensions at most 6", "units need 5 beyond",
    ]
    func head(_ line: String) -> Substring { line.prefix { $0 != " " } }
    for line in lines {
      if let index = all.firstIndex(where: { head($0) == head(line) }) {
        all[index] = line
      } else {
        all.append(line)
      }
    }
    if let parameter { all.removeAll { head($0) == parameter } }
    return all.joined(separator: "\n")
  }
}
