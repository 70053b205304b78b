import CarrelAudit
import CarrelFiles
import CarrelJSON
import CarrelWitness

/// `carrel audit`: what a reader can derive of the hidden cells of any table, and how to stop that.
public struct TableAudit: Sendable {
  /// What a reader can derive of one hidden cell.
  public struct Finding: Sendable {
    /// The levels of its key, one of each dimension, joined by `|`.
    public let cell: String
    /// The least number of people that agrees with everything published.
    public let low: Int
    /// The largest; `nil` where there is none.
    public let high: Int?
    /// Whether the exact count can be derived.
    public let isRecoverable: Bool
    /// Whether both bounds are exact; if not, the search for them gave up and the cell is not safe.
    public let isDecided: Bool
    /// A table with the least and one with the largest number, as counts by combination of leaves.
    public let witnesses: [[(cell: String, count: Int)]]
  }

  /// Every cell whose exact count is not published, in the order of the file.
  public let findings: [Finding]
  /// The cells proposed to be hidden as well; `nil` where none were asked for.
  public let companions: [String]?
  /// The suppressed cells that no proposal protects.
  public let unprotected: [String]

  /// What to do beyond deriving intervals.
  public struct Request: Sendable {
    /// The file: JSON, or CSV if its name ends in `.csv`.
    public var path: String
    /// Counts to take for suppressed although the file shows them.
    public var hidden: ClosedRange<Int>?
    /// Whether to propose cells to hide with those that are.
    public var protects = false
    /// Whether to keep the witnesses of each interval.
    public var keepsWitnesses = false

    /// The audit of one file.
    public init(path: String) { self.path = path }
  }

  /// Reads a file and audits its table.
  ///
  /// - Throws: A ``Failure`` for a file that is unreadable or describes no table, and for figures
  ///   with which no table agrees.
  public init(_ request: Request) throws(Failure) {
    var table = try Self.table(at: request.path)
    if let hidden = request.hidden { table.suppress(hidden) }
    try table.checkSums()
    var result = try table.audited()
    guard request.protects else {
      (companions, unprotected) = (nil, [])
      findings = table.findings(result, keepsWitnesses: request.keepsWitnesses)
      return
    }
    let proposal = table.proposal(after: result)
    for cell in proposal.companions { table.cells[cell].figure = .suppressed(low: 0, high: nil) }
    if !proposal.companions.isEmpty { result = try table.audited() }
    findings = table.findings(result, keepsWitnesses: request.keepsWitnesses)
    companions = table.names(proposal.companions)
    let open = Set(findings.filter { $0.isRecoverable || !$0.isDecided }.map(\.cell))
    unprotected = table.names(proposal.primaries).filter(open.contains)
  }

  private static func table(at path: String) throws(Failure) -> TableDescription {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try Files.read(path, limitBytes: 64 << 20)
    } catch {
      throw Failure(error)
    }
    do throws(TableReader.Mistake) {
      if path.lowercased().hasSuffix(".csv") { return try TableCSV(bytes).table }
      return try TableReader(json(bytes)).table
    } catch {
      throw Failure(
        "T001", "`\(path)` describes no table: \(error.message)",
        help: "docs/audit.md shows how a table is described", status: .foundSomethingWrong)
    }
  }

  private static func json(_ bytes: [UInt8]) throws(TableReader.Mistake) -> JSON {
    do throws(JSONError) {
      return try JSON(parsing: bytes, limits: JSON.Limits(bytes: 64 << 20))
    } catch {
      throw TableReader.Mistake(error.description)
    }
  }
}

extension TableDescription {
  /// Suppresses the shown cells whose counts are in a range.
  fileprivate mutating func suppress(_ hidden: ClosedRange<Int>) {
    for cell in cells.indices where cells[cell].count.map(hidden.contains) ?? false {
      if case .shown = cells[cell].figure {
        cells[cell].figure = .suppressed(low: 0, high: nil)
      }
    }
  }

  /// Makes sure that the true counts add up, where all of them are known.
  fileprivate func checkSums() throws(Failure) {
    guard let truth else { return }
    for cell in cells {
      guard let count = cell.count, count != cell.atoms.reduce(0, { $0 + truth[$1] }) else {
        continue
      }
      throw Failure(
        "T002",
        "no table agrees with these figures: what `\(cell.name)` sums does not add up to it",
        help: "correct the file", status: .foundSomethingWrong)
    }
  }

  /// The names of cells, each once.
  fileprivate func names(_ numbers: [Int]) -> [String] {
    var seen: Set<String> = []
    return numbers.map { cells[$0].name }.filter { seen.insert($0).inserted }
  }

  /// The cells whose exact counts are not published, each key once.
  fileprivate var hiddenCells: [Int] {
    var seen: Set<[String]> = []
    return cells.indices.filter { cells[$0].isHidden && seen.insert(cells[$0].key).inserted }
  }

  fileprivate func audited() throws(Failure) -> Audit {
    let problem = AuditProblem(
      atomCount: atomCount ?? 0, facts: cells.compactMap(\.fact),
      cells: hiddenCells.map { cells[$0].atoms }, table: truth)
    do throws(AuditError) {
      return try Audit(problem)
    } catch {
      switch error {
      case .noTableAgrees:
        throw Failure(
          "T002", "no table agrees with these figures",
          help: "correct the file", status: .foundSomethingWrong)
      case .undecided:
        throw Failure(
          "T003", "the table is too hard to decide, and must be taken for unsafe",
          help: "give the true counts, or audit a part of it", status: .foundSomethingWrong)
      }
    }
  }

  fileprivate func findings(_ audit: Audit, keepsWitnesses: Bool) -> [TableAudit.Finding] {
    zip(hiddenCells, audit.intervals).map { cell, interval in
      TableAudit.Finding(
        cell: cells[cell].name, low: interval.low, high: interval.high,
        isRecoverable: interval.isExact, isDecided: interval.isDecided,
        witnesses: keepsWitnesses
          ? [interval.lowWitness, interval.highWitness].map { counts(audit.witnesses, $0) } : [])
    }
  }

  private func counts(_ witnesses: WitnessTables, _ number: Int) -> [(cell: String, count: Int)] {
    var table = witnesses.base
    if number > 0 {
      for change in witnesses.others[number - 1] { table[change.atom] += change.difference }
    }
    return table.enumerated().map { (key(ofAtom: $0).joined(separator: "|"), $1) }
  }
}
