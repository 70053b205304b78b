public import CarrelCatalogue
public import CarrelCrypto
public import CarrelFiles
public import CarrelSandbox
public import CarrelStore

/// Why a load wrote nothing; each case has a stable code.
public enum LoadError: Error, Hashable, Sendable {
  /// A synthetic site loads only what states that nobody in it is real.
  case notSynthetic(package: String)
  /// Fields that a protected site refuses, because they may hold anything.
  case undeclaredFreeText([PackageProblem])
  /// What is said to be invented holds a valid NHS number outside the range kept for tests.
  case realIdentifier(file: String, field: String)
  /// Files break their own format. The list is cut where there are many.
  case format([FormatBreach])
  /// More rows of these tables break a constraint than may be left out.
  case tooManyRefused(tables: [String], LoadReport)
  /// Whoever asked for the load stopped it.
  case interrupted
  /// A file cannot be read or written.
  case file(FileError)
  /// The database failed.
  case store(StoreError)
  /// The process that reads the files could not be started or spoken to.
  case child(SandboxError)
  /// A key could not be made.
  case crypto(CryptoError)
  /// More people have been at the site than can be numbered.
  case tooManyPeople
  /// The process that reads the files would not be confined as reading records of people takes;
  /// the layers that are missing, and what became of each.
  case unconfined([SandboxLayer], SandboxReport)
  /// The process that reads the files did not do what it is there for.
  case parser(ParserFailure)
  /// A file was opened and cannot be read.
  case unreadable(file: String)
  /// A package has more files than a process can be handed.
  case tooManyFiles(limit: Int)

  /// How the process that reads the files failed.
  public enum ParserFailure: String, Hashable, Sendable {
    /// It ended before it was done: it may have wanted more memory than it is given.
    case ended = "ended before it was done"
    /// It took longer than it is given.
    case late = "took too long"
    /// It said something that such a process never says.
    case nonsense = "did not do what it was asked to, and was ended"
  }
}

extension LoadError {
  /// The stable code, from `S201`.
  public var code: String {
    switch self {
    case .notSynthetic: "S201"
    case .undeclaredFreeText: "S202"
    case .realIdentifier: "S203"
    case .format: "S204"
    case .tooManyRefused: "S205"
    case .interrupted: "S206"
    case .file: "S207"
    case .store: "S208"
    case .child: "S209"
    case .crypto: "S210"
    case .tooManyPeople: "S211"
    case .unconfined: "S212"
    case .parser: "S213"
    case .unreadable: "S214"
    case .tooManyFiles: "S215"
    }
  }

  /// The next step, where there is one to name.
  public var help: String? {
    switch self {
    case .notSynthetic: "state `\"synthetic\": true` if nobody in it is real"
    case .undeclaredFreeText:
      "declare `categories`, a `codingSystem` or a `pattern`, or `\"privacy\": \"free-text\"`"
    case .realIdentifier: "load records of people into a protected site"
    case .format: "correct the files or `datapackage.json`; nothing was loaded"
    case .tooManyRefused: "correct the files; nothing was loaded"
    case .unconfined(let missing, _):
      "see carrel status --sandbox; a policy may say `sandbox may lack \(missing[0].rawValue)`"
    case .tooManyFiles: "put several files of a table into one"
    case .interrupted, .file, .store, .child, .crypto, .tooManyPeople, .parser, .unreadable: nil
    }
  }

  /// How many breaches of format are found before the load stops.
  static let shownBreaches = 20

  /// What any failure during a load is to whoever asked for it.
  init(_ error: any Error) {
    switch error {
    case let error as LoadError: self = error
    case let error as FileError: self = .file(error)
    case let error as StoreError: self = .store(error)
    case let error as SandboxError: self = .child(error)
    case let error as CryptoError: self = .crypto(error)
    case is ParserNonsense: self = .parser(.nonsense)
    default: preconditionFailure("a load fails in ways that are known")
    }
  }
}

