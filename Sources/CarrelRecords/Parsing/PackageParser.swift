internal import CarrelCatalogue
internal import CarrelCrypto
internal import CarrelFiles

/// Reads every file of a package and says what is in it, in a process that can do nothing else.
struct PackageParser: ~Copyable {
  private let package: DataPackage
  private let output: FrameWriter
  private let people: PersonNumbers
  private let hasher: KeyHasher
  private let firstDescriptor: Int32
  private var fileCount = 0
  private var bytesBefore = 0

  /// A parser of a package whose files are open, one after the other, from a descriptor on.
  init(
    _ package: DataPackage, firstDescriptor: Int32, hasher: KeyHasher, to output: FrameWriter
  ) {
    self.package = package
    self.output = output
    self.hasher = hasher
    self.firstDescriptor = firstDescriptor
    people = PersonNumbers(to: output)
  }

  /// Reads all of it.
  mutating func run() throws {
    for (number, resource) in package.resources.enumerated() {
      output.begin(.table)
      output.append(UInt16(number))
      try output.end()
      try readTable(resource)
    }
    output.begin(.end)
    try output.end()
    try output.flush()
  }

  private mutating func readTable(_ resource: Resource) throws {
    let table = TableParser(
      resource, keys: package.keyFields, people: people, hasher: hasher, to: output)
    var hash = StreamingHash(.sha256)
    do {
      let files = try open(resource)
      try checkDescribed(resource, files)
      for (number, file) in files.enumerated() {
        try read(file, number, of: resource, into: table, &hash)
        bytesBefore += file.byteCount
      }
    } catch let breach as FormatBreach {
      // The rest of the table cannot be read; the other tables can.
      try output.write(breach, of: resource)
    } catch let error as FileError {
      return try tellUnreadable(error, of: resource)
    }
    output.begin(.tableEnd)
    output.append(hash.finished()[...])
    try output.end()
  }

  private mutating func open(_ resource: Resource) throws(FileError) -> [IncomingFile] {
    var files: [IncomingFile] = []
    for path in resource.paths {
      files.append(
        try IncomingFile(takingOver: firstDescriptor + Int32(fileCount), path: path))
      fileCount += 1
    }
    return files
  }

  private func read(
    _ file: IncomingFile, _ number: Int, of resource: Resource, into table: TableParser,
    _ hash: inout StreamingHash
  ) throws {
    var reader = CSVReader(resource.dialect)
    var record = CSVRecord()
    output.begin(.file)
    output.append(UInt16(number))
    try output.end()
    while !reader.isAtEnd {
      let chunk = try file.next()
      hash.update(chunk.span.bytes)
      if chunk.isEmpty { reader.finish() } else { reader.append(chunk) }
      do {
        while try reader.next(&record) {
          let isFirst = !table.knowsColumns
          if isFirst { try table.readHeader(record, of: file.path) }
          if isFirst, resource.dialect.hasHeader { continue }
          try table.read(record, file: number)
        }
      } catch let error as CSVError {
        throw FormatBreach(file.path, line: error.line, .csv(error.reason))
      }
      output.begin(.progress)
      output.append(UInt64(bytesBefore + file.bytesRead))
      try output.end()
    }
    if !table.knowsColumns, resource.dialect.hasHeader { throw FormatBreach(file.path, .empty) }
  }

  /// Holds the files to the size and the hash that the package states.
  private func checkDescribed(_ resource: Resource, _ files: [IncomingFile]) throws {
    let size = files.reduce(0) { $0 + $1.byteCount }
    let stated = resource.hash.flatMap { stated in
      HashFunction(rawValue: stated.algorithm.rawValue).map { ($0, stated.hexadecimal) }
    }
    var hash = StreamingHash(stated?.0 ?? .sha256)
    if stated != nil { for file in files { try file.addBytes(to: &hash) } }
    if let sizeBytes = resource.sizeBytes, sizeBytes != size {
      throw FormatBreach(resource.paths[0], .size)
    }
    if let stated, Hexadecimal.text(of: hash.finished()) != stated.1 {
      throw FormatBreach(resource.paths[0], .hash)
    }
  }

  /// Which file cannot be read; the other process ends the load then.
  private func tellUnreadable(_ error: FileError, of resource: Resource) throws {
    output.begin(.unreadable)
    output.append(UInt16(resource.paths.firstIndex(of: error.path) ?? 0))
    try output.end()
    try output.flush()
  }
}
