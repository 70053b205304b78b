internal import CarrelJSON

/// The parts of a table schema, checked against each other.
struct TableSchema {
  var fields: [Field]
  /// Whether every field could be read; where not, a name that is not found is no second mistake.
  var isComplete: Bool
  var fieldsMatch: Resource.FieldsMatch
  var primaryKey: [String]
  var uniqueKeys: [[String]]
  var foreignKeys: [Resource.ForeignKey]
}

extension PackageReader {
  func tableSchema(_ resource: ObjectScanner, name: String) -> TableSchema? {
    guard let json = resource.value("schema") else {
      log.error(.missingProperty, at: resource.place, "`schema` is missing")
      return nil
    }
    guard let object = ObjectScanner(json, "`schema`", at: resource.place, log) else { return nil }
    object.pass(
      "$schema", "name", "title", "description", "homepage", "version", "created", "keywords",
      "contributors", "examples")
    let missingTexts = missingTexts(object) ?? [""]
    let elements = object.list("fields") ?? []
    if elements.isEmpty { log.error(.missingProperty, at: object.place, "there are no fields") }
    let fields = elements.enumerated().compactMap {
      field($0.element, number: $0.offset + 1, in: name, missingTexts: missingTexts)
    }
    let isComplete = fields.count == elements.count
    checkFieldNames(fields, at: object.place)
    checkPersonIdentifier(fields, isComplete: isComplete, at: object.place)
    let primaryKey = object.texts("primaryKey", orSingle: true) ?? []
    let uniqueKeys = uniqueKeys(object) + uniqueFields(elements, fields)
    let foreignKeys = foreignKeys(object, of: name)
    let fieldsMatch = fieldsMatch(object)
    object.finish()
    for key in [primaryKey] + uniqueKeys + foreignKeys.map(\.fields) {
      checkKey(key, fields, isComplete: isComplete, at: object.place)
    }
    return TableSchema(
      fields: fields, isComplete: isComplete, fieldsMatch: fieldsMatch, primaryKey: primaryKey,
      uniqueKeys: uniqueKeys,
      foreignKeys: foreignKeys)
  }

  /// The texts that mean that there is no value; `nil` where the object does not say.
  func missingTexts(_ object: ObjectScanner) -> [String]? {
    guard let elements = object.list("missingValues") else { return nil }
    let texts = elements.compactMap { $0.string ?? $0["value"]?.string }
    if texts.count == elements.count { return texts }
    log.error(.wrongValue, at: object.place, "`missingValues` must be a list of texts")
    return nil
  }

  private func fieldsMatch(_ object: ObjectScanner) -> Resource.FieldsMatch {
    // The profile of version 2.0 asked for a list of one by mistake; both are in use.
    if let list = object.value("fieldsMatch")?.array, list.count == 1,
      let match = list[0].string.flatMap(Resource.FieldsMatch.init(rawValue:))
    {
      return match
    }
    return object.word("fieldsMatch", Resource.FieldsMatch.self) ?? .exact
  }

  private func checkFieldNames(_ fields: [Field], at place: String) {
    var seen: [String] = []
    for field in fields {
      let plain = field.name.lowercased()
      if seen.contains(plain) {
        log.error(
          .duplicateName, at: "\(place).\(field.name)", "another field has this name",
          help: "names of fields must differ by more than case")
      }
      seen.append(plain)
    }
  }

  private func checkPersonIdentifier(_ fields: [Field], isComplete: Bool, at place: String) {
    let count = fields.count { $0.privacy == .personIdentifier }
    if count == 1 || (count == 0 && !isComplete) { return }
    log.error(
      .personIdentifier, at: place,
      count == 0 ? "no field says whose row it is" : "\(count) fields say whose row it is",
      help: "give exactly one field `\"privacy\": \"person-id\"`")
  }

  private func uniqueKeys(_ object: ObjectScanner) -> [[String]] {
    (object.list("uniqueKeys") ?? []).compactMap { element in
      let names = element.array?.compactMap(\.string)
      if let names, !names.isEmpty, names.count == element.array?.count { return names }
      log.error(
        .wrongValue, at: object.place, "`uniqueKeys` must be a list of lists of field names")
      return nil
    }
  }

  /// Fields that are unique by themselves.
  private func uniqueFields(_ elements: [JSON], _ fields: [Field]) -> [[String]] {
    let unique = elements.filter { $0["constraints"]?["unique"]?.boolean == true }
    return unique.compactMap { $0["name"]?.string }.map { [$0] }
      .filter { name in fields.contains { $0.name == name[0] } }
  }

  private func foreignKeys(_ schema: ObjectScanner, of table: String) -> [Resource.ForeignKey] {
    (schema.list("foreignKeys") ?? []).compactMap { foreignKey($0, at: schema.place, of: table) }
  }

  private func foreignKey(
    _ json: JSON, at place: String, of table: String
  ) -> Resource.ForeignKey? {
    let problemCount = log.problems.count
    guard let object = ObjectScanner(json, "a foreign key", at: place, log) else { return nil }
    let fields = object.texts("fields", orSingle: true) ?? []
    let target = object.value("reference").flatMap {
      ObjectScanner($0, "`reference`", at: place, log)
    }
    let referenced = target?.texts("fields", orSingle: true) ?? []
    let name = target?.text("resource") ?? ""
    object.finish()
    target?.finish()
    guard !fields.isEmpty, fields.count == referenced.count else {
      if log.problems.count == problemCount {
        log.error(
          .wrongValue, at: place,
          "a foreign key needs `fields` and a `reference` with as many `fields`")
      }
      return nil
    }
    return Resource.ForeignKey(
      fields: fields, table: name.isEmpty ? table : name, referencedFields: referenced)
  }

  private func checkKey(_ names: [String], _ fields: [Field], isComplete: Bool, at place: String) {
    for name in names {
      let field = fields.first { $0.name == name }
      if field == nil, isComplete {
        log.error(.unknownField, at: place, "a key names `\(name.abbreviated)`, which is no field")
      }
      if field?.privacy == .freeText {
        log.error(
          .unknownField, at: place, "a key names `\(name.abbreviated)`, which is never loaded")
      }
    }
  }
}
