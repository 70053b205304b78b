import CarrelDiagnostics
import CarrelFiles
import CarrelLedger
import CarrelSite
import CarrelSyntax

/// A study as it was submitted: its text, its code lists and the values of its parameters.
struct SealedStudy {
  /// The files, under the paths that a bundle has them by.
  let files: [SiteFile]

  private static let folder = "study/"
  private static let settingsPath = RunReceipt.Parameter.sealedPath

  /// Seals a study that was opened, with the settings that it was opened with.
  init(_ study: ReadyStudy, settings: [String: String]) {
    let source = study.file.source
    let parameters = settings.map { RunReceipt.Parameter(name: $0.key, value: $0.value) }
    files =
      [
        SiteFile(path: Self.folder + Path.lastComponent(of: source.name), bytes: source.bytes),
        SiteFile(path: Self.settingsPath, bytes: RunReceipt.Parameter.sealed(parameters)),
      ] + study.codelistFiles.map { SiteFile(path: Self.folder + $0.path, bytes: $0.bytes) }
  }

  /// A study that was sealed before.
  init(files: [SiteFile]) { self.files = files }

  /// Every file but the settings: what leaves beside the results.
  var publicFiles: [SiteFile] { files.filter { $0.path != Self.settingsPath } }

  /// The study's own file, the only one directly in its folder that ends in `.carrel`.
  var studyFile: SiteFile? {
    files.first { $0.path.hasPrefix(Self.folder) && $0.path.hasSuffix(".carrel") }
  }

  /// The files of code lists.
  var codelists: [SiteFile] { publicFiles.filter { $0.path != studyFile?.path } }

  /// What parameters are set to, by name.
  var settings: [String: String] {
    let file = files.first { $0.path == Self.settingsPath }
    let parameters = file.map { RunReceipt.Parameter.unsealed($0.bytes) } ?? []
    return Dictionary(
      parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  /// Opens the study from these files and the schema of a site alone.
  func opened(at place: StudyPlace) throws(Failure) -> OpenedStudy {
    guard let studyFile else {
      throw Failure("S017", "a submission has no study", status: .worldFailed)
    }
    let lists = codelists.map {
      CodelistFiles.File(path: String($0.path.dropFirst(Self.folder.count)), bytes: $0.bytes)
    }
    return try OpenedStudy(
      StudyRequest(path: studyFile.path, place: place, settings: settings),
      reading: SourceText(name: studyFile.path, bytes: studyFile.bytes),
      codelists: CodelistFiles(sealed: lists))
  }
}
