/// Why an archive is not one that Carrel writes.
///
/// An archive is hostile until proved otherwise, so whatever is not needed is refused: it would say
/// one thing to one reader and another to the next.
public enum ZipFault: Error, Hashable, Sendable {
  /// It ends too early, or is no archive.
  case notAnArchive
  /// It has more bytes or files than are read.
  case tooLarge
  /// A file in it is packed, encrypted, or of a size that follows later.
  case unusualStorage
  /// A file in it has a field, a comment or an attribute that can say something twice.
  case extraField
  /// A name is not a plain relative path.
  case hostileName
  /// Two names are the same, or differ by case alone.
  case repeatedName
  /// Its list of files says something else than the files.
  case listsDiffer
  /// The checksum of a file is another.
  case wrongChecksum
  /// Bytes stand where nothing belongs.
  case strayBytes
}

extension ZipFault: CustomStringConvertible {
  /// What is so, in words.
  public var description: String {
    switch self {
    case .notAnArchive: "it is not a whole ZIP archive"
    case .tooLarge: "it has more bytes or files than are read"
    case .unusualStorage: "a file in it is packed or encrypted"
    case .extraField: "a file in it has attributes, a comment or an extra field"
    case .hostileName: "a name in it is not a plain path"
    case .repeatedName: "two names in it are the same, or differ by case alone"
    case .listsDiffer: "its list of files says something else than the files"
    case .wrongChecksum: "a checksum in it is wrong"
    case .strayBytes: "it holds bytes that belong to no file"
    }
  }
}
