/// Why bytes are not a bundle, or a release cannot be packed as one.
public enum BundleError: Error, Hashable, Sendable {
  /// The archive is not one that Carrel writes.
  case archive(ZipFault)
  /// A file is there that no bundle has, or is missing.
  case unexpectedFile(path: String)
  /// A file that every bundle has is missing.
  case missingFile(path: String)
  /// A file does not have the form that its kind has.
  case malformed(path: String)
  /// The metadata does not describe the bundle.
  case crate(CrateFault)
}

extension BundleError: CustomStringConvertible {
  /// What is so, in words.
  public var description: String {
    switch self {
    case .archive(let fault): fault.description
    case .unexpectedFile(let path): "`\(path)` belongs to no bundle"
    case .missingFile(let path): "`\(path)` is missing"
    case .malformed(let path): "`\(path)` does not have the form that it should have"
    case .crate(let fault): fault.description
    }
  }
}
