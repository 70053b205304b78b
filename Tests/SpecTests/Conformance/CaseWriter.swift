import CarrelJSON

/// Something of a case that the language cannot say, with the reason.
struct CannotSay: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// Writes a case as a study in the language.
///
/// Every aggregation and every picked row becomes a definition of its own, so that a condition
/// never holds a query; whatever is composed of parts stands in parentheses, so that precedence
/// never matters. What each case tests is meaning, not layout.
struct CaseWriter {
  private var definitions: [String] = []

  /// The text of a study whose definition `result` is the case's expression, and whose definition
  /// `included` says who is in its population.
  static func study(for specCase: SpecCase) throws -> String {
    var writer = CaseWriter()
    let result = try writer.operand(specCase.expression)
    let included = try specCase.population.map { try writer.operand($0) } ?? "true"
    return """
      study "\(specCase.id)"
        uses records

      \(writer.definitions.joined(separator: "\n"))
      define result = \(result)

      population cohort
        include \(included)

      define included = cohort

      """
  }

  /// Gives an expression a name of its own, which stands for it from then on.
  mutating func define(_ text: String) -> String {
    let name = "part_\(definitions.count + 1)"
    definitions.append("define \(name) = \(text)")
    return name
  }
}

// MARK: Values

extension CaseWriter {
  /// An expression as text that can stand wherever an operand can.
  mutating func operand(_ node: SpecNode) throws -> String {
    switch node.operation {
    case "value": return try literal(node.json["value"] ?? .null, node.type)
    case "column": return try column(node)
    case "case": return try choice(node)
    case "in": return try membership(node)
    case "max_of", "min_of": return try extreme(node)
    case "exists", "count", "sum", "mean", "min", "max", "count_distinct":
      return try aggregate(node)
    default: return try operation(node)
    }
  }

  private mutating func operation(_ node: SpecNode) throws -> String {
    if let idiom = try idiom(node) { return idiom }
    let parts = try node.arguments.map { try operand($0) }
    let a = parts.first ?? ""
    let b = parts.count > 1 ? parts[1] : ""
    switch node.operation {
    case "and", "or": return "(\(a) \(node.operation) \(b))"
    case "not": return "(not \(a))"
    case "is_null": return "(\(a) is missing)"
    case "eq": return "(\(a) = \(b))"
    case "ne": return "(\(a) != \(b))"
    case "lt": return "(\(a) < \(b))"
    case "le": return "(\(a) <= \(b))"
    case "gt": return "(\(a) > \(b))"
    case "ge": return "(\(a) >= \(b))"
    case "add": return "(\(a) + \(b))"
    case "sub": return "(\(a) - \(b))"
    case "mul": return "(\(a) * \(b))"
    case "true_div": return "(\(a) / \(b))"
    case "floor_div":
      let isInteger = node.arguments.allSatisfy { $0.type == "int" }
      return isInteger ? "(\(a) div \(b))" : "floor(\(a) / \(b))"
    case "neg": return "(-\(a))"
    case "abs": return "absolute(\(a))"
    case "pow": return "power(\(a), \(b))"
    case "to_float": return "(\(a) * 1.0)"
    case "to_int": return toInteger(a, from: node.arguments[0].type)
    case "str_contains":
      let isOfCodes = node.arguments[0].type.hasPrefix("multicode")
      return "(\(a) \(isOfCodes ? "matches" : "contains") \(b))"
    case "year", "month", "day", "first_of_month", "first_of_year":
      return "\(a).\(node.operation)"
    case "date_add_days": return "(\(a) + days(\(b)))"
    case "date_add_months": return "(\(a) + months(\(b)))"
    case "date_add_years": return "(\(a) + years(\(b)))"
    // The end comes first there and the start first here.
    case "date_diff_days": return "(days from \(b) to \(a))"
    case "date_diff_months": return "(months from \(b) to \(a))"
    case "date_diff_years": return "(years from \(b) to \(a))"
    default: throw CannotSay("the operator `\(node.operation)` has no counterpart")
    }
  }

  /// What has a form of its own here where an operator tree puts two operators together.
  private mutating func idiom(_ node: SpecNode) throws -> String? {
    let parts = node.arguments
    switch (node.operation, parts.map(\.operation)) {
    case ("not", ["is_null"]):
      return "(\(try operand(parts[0].arguments[0])) is known)"
    case ("not", ["in"]):
      return try membership(parts[0], isNegated: true)
    case ("and", ["ge", "le"]) where parts[0].arguments[0].type == "date":
      guard parts[0].arguments[0].isSame(as: parts[1].arguments[0]) else { return nil }
      let ends = try parts.map { try operand($0.arguments[1]) }
      return "(\(try operand(parts[0].arguments[0])) in \(ends[0]) to \(ends[1]))"
    default: return nil
    }
  }

