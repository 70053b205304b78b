internal import CarrelCatalogue

/// What comes from the process that parses, held to what such a process may say.
///
/// It says what is in each table in the order of the package, and nothing is kept of anything else:
/// a number that is no field's, a person who was never named, a text that is no text, a byte too
/// many, more than the files can hold, are all the same ``ParserNonsense``.
final class ParserFeed {
  private var frames = FrameReader()
  private let tables: [TableLoader]
  private let people: PeopleIndex
  private let log: BreachLog
  private let byteCount: Int
  private let frameLimit: Int
  private let tell: (_ table: TableLoader, _ bytesRead: Int) throws -> Void
  private var table: TableLoader?
  private var tableCount = 0
  private var fileCount = 0
  private var bytesRead = 0
  private var frameCount = 0
  /// The digest of each table that has ended.
  private(set) var digests: [[UInt8]] = []
  /// Whether everything has been said.
  private(set) var isComplete = false

  /// A feed of the tables of a package.
  ///
  /// - Parameters:
  ///   - tables: Where the rows go, in the package's order.
  ///   - people: Where people go.
  ///   - log: Where breaches of format go.
  ///   - files: What is read.
  ///   - tell: Is told now and then how many of them have been read.
  init(
    _ tables: [TableLoader], people: PeopleIndex, log: BreachLog, files: OpenedFiles,
    tell: @escaping (_ table: TableLoader, _ bytesRead: Int) throws -> Void
  ) {
    self.tables = tables
    self.people = people
    self.log = log
    byteCount = files.byteCount
    frameLimit = files.frameLimit
    self.tell = tell
  }

  /// Takes the next bytes.
  func take(_ piece: [UInt8]) throws {
    frames.append(piece)
    while let frame = try frames.next() {
      frameCount += 1
      guard !isComplete, frameCount <= frameLimit else { throw ParserNonsense() }
      try take(frame)
    }
  }

  /// Says that no more bytes come.
  func finish() throws(ParserNonsense) {
    guard isComplete, frames.isEmpty else { throw ParserNonsense() }
  }

  private func take(_ frame: ParserFrame) throws {
    switch frame {
    case .table: try beginTable()
    case .end:
      guard table == nil, tableCount == tables.count else { throw ParserNonsense() }
      isComplete = true
    default:
      guard let table else { throw ParserNonsense() }
      try take(frame, of: table)
    }
  }

  private func beginTable() throws(ParserNonsense) {
    guard table == nil, try frames.number(UInt16.self) == tableCount, tableCount < tables.count
    else { throw ParserNonsense() }
    table = tables[tableCount]
    tableCount += 1
    fileCount = 0
  }

  private func take(_ frame: ParserFrame, of table: TableLoader) throws {
    let resource = table.resource
    switch frame {
    case .file:
      guard try frames.number(UInt16.self) == fileCount, fileCount < resource.paths.count else {
        throw ParserNonsense()
      }
      fileCount += 1
    case .person: try people.add(try frames.take(frames.remainingCount), resource, file: try file())
    case .row: try table.takeRow(&frames, file: try file())
    case .refused: try table.takeRefusal(&frames, file: try file())
    case .breach: try log.add(try frames.breach(of: resource))
    case .progress: try takeProgress(table)
    case .tableEnd:
      digests.append(Array(try frames.take(ParserFrame.digestByteCount)))
      self.table = nil
    case .unreadable:
      let number = Int(try frames.number(UInt16.self))
      guard number < resource.paths.count else { throw ParserNonsense() }
      throw LoadError.unreadable(file: resource.paths[number])
    case .table, .end: preconditionFailure("what is of no table was taken before")
    }
  }

  /// The file whose rows are at hand.
  private func file() throws(ParserNonsense) -> Int {
    guard fileCount > 0 else { throw ParserNonsense() }
    return fileCount - 1
  }

  private func takeProgress(_ table: TableLoader) throws {
    let count = try frames.number(UInt64.self)
    guard count >= bytesRead, count <= byteCount else { throw ParserNonsense() }
    bytesRead = Int(count)
    try tell(table, bytesRead)
  }
}
