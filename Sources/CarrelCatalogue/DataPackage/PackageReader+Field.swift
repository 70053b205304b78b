internal import CarrelJSON
internal import CarrelValues

extension PackageReader {
  func field(
    _ json: JSON, number: Int, in table: String, missingTexts inherited: [String]
  ) -> Field? {
    let place = "\(table).\(json["name"]?.string?.abbreviated ?? "field \(number)")"
    guard let object = ObjectScanner(json, "a field", at: place, log) else { return nil }
    object.pass("description", "example", "rdfType")
    object.refuse(
      "decimalChar", "groupChar", "bareNumber",
      help: "write numbers as `1234.5`, without separators or units")
    let name = object.requiredText("name")
    let title = object.text("title")
    let privacy = object.word("privacy", PrivacyRole.self)
    let type = fieldType(object, privacy)
    checkFormat(object)
    let missingTexts = missingTexts(object) ?? inherited
    let trueTexts = object.texts("trueValues") ?? Field.standardTrueTexts
    let falseTexts = object.texts("falseValues") ?? Field.standardFalseTexts
    let codingSystem = object.word("codingSystem", CodingSystem.self)
    let holdsSeveralCodes = object.boolean("multiple") ?? false
    let isUnit = object.boolean("unit") ?? false
    let isRegistration = object.boolean("registration") ?? false
    let levels = levels(object, type, missingTexts: missingTexts)
    let levelsAreOrdered = object.boolean("categoriesOrdered") ?? false
    let constraints = constraints(object, type)
    object.finish()
    guard let name, let type, checkName(name, privacy, at: place) else { return nil }
    let field = Field(
      name: name, title: title ?? name, type: type, missingTexts: missingTexts,
      trueTexts: trueTexts, falseTexts: falseTexts, levels: levels,
      levelsAreOrdered: levelsAreOrdered, constraints: constraints, privacy: privacy,
      codingSystem: codingSystem, holdsSeveralCodes: holdsSeveralCodes, isUnit: isUnit,
      isRegistration: isRegistration)
    checkAgreement(field, at: place)
    return field
  }

  /// Only what a study can name has to be a name; whatever else a file holds keeps its own.
  private func checkName(_ name: String, _ privacy: PrivacyRole?, at place: String) -> Bool {
    if ["carrel_patient", "carrel_row"].contains(name.lowercased()) {
      log.error(.wrongName, at: place, "`\(name)` is kept for storage")
      return false
    }
    if privacy == .personIdentifier || privacy == .freeText { return !name.isEmpty }
    if name.isStudyName { return true }
    log.error(
      .wrongName, at: place, "a study cannot write the name `\(name.abbreviated)`",
      help: "rename the column with letters, digits and `_`, not beginning with a digit, or leave"
        + " it out and set `fieldsMatch` to `subset`")
    return false
  }

  private func fieldType(_ object: ObjectScanner, _ privacy: PrivacyRole?) -> FieldType? {
    // Free text is never read, so that any type of the standard will do.
    if privacy == .freeText {
      _ = object.text("type")
      return .string
    }
    guard let text = object.requiredText("type") else { return nil }
    if let type = FieldType(rawValue: text) { return type }
    let types = FieldType.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
    log.error(
      .wrongType, at: object.place, "`type` `\(text.abbreviated)` is not loaded",
      help: "use one of \(types), or leave the field out and set `fieldsMatch` to `subset`")
    return nil
  }

  private func checkFormat(_ object: ObjectScanner) {
    guard let format = object.text("format"), format != "default", format != "%Y-%m-%d" else {
      return
    }
    log.error(
      .unsupported, at: object.place, "`format` `\(format.abbreviated)` is not supported",
      help: "write dates as `2024-03-31`; hold a text to a `pattern` in its `constraints`")
  }

  // MARK: Levels

  private func levels(
    _ object: ObjectScanner, _ type: FieldType?, missingTexts: [String]
  ) -> [Level]? {
    guard let elements = object.list("categories") else { return nil }
    let place = object.place
    guard type == .string || type == .integer else {
      if type != nil {
        log.error(.wrongLevels, at: place, "`categories` belong to a `string` or an `integer`")
      }
      return nil
    }
    var levels: [Level] = []
    for element in elements {
      guard let level = level(element, type) else {
        log.error(
          .wrongLevels, at: place,
          "each of `categories` must be a value of the field's type, or an object with `value` and"
            + " `label`")
        return nil
      }
      levels.append(level)
    }
    return checkLevels(levels, missingTexts: missingTexts, at: place) ? levels : nil
  }

  private func level(_ json: JSON, _ type: FieldType?) -> Level? {
    let value = json["value"] ?? json
    if json.members != nil, let label = json["label"], label.string == nil { return nil }
    let label = json["label"]?.string
    if type == .string { return value.string.map { Level(.text($0), label: label) } }
    return value.integer.map { Level(.integer($0), label: label) }
  }

  private func checkLevels(_ levels: [Level], missingTexts: [String], at place: String) -> Bool {
    var mistake: String?
    if levels.isEmpty { mistake = "there are no levels" }
    if Set(levels.map(\.value)).count != levels.count { mistake = "a level occurs twice" }
    if Set(levels.map { Value.text($0.label) }).count != levels.count {
      mistake = mistake ?? "two levels have the same label"
    }
    for level in levels {
      let text = level.value.plainText
      if text == "missing" || level.label == "missing" {
        mistake = "a level cannot be called `missing`, which means that there is no value"
      }
      if missingTexts.contains(text) || text.isEmpty || level.label.isEmpty {
        mistake = mistake ?? "a level is empty, or one of `missingValues`"
      }
    }
    if let mistake { log.error(.wrongLevels, at: place, mistake) }
    return mistake == nil
  }

  // MARK: Agreement

  /// The properties of one field must make sense together.
  private func checkAgreement(_ field: Field, at place: String) {
    func require(_ holds: Bool, _ message: String) {
      if !holds { log.error(.wrongValue, at: place, message) }
    }
    require(
      field.codingSystem == nil || field.type == .string, "`codingSystem` belongs to a `string`")
    require(
      field.codingSystem == nil || field.levels == nil,
      "a field has either a `codingSystem` or `categories`")
    require(
      !field.holdsSeveralCodes || field.codingSystem != nil,
      "`multiple` belongs to a field with a `codingSystem`")
    require(
      !field.isUnit || field.type == .string || field.type == .integer,
      "`unit` belongs to a `string` or an `integer`")
    require(
      !field.isRegistration
        || field.type.scalarType == .date && field.privacy != .freeText
          && field.privacy != .datePrecision,
      "`registration` belongs to a `date` or a `datetime` that is kept to the day")
    switch field.privacy {
    case .personIdentifier:
      require(
        field.type == .string || field.type == .integer,
        "`person-id` belongs to a `string` or an `integer`")
      require(
        field.levels == nil && field.codingSystem == nil && !field.isUnit,
        "a person identifier has no `categories`, `codingSystem` or `unit`")
    case .datePrecision:
      require(
        field.type.scalarType == .date, "`date-precision` belongs to a `date` or a `datetime`")
    case .placeLevel:
      require(
        field.type == .string || field.type == .integer,
        "`place-level` belongs to a `string` or an `integer`")
    case .quasiIdentifier, .sensitive, .freeText, nil: break
    }
    if field.type == .boolean, !Set(field.trueTexts).isDisjoint(with: field.falseTexts) {
      log.error(.wrongValue, at: place, "a text is among both `trueValues` and `falseValues`")
    }
  }
}