  /// A decimal is cut towards zero, as ehrQL does; here only `floor` is at hand.
  private func toInteger(_ text: String, from type: String) -> String {
    type == "bool"
      ? "(case when \(text) then 1 when not \(text) then 0)"
      : "(case when \(text) < 0 then -floor(-\(text)) otherwise floor(\(text)))"
  }

  private func literal(_ value: JSON, _ type: String) throws -> String {
    switch value {
    case .null: return "missing"
    case .boolean(let truth): return "\(truth)"
    case .integer(let number): return number < 0 ? "(\(number))" : "\(number)"
    case .decimal(let number):
      if "\(number)".contains("e") { throw CannotSay("numbers are written without an exponent") }
      return number < 0 ? "(\(number))" : "\(number)"
    case .string(let text): return type == "date" ? text : quoted(text, type)
    case .array, .object: throw CannotSay("a set stands only after `in`")
    }
  }

  private func quoted(_ text: String, _ type: String) -> String {
    "\"\(type.hasPrefix("code:snomedct") ? SnomedCode.completed(text) : text)\""
  }

  private mutating func column(_ node: SpecNode) throws -> String {
    guard let source = node.source else { throw CannotSay("a column without a table") }
    if node.isOfRows { return node.name }
    if source.operation == "pick" { return "\(try pick(source)).\(node.name)" }
    return "\(source.name).\(node.name)"
  }
}

// MARK: Compound values

extension CaseWriter {
  private mutating func choice(_ node: SpecNode) throws -> String {
    if let fallback = try fallback(node) { return fallback }
    var text = "case"
    for branch in node.json["cases"]?.array ?? [] {
      text += " when \(try operand(SpecNode(json: branch["when"] ?? .null)))"
      text += " then \(try branchValue(branch["then"]))"
    }
    if let other = node.json["else"], !other.isNull {
      text += " otherwise \(try branchValue(other))"
    }
    return "(\(text))"
  }

  /// `x otherwise y`, which the tree writes as a choice of x where it is not null.
  private mutating func fallback(_ node: SpecNode) throws -> String? {
    guard let branches = node.json["cases"]?.array, branches.count == 1,
      let value = branches[0]["then"], let other = node.json["else"], !other.isNull
    else { return nil }
    let condition = SpecNode(json: branches[0]["when"] ?? .null)
    guard condition.operation == "not", condition.arguments[0].operation == "is_null",
      condition.arguments[0].arguments[0].json == value
    else { return nil }
    return "(\(try operand(SpecNode(json: value))) otherwise \(try branchValue(other)))"
  }

  private mutating func branchValue(_ json: JSON?) throws -> String {
    guard let json, !json.isNull else { return "missing" }
    return try operand(SpecNode(json: json))
  }

  private mutating func membership(
    _ node: SpecNode, isNegated: Bool = false
  ) throws -> String {
    let value = try operand(node.arguments[0])
    let isIn = isNegated ? "not in" : "in"
    let set = node.arguments[1]
    if set.operation == "as_set" {
      let column = set.arguments[0]
      guard column.operation == "column", let source = column.source else {
        throw CannotSay("a set of values is one column of a table")
      }
      return "(\(value) \(isIn) (\(column.name) of \(try rows(source))))"
    }
    let type = String(set.type.dropFirst("set<".count).dropLast())
    let members = try (set.json["value"]?.array ?? []).map { try literal($0, type) }
    switch members.count {
    // Membership in no values is false even of a missing value, there and here.
    case 0:
      return "(\(value) \(isIn) (\(SpecTable.column(ofType: type)) of \(SpecTable.nothing.name)))"
    // One in parentheses is that one, not a list.
    case 1: return "(\(value) \(isNegated ? "!=" : "=") \(members[0]))"
    default: return "(\(value) \(isIn) (\(members.joined(separator: ", "))))"
    }
  }

  private mutating func extreme(_ node: SpecNode) throws -> String {
    let parts = try node.arguments.map { try operand($0) }
    let isGreatest = node.operation == "max_of"
    switch node.type {
    case "date":
      return "\(isGreatest ? "latest" : "earliest") of (\(parts.joined(separator: ", ")))"
    case "str":
      // The list forms take numbers and dates; a choice says the same of texts.
      let comparison = isGreatest ? ">=" : "<="
      return parts.dropFirst().reduce(parts[0]) { a, b in
        "(case when \(a) \(comparison) \(b) then \(a) when \(a) is missing then \(b)"
          + " when \(b) is missing then \(a) otherwise \(b))"
      }
    default: return "\(isGreatest ? "largest" : "smallest") of (\(parts.joined(separator: ", ")))"
    }
  }
}
