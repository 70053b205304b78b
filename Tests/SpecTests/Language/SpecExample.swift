import TestSupport
import Testing

/// One thing that a chapter says, with all that it needs: rows, files, a study, and what comes out.
struct SpecExample: Sendable, CustomTestStringConvertible {
  /// The chapter's name and the line that the example's block begins on.
  let place: String
  let study: String
  let records: SpecRecords
  let files: [String: String]
  let claim: Claim

  var testDescription: String { place }

  enum Claim: Sendable {
    /// The study has no mistake.
    case isAccepted
    /// Each patient has these values.
    case gives(DrawnTable)
    /// What leaves under a policy: on the screen, or in a file.
    case releases(String, policy: String, file: String?)
    /// What is said of the study's mistakes.
    case isRefused(String)
    /// The study in its canonical layout.
    case isFormatted(String)
  }

  static let all: [SpecExample] = {
    do {
      return try Chapter.all.get().flatMap { try $0.examples() }
    } catch {
      // One example that fails with the reason, in place of none that pass.
      return [
        SpecExample(
          place: "\(error)", study: "", records: SpecRecords(), files: [:],
          claim: .isFormatted("\(error)"))
      ]
    }
  }()
}

extension Chapter {
  /// What the chapter says, block by block.
  func examples() throws -> [SpecExample] { try claims().map(\.example) }

  /// Every claim with the position of its block among the parts.
  func claims() throws -> [(part: Int, example: SpecExample)] {
    var whole = Context()
    var section: Context?
    var claims: [(Int, SpecExample)] = []
    for (index, part) in parts.enumerated() {
      switch part {
      case .prose(let line) where line.hasPrefix("# "): (whole, section) = (Context(), nil)
      case .prose(let line) where line.hasPrefix("## "): section = whole
      case .prose: break
      case .block(let block):
        var context = section ?? whole
        for claim in try context.read(block, isRefused: isRefused(after: index)) {
          claims.append(
            (
              index,
              SpecExample(
                place: "\(name), line \(block.line)", study: claim.study, records: claim.records,
                files: context.files, claim: claim.claim)
            ))
        }
        if section == nil { whole = context } else { section = context }
      }
    }
    return claims
  }

  /// Whether the statements of a block are there to be refused.
  private func isRefused(after index: Int) -> Bool {
    for case .block(let block) in parts[(index + 1)...] {
      if block.kind == "refused" { return true }
      if block.kind == "carrel" { return false }
    }
    return false
  }
}

/// What holds at a place of a chapter.
private struct Context {
  var records = SpecRecords()
  var files: [String: String] = [:]
  var study = ""

  typealias Reading = (study: String, records: SpecRecords, claim: SpecExample.Claim)

  mutating func read(_ block: Chapter.Block, isRefused: Bool) throws -> [Reading] {
    let argument = block.words.dropFirst().first
    switch (block.kind, argument) {
    case ("rows", let table?): records.tables[table] = try DrawnTable(block.lines)
    case ("file", let path?): files[path] = block.text + "\n"
    case ("carrel", let word):
      study = word == "continued" ? study + "\n" + block.text : block.text
      return isRefused ? [] : [(study, records, .isAccepted)]
    case ("gives", nil): return [(study, records, .gives(try DrawnTable(block.lines)))]
    case ("values", let word):
      return [try values(DrawnTable(block.lines), after: word == "continued" ? study : "")]
    case ("released", let policy?):
      let file = block.words.dropFirst(2).first
      return [(study, records, .releases(block.text, policy: policy, file: file))]
    case ("refused", nil): return [(study, records, .isRefused(block.text))]
    case ("formatted", nil): return [(study, records, .isFormatted(block.text))]
    default: throw Misdrawn("line \(block.line): what is a block `\(block.words)`?")
    }
    return []
  }

  /// One row of `facts` for each line; columns that the heading begins with are given, the rest are
  /// what comes out.
  private func values(_ table: DrawnTable, after study: String) throws -> Reading {
    let facts = ["a", "b", "x", "y", "p", "q", "s", "t", "d", "e", "code", "codes"]
    let given = table.heading.prefix { facts.contains($0) }
    let numbers = table.rows.indices.map { String($0 + 1) }
    var records = records
    records.tables["facts"] = DrawnTable(
      heading: [DrawnTable.patient] + given,
      rows: zip(numbers, table.rows).map { [$0] + $1.prefix(given.count) })
    let result = DrawnTable(
      heading: [DrawnTable.patient] + table.heading.dropFirst(given.count),
      rows: zip(numbers, table.rows).map { [$0] + $1.dropFirst(given.count) })
    let columns = given.map { "define \($0) = facts.\($0)" }.joined(separator: "\n")
    return (study + "\n" + columns, records, .gives(result))
  }
}
