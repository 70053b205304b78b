public import CarrelValues

extension CodelistFile {
  /// What a file gives as codes of one system.
  public struct Resolution: Hashable, Sendable {
    /// The list; `nil` if any problem is an error.
    public let codelist: Codelist?
    /// Every problem, errors first.
    public let problems: [CodelistProblem]
  }

  /// The codes as those of a system, with what the system says against them.
  ///
  /// A code that does not have the form of the system is left out with a warning, since no record
  /// can hold it; a wrong check digit is a warning alone. Codes are compared as they are stored.
  public func codelist(named name: String, in system: CodingSystem) -> Resolution {
    var resolver = CodelistResolver(system: system)
    for entry in entries { resolver.add(entry) }
    let problems = resolver.problems(hasCategories: hasCategories)
    guard !problems.contains(where: \.isError) else {
      return Resolution(codelist: nil, problems: problems)
    }
    return Resolution(
      codelist: Codelist(
        name: name, system: system,
        entries: resolver.kept.map { ($0.code, $0.category) }, hasCategories: hasCategories),
      problems: problems)
  }
}

/// Sorts the entries of a file by what is wrong with them.
private struct CodelistResolver {
  let system: CodingSystem
  var kept: [CodelistFile.Entry] = []
  private var firstByCode: [String: CodelistFile.Entry] = [:]
  private var duplicates: [Int] = []
  private var conflicts: [Int] = []
  private var malformed: [Int] = []
  private var truncated: [Int] = []
  private var damaged: [Int] = []
  private var wrongDigits: [Int] = []

  init(system: CodingSystem) { self.system = system }

  mutating func add(_ entry: CodelistFile.Entry) {
    let code = system.normalised(entry.code)
    guard system.isWellFormed(code) else {
      setAside(code, line: entry.line)
      return
    }
    if let first = firstByCode[code] {
      duplicates.append(entry.line)
      if first.category != entry.category { conflicts.append(entry.line) }
      return
    }
    if !system.hasValidCheckDigit(code) {
      if isRounded(code) { damaged.append(entry.line) } else { wrongDigits.append(entry.line) }
    }
    let stored = CodelistFile.Entry(code: code, category: entry.category, line: entry.line)
    firstByCode[code] = stored
    kept.append(stored)
  }

  private mutating func setAside(_ code: String, line: Int) {
    if isDamaged(code) {
      damaged.append(line)
    } else if isTruncated(code) {
      truncated.append(line)
    } else {
      malformed.append(line)
    }
  }

  func problems(hasCategories: Bool) -> [CodelistProblem] {
    let title = system.title
    var problems: [CodelistProblem] = []
    func report(
      _ kind: CodelistProblem.Kind, _ lines: [Int], _ one: String, _ many: String,
      help: String? = nil
    ) {
      if lines.isEmpty { return }
      problems.append(CodelistProblem(kind, lines: lines, one: one, many: many, help: help))
    }
    if kept.isEmpty {
      problems.append(
        CodelistProblem(
          kind: .noCodes, line: (malformed + truncated + damaged).min(),
          message: "none of the codes is a \(title) code",
          help: "check the column, and the system that the list is used with"))
      return problems
    }
    if hasCategories {
      report(
        .conflictingCategories, conflicts, "code is listed again with another category",
        "codes are listed again with another category", help: "keep one row for each code")
      report(
        .wrongCategory, kept.filter { $0.category == "missing" }.map(\.line),
        "category is called `missing`", "categories are called `missing`",
        help: "leave the category empty for codes without one")
    }
    report(
      .spreadsheetDamage, damaged, "code looks as if a spreadsheet had changed it",
      "codes look as if a spreadsheet had changed them",
      help: "download the list again, and do not save it from a spreadsheet")
    report(
      .malformed, malformed, "code is not a \(title) code and is left out",
      "codes are not \(title) codes and are left out")
    report(
      .truncated, truncated, "code has lost characters of a \(title) code and is left out",
      "codes have lost characters of \(title) codes and are left out", help: truncatedHelp)
    report(
      .wrongCheckDigit, wrongDigits, "code fails its check digit", "codes fail their check digit",
      help: "compare them with the list that was published")
    report(.duplicate, duplicates, "code is listed again", "codes are listed again")
    return problems
  }

  private var truncatedHelp: String {
    switch system {
    case .ctv3, .read2:
      "a code has five characters, and the dots that end one belong to it: download the list again"
    default: "a spreadsheet drops leading zeros: download the list again"
    }
  }

  /// Whether a code is one of the system but for what trimming or a spreadsheet takes away: dots at
  /// the end, or a zero at the beginning.
  private func isTruncated(_ code: String) -> Bool {
    switch system {
    case .ctv3, .read2:
      let dots = String(repeating: ".", count: max(0, 5 - code.utf8.count))
      return !code.isEmpty && !dots.isEmpty && system.isWellFormed(code + dots)
    case .bnf: return code.utf8.allSatisfy(\.isASCIIDigit) && system.isWellFormed("0" + code)
    default: return false
    }
  }

  /// Whether a code was shown as a number in scientific notation, such as `1.23E+14`.
  private func isDamaged(_ code: String) -> Bool {
    let parts = code.utf8.split(maxSplits: 1) { $0 | 0x20 == UInt8(ascii: "e") }
    guard parts.count == 2, let exponent = parts.last, let mantissa = parts.first else {
      return false
    }
    let signs = [UInt8(ascii: "+"), UInt8(ascii: "-")]
    let digits = exponent.first.map(signs.contains) == true ? exponent.dropFirst() : exponent
    return !digits.isEmpty && digits.allSatisfy(\.isASCIIDigit)
      && mantissa.first?.isASCIIDigit == true
      && mantissa.allSatisfy { $0.isASCIIDigit || $0 == UInt8(ascii: ".") }
  }

  /// Whether everything after the fifteenth digit, all that a spreadsheet keeps, is zero.
  private func isRounded(_ code: String) -> Bool {
    code.utf8.count > 15 && code.utf8.dropFirst(15).allSatisfy { $0 == UInt8(ascii: "0") }
  }
}
