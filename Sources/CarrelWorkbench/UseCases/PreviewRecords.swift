import CarrelFiles
import CarrelRecords
import CarrelSite
import CarrelValues
import Glibc

/// The records of a preview: a synthetic site's, or a folder's loaded for as long as this lives.
final class PreviewRecords {
  /// The records database.
  let opened: OpenedRecords
  private let temporaryFolder: String?

  /// Finds or makes the records of a place.
  ///
  /// - Throws: A ``Failure``; a protected site is refused before anything is read.
  init(of place: StudyPlace) throws(Failure) {
    switch place {
    case .site(let site):
      opened = try Self.syntheticRecords(at: site)
      temporaryFolder = nil
    case .folder(let folder):
      let temporary = try Self.makeTemporaryFolder()
      temporaryFolder = temporary
      let path = Path.join(temporary, "records.sqlite")
      try Self.load(folder, into: path)
      opened = try OpenedRecords(unsealedAt: path)
    case .nowhere:
      throw Failure(
        "S012", "carrel preview needs people to show",
        help: "name a folder with `--data DIR` or a site with `--site DIR`",
        status: .wrongCommandLine)
    }
  }

  deinit { if let temporaryFolder { try? Files.remove(temporaryFolder) } }

  private static func syntheticRecords(at path: String) throws(Failure) -> OpenedRecords {
    let (site, snapshot) = try Site.live(at: path)
    guard site.kind == .synthetic else {
      throw Failure(
        "S032", "a protected site has no rows to preview: they are people",
        help: "leave `--site` out to preview on invented people", status: .refused)
    }
    return try OpenedRecords(of: snapshot, at: site)
  }

  private static func makeTemporaryFolder() throws(Failure) -> String {
    var template = Array("/tmp/carrel-preview-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw Failure(
        "S010", "cannot create a folder in `/tmp`: \(String(cString: strerror(errno)))",
        help: "make room in `/tmp`", status: .worldFailed)
    }
    return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private static func load(_ folder: String, into path: String) throws(Failure) {
    do {
      let source = PackageFolder(at: folder)
      let (descriptor, package) = try source.read()
      let loader = RecordLoader(
        package, descriptor: descriptor, folder: source.path, identity: .verbatim, rules: .preview,
        date: .today)
      _ = try loader.load(into: path) { _ in !Interruption.wasRequested }
    } catch let error as LoadError {
      throw Interruption.wasRequested ? .interrupted : Failure(error)
    } catch let error as FileError {
      throw Failure(error, help: "name a folder that holds `datapackage.json`")
    } catch let failure as Failure {
      throw failure
    } catch {
      preconditionFailure("a load fails in ways that are known")
    }
  }
}
