public import CarrelCatalogue
import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

/// A file of codes that a study asks for.
public struct CodelistRequest: Hashable, Sendable {
  /// The path as the study writes it, relative to the study.
  public let path: String
  /// The header of the column of codes, where the study names it.
  public let column: String?
  /// The header of the column of categories, where the study names one.
  public let category: String?

  /// A request for the codes of a file.
  public init(path: String, column: String? = nil, category: String? = nil) {
    self.path = path
    self.column = column
    self.category = category
  }
}

/// What reading a file of codes gave.
public enum CodelistReply: Sendable {
  /// The file could be read; there may be mistakes in it.
  case read(CodelistFile.Reading)
  /// The file could not be read: why, and what to do, in a few words each.
  case unreadable(reason: String, help: String)
}

/// What is known of a code list of the study.
struct CodelistState {
  /// Where its codes come from.
  let source: Source
  /// Its system and where that was settled: by its type, or by the first column it is held against.
  var system: (CodingSystem, SourceSpan)?
  /// The list as codes of its system.
  var codelist: Codelist?
  /// Its position in the plan, once something refers to it.
  var position: Int?
  /// The position of its codes that have a category, which may be fewer.
  var categorisedPosition: Int?

  enum Source {
    case file(CodelistFile, SourceSpan)
    case codes([(code: String, span: SourceSpan)])
    case sum(CodeSum)
    /// What a parameter stands for while a definition that nothing calls is looked at.
    case unknown
  }
}
