internal import CarrelCatalogue
internal import CarrelCrypto
internal import CarrelFiles
internal import CarrelSandbox

/// The process that reads incoming files.
///
/// It is this same program, started by a load. It has the files, opened for it, and a pipe; before
/// it reads a byte of them it gives up everything else, so that whatever a file may do to what reads
/// it, there is no key to read, no path to write to and no network to send to. It uncompresses,
/// decodes, parses and checks, and writes what it finds as ``ParserFrame``s.
public enum RecordParser {
  /// The word that starts this program as such a process; no person types it.
  public static let word = "record-parser"

  /// The greatest description of a package.
  static let descriptorLimitBytes = 1 << 26

  /// What the process is bounded to: a day, and room for the identifiers of a hundred million
  /// people.
  static let limits = SandboxLimits(memoryBytes: 16 << 30, processorSeconds: seconds)
  static let seconds = 86_400

  /// Locks down, reads the files of the package it is asked for, and gives the exit status.
  ///
  /// - Parameter words: The arguments after ``word``.
  /// - Returns: The exit status, which says no more than whether all was read.
  public static func main(_ words: [String]) -> Int32 {
    do {
      var prepared: KeyHasher?
      let process = try ConfinedProcess(words) { prepared = prepare() }
      let descriptor = try process.question(byteLimit: descriptorLimitBytes)
      // What a study may call a column was looked at before.
      guard let hasher = prepared,
        let package = DataPackage.read(descriptor, reservedWords: []).package
      else { return failed }
      let output = FrameWriter { try process.make($0) }
      var parser = PackageParser(
        package, firstDescriptor: ConfinedChild.fileNumber, hasher: hasher, to: output)
      try parser.run()
      try process.send([])
      return 0
    } catch {
      return failed
    }
  }

  private static let failed: Int32 = 70

  /// Lets the cryptographic library find all that will be asked of it while it may open files.
  private static func prepare() -> KeyHasher? {
    for function in HashFunction.allCases { _ = function.digest(of: [UInt8]()) }
    return try? KeyHasher()
  }
}

/// The files of a package, opened for a process that is handed them.
struct OpenedFiles {
  let descriptors: [Descriptor]
  /// How many bytes they have together.
  let byteCount: Int
  /// More than anybody has to say of them: of each byte of text a row, a person and how far it is.
  let frameLimit: Int

  /// Opens every file of a package, through no symbolic link and none outside its folder.
  ///
  /// - Throws: ``FileError``, ``LoadError/tooManyFiles(limit:)``.
  init(of package: DataPackage, in folder: String) throws {
    let paths = package.resources.flatMap(\.paths)
    guard paths.count <= ConfinedChild.fileLimit else {
      throw LoadError.tooManyFiles(limit: ConfinedChild.fileLimit)
    }
    var descriptors: [Descriptor] = []
    var byteCount = 0
    var textByteLimit = 0
    for path in paths {
      let file = try ByteReader(path, inside: folder)
      let fileByteCount = file.sizeBytes ?? 0
      byteCount += fileByteCount
      textByteLimit += IncomingFile.textByteLimit(of: path, byteCount: fileByteCount)
      descriptors.append(Descriptor(takingOver: try file.duplicatedDescriptor()))
    }
    self.descriptors = descriptors
    self.byteCount = byteCount
    frameLimit = 3 * textByteLimit + 16 * paths.count + 16
  }
}

extension RecordLoader {
  /// Has the files read, and takes what is in them.
  ///
  /// - Throws: ``LoadError/unconfined(_:_:)`` before a byte is read, ``LoadError/parser(_:)``, and
  ///   what the feed throws.
  func parse(_ files: OpenedFiles, into feed: ParserFeed) throws {
    let child = try ConfinedChild(
      program: program, word: RecordParser.word, limits: RecordParser.limits,
      files: files.descriptors)
    let missing = child.report.missingRequired(permitting: rules.layersThatMayBeAbsent)
    guard missing.isEmpty else { throw LoadError.unconfined(missing, child.report) }
    let answer = try child.ask(
      descriptor, byteLimit: 0, before: .now + .seconds(RecordParser.seconds)
    ) { try feed.take($0) }
    switch answer {
    case .complete: try feed.finish()
    case .late: throw LoadError.parser(.late)
    case .ended: throw LoadError.parser(.ended)
    }
  }
}
