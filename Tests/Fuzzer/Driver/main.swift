import CFuzzer
import CarrelSyntax
import StudyTrials

/// What libFuzzer drives: one trial for each text that it comes up with.
///
/// `carrel-fuzz --words` prints its dictionary, the words and marks of the language; anything else is
/// libFuzzer's own command line, run from the root of the checkout.
enum Fuzzer {
  private static let trial: StudyTrial? = try? StudyTrial(inFolder: "SampleData/studies")

  static func attempt(_ bytes: [UInt8]) {
    guard let trial else { fatalError("no schema") }
    let complaints = trial.complaints(about: bytes)
    precondition(complaints.isEmpty, complaints.joined(separator: "; "))
  }

  static var dictionary: String {
    let words = Words.reserved.union(Words.undeclarable).union(Words.clauses)
    let marks = [
      "(", ")", ",", ".", "=", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "{", "}", "#",
      ":", "2024-02-29", "2019-04", "1.5", "clinical_events", "patients.sex", "snomedct_code",
    ]
    return (words.sorted() + marks).map { "\"\($0)\"" }.joined(separator: "\n")
  }
}

if CommandLine.arguments.dropFirst() == ["--words"] {
  print(Fuzzer.dictionary)
} else {
  var count = CommandLine.argc
  var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
  _ = LLVMFuzzerRunDriver(&count, &arguments) { bytes, length in
    Fuzzer.attempt(Array(UnsafeBufferPointer(start: bytes, count: length)))
    return 0
  }
}
