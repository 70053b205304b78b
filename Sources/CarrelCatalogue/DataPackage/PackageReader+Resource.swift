internal import CarrelJSON

extension PackageReader {
  func resource(_ json: JSON, number: Int) -> Resource? {
    let place = json["name"]?.string?.abbreviated ?? "resource \(number)"
    guard let object = ObjectScanner(json, "a resource", at: place, log) else { return nil }
    object.pass(
      "$schema", "profile", "description", "mediatype", "sources", "licenses", "homepage")
    object.refuse("data", help: "put the rows in a CSV file and name it with `path`")
    let name = studyName(object, "a table", "a study")
    let title = object.text("title")
    if let type = object.text("type"), type != "table" {
      log.error(.wrongValue, at: place, "`type` must be `table`, not `\(type.abbreviated)`")
    }
    let paths = paths(object)
    let hash = hash(object)
    let sizeBytes = object.count("bytes")
    checkEncoding(object)
    let dialect = dialect(object)
    let rowsPerPatient = object.word("rowsPerPatient", Table.RowsPerPatient.self) ?? .many
    let orderedBy = object.texts("orderedBy") ?? []
    let schema = tableSchema(object, name: name ?? place)
    object.finish()
    guard let name, let schema else { return nil }
    checkOrder(orderedBy, schema, at: place)
    return Resource(
      name: name, title: title ?? name, paths: paths, hash: hash, sizeBytes: sizeBytes,
      dialect: dialect, fieldsMatch: schema.fieldsMatch, fields: schema.fields,
      primaryKey: schema.primaryKey, uniqueKeys: schema.uniqueKeys,
      foreignKeys: schema.foreignKeys, rowsPerPatient: rowsPerPatient, orderedBy: orderedBy)
  }

  private func paths(_ object: ObjectScanner) -> [String] {
    guard let paths = object.texts("path", orSingle: true) else { return [] }
    if paths.isEmpty { log.error(.wrongValue, at: object.place, "`path` names no file") }
    return paths.compactMap { plainPath($0, at: object.place) }
  }

  private func hash(_ object: ObjectScanner) -> Resource.ContentHash? {
    guard let text = object.text("hash") else { return nil }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let digest = (parts.last ?? "").lowercased()
    // A digest without the name of its algorithm is MD5, says the standard.
    let name = parts.count == 1 ? "md5" : parts[0]
    if parts.count <= 2, let algorithm = Resource.ContentHash.Algorithm(rawValue: name),
      digest.utf8.count == algorithm.hexadecimalCount, digest.allSatisfy(\.isHexDigit)
    {
      return Resource.ContentHash(algorithm: algorithm, hexadecimal: digest)
    }
    log.error(
      .wrongValue, at: object.place, "`hash` is not a digest that can be checked",
      help: "write `sha256:` and 64 hexadecimal digits")
    return nil
  }

  private func checkEncoding(_ object: ObjectScanner) {
    if let encoding = object.text("encoding"),
      !["utf-8", "utf8", "us-ascii", "ascii"].contains(encoding.lowercased())
    {
      log.error(
        .unsupported, at: object.place, "`encoding` `\(encoding.abbreviated)` is not supported",
        help: "save the file as UTF-8")
    }
    if let format = object.text("format"),
      !["csv", "tsv", "txt", "gz", "csv.gz"].contains(format.lowercased())
    {
      log.error(
        .unsupported, at: object.place, "`format` `\(format.abbreviated)` is not supported",
        help: "save the table as CSV, plain or gzip")
    }
  }

  private func dialect(_ resource: ObjectScanner) -> Resource.Dialect {
    var dialect = Resource.Dialect()
    guard let json = resource.value("dialect") else { return dialect }
    guard let object = ObjectScanner(json, "`dialect`", at: resource.place, log) else {
      return dialect
    }
    object.pass("$schema", "name", "title", "description", "lineTerminator", "csvddfVersion")
    object.pass("caseSensitiveHeader")
    object.refuse(
      "escapeChar", "commentChar", "commentRows", "headerRows", "headerJoin", "nullSequence",
      "sheetName", "sheetNumber", "table", "property", "itemType", "itemKeys",
      help: "save the table as RFC 4180 CSV: one header line, quotes doubled inside quotes")
    dialect.delimiter = separator(object, "delimiter") ?? dialect.delimiter
    dialect.quote = separator(object, "quoteChar") ?? dialect.quote
    dialect.hasHeader = object.boolean("header") ?? true
    if object.boolean("doubleQuote") == false || object.boolean("skipInitialSpace") == true {
      log.error(
        .unsupported, at: object.place,
        "`doubleQuote: false` and `skipInitialSpace: true` are not supported",
        help: "save the table as RFC 4180 CSV")
    }
    if dialect.delimiter == dialect.quote {
      log.error(.wrongValue, at: object.place, "`delimiter` and `quoteChar` are the same")
    }
    object.finish()
    return dialect
  }

  private func separator(_ object: ObjectScanner, _ name: String) -> UInt8? {
    guard let text = object.text(name) else { return nil }
    let bytes = Array(text.utf8)
    if bytes.count == 1, bytes[0] < 0x80, bytes[0] != 0x0A, bytes[0] != 0x0D { return bytes[0] }
    log.error(.wrongValue, at: object.place, "`\(name)` must be one ASCII character")
    return nil
  }

  private func checkOrder(_ names: [String], _ schema: TableSchema, at place: String) {
    for (index, name) in names.enumerated() {
      let field = schema.fields.first { $0.name == name }
      if (field == nil && schema.isComplete) || field?.isLoaded == false {
        log.error(
          .unknownField, at: place,
          "`orderedBy` names `\(name.abbreviated)`, which is no column of the table")
      }
      if names.prefix(index).contains(name) {
        log.error(.duplicateName, at: place, "`orderedBy` names `\(name.abbreviated)` twice")
      }
    }
  }
}
