import CarrelCatalogue
import CarrelChecker
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
      return .read(
        CodelistFile.read(bytes, column: request.column, category: request.category))
    } catch {
      return .unreadable(
        reason: error.reason.description,
        help: "put the file in the study's folder and write its path from there")
    }
  }
}
