extension Resource {
  /// Where each field stands in a file, by the file's header.
  ///
  /// - Parameter header: The names of the file's columns, without white space around them; without
  ///   a header, as many empty texts.
  /// - Returns: For each of ``fields``, the index of its column; `nil` where the file need not have
  ///   it and does not, so that every value is missing.
  /// - Throws: ``HeaderMismatch``, by the rule of ``fieldsMatch``.
  public func columnIndices(for header: [String]) throws(HeaderMismatch) -> [Int?] {
    let names = fields.map(\.name)
    guard dialect.hasHeader else {
      guard header.count == names.count else {
        throw mismatch(missing: [], unexpected: header.count - names.count)
      }
      return Array(names.indices)
    }
    let indices = names.map { name in header.indices.filter { header[$0] == name } }
    let repeated = zip(names, indices).filter { $0.1.count > 1 }.map(\.0)
    guard repeated.isEmpty else { throw mismatch(missing: [], unexpected: 0, repeated: repeated) }
    let missing = zip(fields, indices).filter { $0.1.isEmpty && mustHave($0.0) }.map(\.0.name)
    let unexpected = header.count { !names.contains($0) }
    let mayHaveMore = fieldsMatch == .subset || fieldsMatch == .partial
    guard missing.isEmpty, unexpected == 0 || mayHaveMore else {
      throw mismatch(missing: missing, unexpected: mayHaveMore ? 0 : unexpected)
    }
    guard indices.contains(where: { !$0.isEmpty }) else {
      throw mismatch(missing: names, unexpected: 0)
    }
    guard fieldsMatch != .exact || header == names else {
      throw mismatch(missing: [], unexpected: 0)
    }
    return indices.map(\.first)
  }

  /// Whether a file must have a field: without a person or a required value no row could be kept.
  private func mustHave(_ field: Field) -> Bool {
    let mayHaveFewer = fieldsMatch == .superset || fieldsMatch == .partial
    return !mayHaveFewer || field.constraints.isRequired || field.privacy == .personIdentifier
      || primaryKey.contains(field.name)
  }

  private func mismatch(
    missing: [String], unexpected: Int, repeated: [String] = []
  ) -> HeaderMismatch {
    HeaderMismatch(
      missing: missing, unexpectedCount: unexpected, repeated: repeated, fieldsMatch: fieldsMatch)
  }
}

/// Why the header of a file does not fit the fields described.
///
/// Only names from the description are quoted: the first line of a file without a header is a
/// record.
public struct HeaderMismatch: Error, Hashable, Sendable {
  /// The fields described that the file lacks.
  public let missing: [String]
  /// How many columns the file has that are not described; negative where it has no header and
  /// too few.
  public let unexpectedCount: Int
  /// The fields described that the file has more than once.
  public let repeated: [String]
  /// The rule that was applied.
  public let fieldsMatch: Resource.FieldsMatch

  /// A mismatch of these fields, which are described, and so many columns, which are not.
  public init(
    missing: [String], unexpectedCount: Int, repeated: [String],
    fieldsMatch: Resource.FieldsMatch
  ) {
    self.missing = missing
    self.unexpectedCount = unexpectedCount
    self.repeated = repeated
    self.fieldsMatch = fieldsMatch
  }
}

extension HeaderMismatch: CustomStringConvertible {
  /// What does not fit, in plain words.
  public var description: String {
    var parts: [String] = []
    if !repeated.isEmpty { parts.append("the header names \(quoted(repeated)) more than once") }
    if !missing.isEmpty { parts.append("the header lacks \(quoted(missing))") }
    if unexpectedCount > 0 {
      parts.append(
        "\(unexpectedCount) column\(unexpectedCount == 1 ? " is" : "s are") not described")
    }
    if unexpectedCount < 0 { parts.append("\(-unexpectedCount) too few columns") }
    return parts.isEmpty
      ? "the columns are not in the order of the fields" : parts.joined(separator: "; ")
  }

  /// What to do about it.
  public var help: String {
    if missing.isEmpty, repeated.isEmpty, unexpectedCount == 0 {
      return "set `fieldsMatch` to `equal` to match columns by name"
    }
    if unexpectedCount > 0, missing.isEmpty {
      return "set `fieldsMatch` to `subset` to leave other columns out"
    }
    return "make the header and the fields of the description agree; case matters"
  }

  private func quoted(_ names: [String]) -> String {
    names.map { "`\($0)`" }.joined(separator: ", ")
  }
}
