/// Why metadata does not describe a released bundle.
public enum CrateFault: Error, Hashable, Sendable {
  /// It is not JSON-LD with a graph of entities.
  case notACrate
  /// An entity has no id or type, or two have the same id.
  case unclearEntity
  /// A reference leads nowhere.
  case brokenReference
  /// The entity lacks what the profile asks of it, or says something else.
  case incomplete(entity: String)
  /// A file of the bundle is not described, or a described one is not there.
  case filesDiffer
  /// No action says that disclosure was checked, and with what result.
  case noDisclosureCheck
  /// A time is not a whole hour.
  case timeTooExact
}

extension CrateFault: CustomStringConvertible {
  /// What is so, in words.
  public var description: String {
    switch self {
    case .notACrate: "`\(Crate.fileName)` is not an RO-Crate"
    case .unclearEntity: "`\(Crate.fileName)` has an entity without an id of its own or a type"
    case .brokenReference: "`\(Crate.fileName)` refers to something that it does not describe"
    case .incomplete(let entity): "`\(Crate.fileName)` says too little of `\(entity)`"
    case .filesDiffer: "`\(Crate.fileName)` does not describe exactly the files of the bundle"
    case .noDisclosureCheck: "`\(Crate.fileName)` does not say that disclosure was checked"
    case .timeTooExact: "`\(Crate.fileName)` has a time that is not a whole hour"
    }
  }
}
