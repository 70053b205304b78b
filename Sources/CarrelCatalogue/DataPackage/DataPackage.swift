/// The description of a set of tables as files: a Frictionless Data Package, version 2.
///
/// Reading one touches no file but the description itself. What a study may name of it is its
/// ``schema``; everything else tells the loader where the rows are and what to hold them to.
public struct DataPackage: Hashable, Sendable {
  /// What a study may name.
  public let schema: Schema
  /// The tables as files, in the same order as the schema's tables.
  public let resources: [Resource]

  /// Whether the package has rows; without any file it is a schema alone.
  public var hasFiles: Bool { resources.contains { !$0.paths.isEmpty } }

  /// The resource with this name.
  public func resource(named name: String) -> Resource? {
    resources.first { $0.name == name }
  }
}

/// One table of a data package as files, with everything that its rows are held to.
public struct Resource: Hashable, Sendable {
  /// The name of the table.
  public let name: String
  /// A title for people; the name where the package has none.
  public let title: String
  /// The files that hold the rows, in order, as plain paths inside the package's folder.
  ///
  /// Several files are parts of one: only the first has a header. Empty in a schema alone.
  public let paths: [String]
  /// What the bytes of the files, one after the other, must hash to.
  public let hash: ContentHash?
  /// How many bytes the files have together; `nil` where the package does not say.
  public let sizeBytes: Int?
  /// How fields and records are written.
  public let dialect: Dialect
  /// How the header and ``fields`` must match.
  public let fieldsMatch: FieldsMatch
  /// Every field as described, in order, those that studies never see too.
  public let fields: [Field]
  /// The fields that identify a row; each is required, and no two rows are the same in all.
  public let primaryKey: [String]
  /// Sets of fields that no two rows have the same known values in, single fields too.
  public let uniqueKeys: [[String]]
  /// What refers to rows of other tables.
  public let foreignKeys: [ForeignKey]
  /// Whether a patient has at most one row or any number.
  public let rowsPerPatient: Table.RowsPerPatient
  /// The columns in whose order `first` and `last` pick without `by`.
  public let orderedBy: [String]

  /// How a file separates and quotes its fields.
  public struct Dialect: Hashable, Sendable {
    /// The byte between fields; a comma unless the package says otherwise.
    public var delimiter = UInt8(ascii: ",")
    /// The byte around a field that holds a delimiter, a quote or a line end; doubled inside.
    public var quote = UInt8(ascii: "\"")
    /// Whether the first record names the columns.
    public var hasHeader = true

    /// Comma, double quote and a header: RFC 4180.
    public init() {}
  }

  /// How the columns of a file must match the fields described.
  public enum FieldsMatch: String, Hashable, Sendable, CaseIterable {
    /// The same fields in the same order.
    case exact
    /// The same fields in any order.
    case equal
    /// All fields described, and perhaps more.
    case subset
    /// Only fields described, and perhaps fewer.
    case superset
    /// At least one of the fields described.
    case partial
  }

  /// Fields whose values must be those of fields in another table.
  public struct ForeignKey: Hashable, Sendable {
    /// The fields here.
    public let fields: [String]
    /// The table referred to; this table itself where the package names none.
    public let table: String
    /// The fields there, one for each here.
    public let referencedFields: [String]
  }

  /// A digest that a file's bytes must have.
  public struct ContentHash: Hashable, Sendable {
    /// How the digest is computed.
    public let algorithm: Algorithm
    /// The digest in lower-case hexadecimal.
    public let hexadecimal: String

    /// The digests that a data package may use here.
    public enum Algorithm: String, Hashable, Sendable, CaseIterable {
      case md5, sha1, sha256, sha512

      var hexadecimalCount: Int {
        switch self {
        case .md5: 32
        case .sha1: 40
        case .sha256: 64
        case .sha512: 128
        }
      }
    }
  }

  /// The field with this name.
  public func field(named name: String) -> Field? {
    fields.first { $0.name == name }
  }

  /// Whether a file is compressed with gzip, as its name says.
  public static func isCompressed(_ path: String) -> Bool {
    path.lowercased().hasSuffix(".gz")
  }
}

extension Resource {
  /// The table as a study sees it.
  var table: Table {
    Table(
      name: name, title: title, rowsPerPatient: rowsPerPatient,
      columns: fields.compactMap { $0.column(isKey: primaryKey.contains($0.name)) },
      orderedBy: orderedBy,
      personIdentifier: fields.first { $0.privacy == .personIdentifier }?.name ?? "")
  }
}
