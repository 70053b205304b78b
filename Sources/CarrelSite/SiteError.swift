public import CarrelCrypto
public import CarrelFiles
public import CarrelLedger
public import CarrelStore

/// Why a site cannot be made, opened or changed; each case has a stable code.
public enum SiteError: Error, Hashable, Sendable {
  /// There is nothing at the path.
  case missing(path: String)
  /// What is at the path is not a site.
  case notASite(path: String)
  /// A new site needs a folder of its own.
  case folderInUse(path: String)
  /// A file of the site was changed by something other than Carrel, or copied from another site.
  case tampered(path: String)
  /// Others than the owner can reach the file or folder, or it belongs to somebody else.
  case wrongPermissions(path: String)
  /// The site was written by a version of Carrel that this one does not know.
  case unknownFormat(path: String, version: Int)
  /// The site has no records yet.
  case noRecords(path: String)
  /// Another process is loading records into the site.
  case busy(path: String)
  /// A site's name is empty, longer than 64 characters or holds control characters.
  case invalidName
  /// The file system failed.
  case file(FileError)
  /// A key could not be made.
  case crypto(CryptoError)
  /// The site's public log failed, or is not the one that the site signed.
  case ledger(LedgerError)
  /// The database of the site's state failed.
  case store(StoreError)
  /// The database of the site's state holds what this version of Carrel never writes.
  case damagedState
  /// The public log tells of changes that the database of the site's state does not know.
  case outdatedState
  /// The key of pseudonyms was exchanged as often as can be told apart.
  case noKeyLeft
}

extension SiteError {
  /// The stable code, from `S001`.
  public var code: String {
    switch self {
    case .missing: "S001"
    case .notASite: "S002"
    case .folderInUse: "S003"
    case .tampered: "S004"
    case .wrongPermissions: "S005"
    case .unknownFormat: "S006"
    case .noRecords: "S007"
    case .busy: "S008"
    case .invalidName: "S009"
    case .file: "S010"
    case .crypto: "S011"
    case .ledger: "S018"
    case .store: "S016"
    case .damagedState: "S017"
    case .outdatedState: "S044"
    case .noKeyLeft: "S048"
    }
  }

  /// The next step, where there is one to name.
  public var help: String? {
    switch self {
    case .missing(let path): "carrel site create \(path) --kind synthetic"
    case .notASite: "name the folder that `carrel site create` made"
    case .folderInUse: "name a folder that does not exist yet"
    case .tampered: "restore the file from a backup of this site, or create a new site"
    case .wrongPermissions(let path): "chmod -R go= \(path)"
    case .unknownFormat: "use the version of Carrel that wrote it, or a later one"
    case .noRecords(let path): "carrel load DATAPACKAGE --site \(path)"
    case .busy: "wait until the other load has ended"
    case .invalidName: "use 1 to 64 letters, digits and spaces"
    case .damagedState: "restore the site from a backup"
    case .outdatedState: "put back the latest `site.sqlite`: what was released since must be known"
    case .store(let error) where error.isDiskFull: "make room on the disk; nothing was changed"
    case .ledger(.busy): "wait until the other process has ended"
    case .ledger: "carrel ledger verify says what is wrong with it"
    case .noKeyLeft: "make a new site, and import the releases of this one"
    case .file, .crypto, .store: nil
    }
  }
}

extension SiteError: CustomStringConvertible {
  /// What is so, in words.
  public var description: String {
    switch self {
    case .missing(let path): "there is no site at `\(path)`"
    case .notASite(let path): "`\(path)` is not a site"
    case .folderInUse(let path): "`\(path)` exists and is not empty"
    case .tampered(let path): "`\(path)` does not carry the seal of its site"
    case .wrongPermissions(let path): "`\(path)` can be reached by others than its owner"
    case .unknownFormat(let path, let version):
      "`\(path)` has format \(version), which this version of Carrel does not know"
    case .noRecords(let path): "the site `\(path)` has no records yet"
    case .busy(let path): "another process is loading records into `\(path)`"
    case .invalidName: "the site's name is not one that people can read"
    case .file(let error): error.description
    case .crypto(let error): error.description
    case .ledger(let error): error.description
    case .store(let error): error.description
    case .damagedState: "the state of the site is damaged"
    case .outdatedState: "the state of the site is older than its public ledger"
    case .noKeyLeft: "the key of pseudonyms was exchanged 255 times, and cannot be once more"
    }
  }
}
