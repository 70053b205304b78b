import CarrelFiles
import CarrelSite
import CarrelStore

extension Failure {
  /// A file or folder that could not be read or written.
  init(_ error: FileError, help: String? = nil) {
    self.init("S010", error.description, help: help, status: .worldFailed)
  }

  /// A folder that could not be made, most often because it exists.
  init(making folder: String, _ error: FileError) {
    let help: String? =
      switch error.reason {
      case .alreadyExists: "name a folder that does not exist yet"
      case .notFound where !Files.exists(Path.parent(of: folder)):
        "make `\(Path.parent(of: folder))` first"
      default: nil
      }
    self.init(error, help: help)
  }

  /// A site that cannot be made, opened or changed.
  init(_ error: SiteError) {
    self.init(error.code, error.description, help: error.help, status: .worldFailed)
  }
}
