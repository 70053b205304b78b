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
  private let folder: String
  /// What lists are pinned to, by the folder that they are in.
  private var pins: [String: CodelistPins] = [:]

  /// A reader for a study at a path.
  init(inFolderOf study: String) { folder = Path.parent(of: study) }

  /// Reads one file, through no symbolic link and nowhere but inside the study's folder.
  func reply(to request: CodelistRequest) -> CodelistReply {
    do throws(FileError) {
      let bytes = try Files.read(request.path, inside: folder)
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
    guard Files.exists(Path.join(folder, path)) else { return nil }
    let bytes = try Files.read(path, inside: folder)
    read.append(File(path: path, bytes: bytes))
    return bytes
  }
}