extension LoadError: CustomStringConvertible {
  /// What is so, in words; a line for each breach of a format.
  public var description: String {
    switch self {
    case .notSynthetic(let package):
      "the package `\(package)` does not say that nobody in it is real"
    case .undeclaredFreeText(let problems):
      "a protected site takes no open text: "
        + problems.map { "`\($0.place)`" }.joined(separator: ", ")
    case .realIdentifier(let file, let field):
      "`\(field)` in `\(file)` holds a valid NHS number outside the range kept for tests"
    case .format(let breaches):
      breaches.map(\.description).joined(separator: "\n")
        + (breaches.count < Self.shownBreaches ? "" : "\nonly the first of them are shown")
    case .tooManyRefused(let tables, _):
      "too many rows break a constraint: " + tables.map { "`\($0)`" }.joined(separator: ", ")
    case .interrupted: "the load was interrupted; nothing changed"
    case .file(let error): error.description
    case .store(let error): error.description
    case .child(let error): error.description
    case .crypto(let error): error.description
    case .tooManyPeople: "more people have been at the site than it can number"
    case .unconfined:
      "files are read only in a whole sandbox, and this machine lacks a layer"
    case .parser(let failure): "the process that reads the files \(failure.rawValue)"
    case .unreadable(let file): "cannot read `\(file)` to its end"
    case .tooManyFiles(let limit): "the package has more than \(limit) files"
    }
  }
}

/// A place where a file breaks its own format: file, line, field and rule, never what stands there.
public struct FormatBreach: Error, Hashable, Sendable {
  /// The file, as the data package names it.
  public let file: String
  /// The line where the record begins, counted from 1; `nil` for the file as a whole.
  public let line: Int?
  /// The field; `nil` for the record as a whole.
  public let field: String?
  /// What is wrong there.
  public let rule: Rule

  /// What can be wrong with a file.
  public enum Rule: Hashable, Sendable {
    /// The bytes are not a table.
    case csv(CSVError.Reason)
    /// There is not even a header.
    case empty
    /// The header does not fit the fields described.
    case header(HeaderMismatch)
    /// A value is not of its field's type.
    case type(FieldType)
    /// A value is none of its field's levels.
    case unknownLevel
    /// A value that must be there is missing.
    case missing
    /// An identifier is empty, longer than 64 bytes, or holds a control character.
    case identifier
    /// A second row of a table that has one for each patient.
    case secondRow
    /// Another row has the same values in these fields, which identify a row.
    case repeatedKey([String])
    /// There is no row with these values in the table referred to.
    case unknownReference(table: String)
    /// The file is not the one that the package describes.
    case hash, size
    /// The file cannot be uncompressed.
    case damagedCompression
    /// The file becomes more than a hundred times as large.
    case expandsTooMuch
  }

  init(_ file: String, line: Int? = nil, field: String? = nil, _ rule: Rule) {
    self.file = file
    self.line = line
    self.field = field
    self.rule = rule
  }
}

extension FormatBreach: CustomStringConvertible {
  /// The place and the rule on one line: ``events.csv line 90000, `date`: not a date``.
  public var description: String {
    let place = line.map { "\(file) line \($0)" } ?? file
    return place + (field.map { ", `\($0)`" } ?? "") + ": \(rule)"
  }
}

extension FormatBreach.Rule: CustomStringConvertible {
  /// The rule in plain words.
  public var description: String {
    switch self {
    case .csv(let reason): CSVError(line: 0, reason: reason).message
    case .empty: "the file is empty"
    case .header(let mismatch): mismatch.description
    case .type(let type): "not \(type.expectation)"
    case .unknownLevel: "not one of its levels"
    case .missing: "missing, and required"
    case .identifier: "an identifier that is empty, longer than 64 bytes or not on one line"
    case .secondRow: "a second row for the same patient"
    case .repeatedKey(let fields): "the same \(Self.list(fields)) as in another row"
    case .unknownReference(let table): "no such row in `\(table)`"
    case .hash: "not the file that its hash describes"
    case .size: "not as many bytes as described"
    case .damagedCompression: "cannot be uncompressed"
    case .expandsTooMuch: "becomes more than 100 times as large when uncompressed"
    }
  }

  private static func list(_ fields: [String]) -> String {
    fields.map { "`\($0)`" }.joined(separator: " and ")
  }
}

extension FieldType {
  /// What a text should have been.
  fileprivate var expectation: String {
    switch self {
    case .string: "a text"
    case .integer: "an integer"
    case .number: "a number"
    case .boolean: "true or false, as the field writes them"
    case .date: "a date from 1900 to 9999, written `YYYY-MM-DD`"
    case .datetime: "a date from 1900 to 9999 and a time, written `YYYY-MM-DDThh:mm:ss`"
    }
  }
}
