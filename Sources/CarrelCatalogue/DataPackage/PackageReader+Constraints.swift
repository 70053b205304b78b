internal import CarrelJSON
internal import CarrelValues

extension PackageReader {
  func constraints(_ field: ObjectScanner, _ type: FieldType?) -> Field.Constraints {
    var constraints = Field.Constraints()
    guard let json = field.value("constraints"), let type,
      let object = ObjectScanner(json, "`constraints`", at: field.place, log)
    else { return constraints }
    object.refuse(
      "exclusiveMinimum", "exclusiveMaximum", "jsonSchema", help: "use `minimum` and `maximum`")
    constraints.isRequired = object.boolean("required") ?? false
    _ = object.boolean("unique")
    constraints.minimum = bound(object, "minimum", type)
    constraints.maximum = bound(object, "maximum", type)
    constraints.minimumLength = length(object, "minLength", type)
    constraints.maximumLength = length(object, "maxLength", type)
    constraints.pattern = pattern(object, type)
    constraints.allowed = allowed(object, type)
    if let low = constraints.minimum, let high = constraints.maximum, high < low {
      log.error(.wrongConstraint, at: field.place, "`minimum` is greater than `maximum`")
    }
    object.finish()
    return constraints
  }

  private func bound(_ object: ObjectScanner, _ name: String, _ type: FieldType) -> Value? {
    guard let json = object.value(name) else { return nil }
    if type != .string, type != .boolean, let value = value(json, type) { return value }
    log.error(
      .wrongConstraint, at: object.place,
      "`\(name)` must be a value of the field's type, a number or a date")
    return nil
  }

  private func length(_ object: ObjectScanner, _ name: String, _ type: FieldType) -> Int? {
    guard let count = object.count(name) else { return nil }
    if type == .string { return count }
    log.error(.wrongConstraint, at: object.place, "`\(name)` belongs to a `string`")
    return nil
  }

  private func pattern(_ object: ObjectScanner, _ type: FieldType) -> String? {
    guard let pattern = object.text("pattern") else { return nil }
    if type == .string, (try? Regex(pattern)) != nil { return pattern }
    log.error(
      .wrongConstraint, at: object.place,
      type == .string
        ? "`pattern` is not a regular expression" : "`pattern` belongs to a `string`")
    return nil
  }

  private func allowed(_ object: ObjectScanner, _ type: FieldType) -> [Value]? {
    guard let elements = object.list("enum") else { return nil }
    let values = elements.compactMap { value($0, type) }
    if !values.isEmpty, values.count == elements.count { return values }
    log.error(
      .wrongConstraint, at: object.place, "`enum` must be a list of values of the field's type")
    return nil
  }

  /// A value written in the description, in its own JSON type or as the text of a file.
  private func value(_ json: JSON, _ type: FieldType) -> Value? {
    switch type {
    case .string: json.string.map(Value.text)
    case .integer: (json.integer ?? json.string.flatMap { Int($0) }).map(Value.integer)
    case .number: (json.number ?? json.string.flatMap { Double($0) }).map(Value.decimal(finite:))
    case .boolean: json.boolean.map(Value.boolean)
    case .date: json.string.flatMap { CivilDate(iso: $0) }.map(Value.date)
    case .datetime:
      json.string.flatMap { CivilDate(ofTimestamp: Array($0.utf8)[...]) }.map(Value.date)
    }
  }
}
