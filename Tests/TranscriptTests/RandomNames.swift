import Foundation

/// What a program draws at random or signs, under names that a transcript can hold.
///
/// The last run that was submitted is `heron-417` in a transcript, and the last digest that was shown
/// in fours begins with `41c9`, in what is typed as in what is printed.
struct RandomNames {
  private var run: String?
  private var digest: String?

  private static let shownRun = "heron-417"
  private static let shownDigits = "41c9"
  private static let shownDigest =
    "41c9 07be 5d23 a8f6 0e77 91d2 6cb4 3f58 b20a 64e1 98cd 17f0 5ae3 c76b 2d90 8e14"

  /// A line as it is to be typed.
  func meant(by line: String) -> String {
    var line = line
    if let run { line = line.replacing(Self.shownRun, with: run) }
    if let digest {
      line = line.replacing("--digest \(Self.shownDigits)", with: "--digest \(digest)")
    }
    return line
  }

  /// What was printed, as a transcript shows it.
  mutating func shown(in text: String) -> String {
    var text = text
    if let found = text.firstMatch(of: /Submitted as run ([a-z]+-[0-9]{3})/) {
      run = String(found.output.1)
    }
    if let found = text.matches(of: /sha256 +([0-9a-f]{4})( [0-9a-f]{4}){15}/).last {
      digest = String(found.output.1)
    }
    if let run { text = text.replacing(run, with: Self.shownRun) }
    text = text.replacing(
      /sha256 +[0-9a-f]{4}( [0-9a-f]{4}){15}/, with: "sha256 \(Self.shownDigest)")
    // Logs and keys of witnesses, whose names end in what is drawn at random.
    text = text.replacing(/(northmoor|practice)-[0-9a-f]{8}/) { "\($0.output.1)-5ae3c76b" }
    text = text.replacing(/\+[0-9a-f]{8}\+[A-Za-z0-9+\/]{44}/, with: "+0e7791d2+<key>")
    return text.replacing(
      /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/, with: "<run>")
  }
}
