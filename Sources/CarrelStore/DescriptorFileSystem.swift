internal import CSQLite
internal import Glibc

/// SQLite's view of one open descriptor as a database that nobody writes.
///
/// SQLite's own file system opens paths, and follows even `/proc/self/fd/5` to the path behind it,
/// where another file may lie by now. This one reads the descriptor itself, so that what was opened
/// and checked is what is read, and a process that can no longer open anything can use it. Nothing
/// is written, locked, or looked for beside the file.
enum DescriptorFileSystem {
  /// What a connection calls it.
  static let name = "carrel-descriptor"

  /// Makes it known to SQLite, once; `false` where SQLite refused.
  static let isRegistered: Bool = {
    guard sqlite3_initialize() == SQLITE_OK, let system = sqlite3_vfs_find(nil) else {
      return false
    }
    // The clock, sleep and randomness of the system's; whatever has to do with paths is replaced.
    // Both live as long as the process, as SQLite asks.
    let fileSystem = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
    fileSystem.initialize(to: system.pointee)
    fileSystem.pointee.zName = UnsafePointer(strdup(name))
    fileSystem.pointee.pNext = nil
    fileSystem.pointee.szOsFile = CInt(MemoryLayout<OpenFile>.size)
    fileSystem.pointee.xOpen = open
    fileSystem.pointee.xDelete = { _, _, _ in IOError.delete }
    fileSystem.pointee.xAccess = { _, _, _, exists in
      exists?.pointee = 0
      return SQLITE_OK
    }
    fileSystem.pointee.xFullPathname = { _, name, capacity, full in
      guard let name, let full, strlen(name) < Int(capacity) else { return SQLITE_CANTOPEN }
      strcpy(full, name)
      return SQLITE_OK
    }
    fileSystem.pointee.xDlOpen = nil
    return sqlite3_vfs_register(fileSystem, 0) == SQLITE_OK
  }()

  // Written once, here, and only read from then on.
  nonisolated(unsafe) private static let methods: UnsafePointer<sqlite3_io_methods> = {
    let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
    methods.initialize(to: sqlite3_io_methods())
    methods.pointee.iVersion = 1
    // Whoever opened the descriptor closes it.
    methods.pointee.xClose = { _ in SQLITE_OK }
    methods.pointee.xRead = read
    methods.pointee.xWrite = { _, _, _, _ in SQLITE_READONLY }
    methods.pointee.xTruncate = { _, _ in SQLITE_READONLY }
    methods.pointee.xSync = { _, _ in SQLITE_OK }
    methods.pointee.xFileSize = size
    methods.pointee.xLock = { _, _ in SQLITE_OK }
    methods.pointee.xUnlock = { _, _ in SQLITE_OK }
    methods.pointee.xCheckReservedLock = { _, isReserved in
      isReserved?.pointee = 0
      return SQLITE_OK
    }
    methods.pointee.xFileControl = { _, _, _ in SQLITE_NOTFOUND }
    methods.pointee.xSectorSize = { _ in 4096 }
    methods.pointee.xDeviceCharacteristics = { _ in SQLITE_IOCAP_IMMUTABLE }
    return UnsafePointer(methods)
  }()

  /// What SQLite keeps of an open file: its own part comes first.
  private struct OpenFile {
    var base: sqlite3_file
    var descriptor: CInt
  }

  /// Opens the database whose name is a descriptor's number, and nothing else: no journal, no file
  /// for a sort.
  private static let open:
    @convention(c) (
      UnsafeMutablePointer<sqlite3_vfs>?, UnsafePointer<CChar>?,
      UnsafeMutablePointer<sqlite3_file>?, CInt, UnsafeMutablePointer<CInt>?
    ) -> CInt = { _, name, file, flags, outFlags in
      guard let file else { return SQLITE_MISUSE }
      file.pointee.pMethods = nil
      guard flags & SQLITE_OPEN_MAIN_DB != 0, flags & SQLITE_OPEN_READONLY != 0,
        let name, let descriptor = CInt(String(cString: name))
      else { return SQLITE_CANTOPEN }
      UnsafeMutableRawPointer(file).assumingMemoryBound(to: OpenFile.self)
        .initialize(
          to: OpenFile(base: sqlite3_file(pMethods: methods), descriptor: descriptor))
      outFlags?.pointee = flags
      return SQLITE_OK
    }

  private static let read:
    @convention(c) (
      UnsafeMutablePointer<sqlite3_file>?, UnsafeMutableRawPointer?, CInt, sqlite3_int64
    ) -> CInt = { file, buffer, count, offset in
      guard let file, let buffer else { return SQLITE_MISUSE }
      var done = 0
      while done < Int(count) {
        let more = pread(
          descriptor(of: file), buffer + done, Int(count) - done, off_t(offset) + done)
        if more > 0 {
          done += more
        } else if more == 0 {
          break
        } else if errno != EINTR {
          return IOError.read
        }
      }
      guard done < Int(count) else { return SQLITE_OK }
      // What lies beyond the end reads as zeros, which SQLite relies on.
      memset(buffer + done, 0, Int(count) - done)
      return IOError.shortRead
    }

  // Not by `fstat`, which a locked-down process has no use for otherwise.
  private static let size:
    @convention(c) (
      UnsafeMutablePointer<sqlite3_file>?, UnsafeMutablePointer<sqlite3_int64>?
    ) -> CInt = { file, size in
      guard let file, let size else { return SQLITE_MISUSE }
      let end = lseek(descriptor(of: file), 0, SEEK_END)
      guard end >= 0 else { return IOError.size }
      size.pointee = sqlite3_int64(end)
      return SQLITE_OK
    }

  private static func descriptor(of file: UnsafeMutablePointer<sqlite3_file>) -> CInt {
    UnsafeMutableRawPointer(file).assumingMemoryBound(to: OpenFile.self).pointee.descriptor
  }
}

/// SQLite's codes for what failed, whose macros are not imported.
private enum IOError {
  static let read = SQLITE_IOERR | 1 << 8
  static let shortRead = SQLITE_IOERR | 2 << 8
  static let size = SQLITE_IOERR | 7 << 8
  static let delete = SQLITE_IOERR | 10 << 8
}
