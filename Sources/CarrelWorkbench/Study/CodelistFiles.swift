import CarrelCatalogue
import CarrelChecker
import CarrelCrypto
import CarrelFiles

/// Reads the code lists that a study asks for, from the study's own folder.
final class CodelistFiles {
  /// A code list file as it was read.
  struct File: Sendable {
    let path: String
    let bytes: [UInt8]
  }

  /// What was read so far, in order, each file once.
  private(set) var read: [File] = []
  private let source: Source
  /// What lists are pinned to, by the folder that they are in.
  private var pins: [String: CodelistPins] = [:]

  /// Where code lists come from.
  private enum Source {
    case folder(String)
    case sealed([File])
  }

  /// A reader for a study at a path.
  init(inFolderOf study: String) { source = .folder(Path.parent(of: study)) }

  /// A reader for a study that was submitted with these files, and may read no others.
  init(sealed files: [File]) { source = .sealed(files) }

  private func bytes(of path: String) throws(FileError) -> [UInt8] {
    switch source {
    case .folder(let folder): return try Files.read(path, inside: folder)
    case .sealed(let files):
      guard let file = files.first(where: { $0.path == path }) else {
        throw FileError(.read, path, .notFound)
      }
      return file.bytes
    }
  }

  /// Reads one file, through no symbolic link and nowhere but inside the study's folder.
  func reply(to request: CodelistRequest) -> CodelistReply {
    do throws(FileError) {
      let bytes = try bytes(of: request.path)
      if !read.contains(where: { $0.path == request.path }) {
        read.append(File(path: request.path, bytes: bytes))
      }
      let pinProblems = try problems(with: bytes, at: request.path)
      let reading = CodelistFile.read(bytes, column: request.column, category: request.category)
      return .read(
        CodelistFile.Reading(
          file: pinProblems.contains(where: \.isError) ? nil : reading.file,
          problems: pinProblems + reading.problems))
    } catch {
      return .unreadable(
        reason: error.reason.description,
        help: "put the file in the study's folder and write its path from there")
    }
  }

  // MARK: Pinned versions

  /// What `codelists.txt` and `codelists.json` beside a list say against it; what is wrong with the
  /// two themselves is said once.
  private func problems(
    with bytes: [UInt8], at path: String
  ) throws(FileError) -> [CodelistProblem] {
    let parent = Path.parent(of: path)
    var found: [CodelistProblem] = []
    if pins[parent] == nil {
      let read = CodelistPins(
        list: try pinFile(CodelistPins.listName, in: parent),
        lock: try pinFile(CodelistPins.lockName, in: parent))
      pins[parent] = read
      found = read.problems
    }
    let digest = HashFunction.sha1.digest(of: CodelistPins.digestedBytes(of: bytes))
    let against = pins[parent]?.problems(
      ofFile: Path.lastComponent(of: path), digest: Hexadecimal.text(of: digest))
    return found + (against ?? [])
  }

  /// The bytes of one of the two files, which belong to what the study was checked with.
  private func pinFile(_ name: String, in parent: String) throws(FileError) -> [UInt8]? {
    let path = parent == "." ? name : Path.join(parent, name)
    do throws(FileError) {
      let bytes = try bytes(of: path)
      read.append(File(path: path, bytes: bytes))
      return bytes
    } catch {
      if error.reason == .notFound { return nil }
      throw error
    }
  }
}
