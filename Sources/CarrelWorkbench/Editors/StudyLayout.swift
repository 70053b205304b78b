public import CarrelDiagnostics
import CarrelFiles
import CarrelSyntax

/// A study's file beside the canonical layout of what it says.
public struct StudyLayout {
  /// The path that was asked for.
  public let path: String
  /// The mistakes that keep the file from being laid out.
  public let diagnostics: Diagnostics
  private let source: SourceText
  /// The canonical text; `nil` for a file with mistakes.
  private let canonical: String?

  /// Reads a file and lays it out.
  ///
  /// Nothing is written, and no schema and no code list is read.
  ///
  /// - Throws: A ``Failure`` where the file cannot be read; mistakes in it are not thrown.
  public init(path: String) throws(Failure) {
    do throws(FileError) {
      source = SourceText(name: path, bytes: try Files.read(path))
    } catch {
      throw Failure(error)
    }
    var found = Diagnostics()
    canonical = StudyFile.canonicalText(of: source, reporting: &found)
    diagnostics = found
    self.path = path
  }

  /// Whether the file has mistakes, and so no canonical layout.
  public var hasMistakes: Bool { canonical == nil }

  /// Whether the file is other than it should be.
  public var isToChange: Bool {
    canonical.map { !$0.utf8.elementsEqual(source.bytes) } ?? false
  }

  /// Writes the canonical text over the file, where they differ.
  ///
  /// - Throws: A ``Failure`` where the file cannot be written; it is then as it was.
  public func write() throws(Failure) {
    guard let canonical, isToChange else { return }
    do throws(FileError) {
      try Files.write(Array(canonical.utf8), to: path, access: .everyone)
    } catch {
      throw Failure(error)
    }
  }
}

extension StudyLayout {
  /// The first line that is other than it should be, as written and as it should be; what has no
  /// such line has `nil`.
  public var firstDifference: (line: Int, written: String?, canonical: String?)? {
    guard let canonical, isToChange else { return nil }
    let written = lines(of: source.text(in: 0..<source.bytes.count))
    let wanted = lines(of: canonical)
    let place = zip(written, wanted).prefix { $0.utf8.elementsEqual($1.utf8) }.count
    return (
      place + 1, place < written.count ? written[place] : nil,
      place < wanted.count ? wanted[place] : nil
    )
  }

  /// The lines of a text with what ends them, since that may be the difference.
  private func lines(of text: String) -> [String] {
    text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map {
      DisplayedText(String($0)).text
    }
  }
}

extension StudyLayout {
  /// The studies that paths name: files as they are, and of a folder the `.carrel` files in it and
  /// in the folders inside, in the order of their names.
  ///
  /// - Throws: A ``Failure`` where a folder cannot be read or holds no study.
  public static func studies(at paths: [String]) throws(Failure) -> [String] {
    var found: [String] = []
    for path in paths {
      guard Files.isFolder(path) else {
        found.append(path)
        continue
      }
      let inside = try studies(in: path)
      guard !inside.isEmpty else {
        throw Failure(
          "S012", "there is no study in `\(path)`",
          help: "name a file, or a folder that holds a `.carrel` file", status: .worldFailed)
      }
      found += inside
    }
    return found
  }

  private static func studies(in folder: String) throws(Failure) -> [String] {
    let names: [String]
    do throws(FileError) {
      names = try Files.list(folder)
    } catch {
      throw Failure(error)
    }
    var found: [String] = []
    for name in names where !name.hasPrefix(".") {
      let path = Path.join(folder, name)
      switch Files.kind(of: path) {
      case .folder: found += try studies(in: path)
      case .file where name.hasSuffix(".carrel"): found.append(path)
      default: break
      }
    }
    return found
  }
}
