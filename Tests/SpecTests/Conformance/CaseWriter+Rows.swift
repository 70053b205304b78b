import CarrelJSON

extension CaseWriter {
  /// One value for each patient, made of rows.
  mutating func aggregate(_ node: SpecNode) throws -> String {
    let argument = node.arguments[0]
    switch node.operation {
    case "exists", "count":
      if !argument.isOfRows {
        let known = "(\(argument.name) is known)"
        return node.operation == "exists" ? known : "(case when \(known) then 1 otherwise 0)"
      }
      return define("\(node.operation == "exists" ? "any" : "count") \(try rows(argument))")
    default:
      if node.operation == "count_distinct", argument.type == "float" {
        throw CannotSay("decimals are not counted as distinct")
      }
      let values = argument.operation == "column" ? argument.name : "(\(try operand(argument)))"
      return define("\(word(for: node)) \(values) of \(try rows(try table(of: argument)))")
    }
  }

  private func word(for node: SpecNode) -> String {
    switch (node.operation, node.type) {
    case ("min", "date"): "earliest"
    case ("max", "date"): "latest"
    case ("min", _): "smallest"
    case ("max", _): "largest"
    case ("count_distinct", _): "count distinct"
    default: node.operation
    }
  }

  /// The rows that a value of rows comes from; all its columns come from the same ones.
  private func table(of node: SpecNode) throws -> SpecNode {
    if node.operation == "column", node.isOfRows, let source = node.source { return source }
    for argument in node.arguments where argument.isOfRows { return try table(of: argument) }
    throw CannotSay("a value of rows without rows")
  }

  /// A table with all its filters; the order in which they were put on does not matter, nor does
  /// any sorting.
  mutating func rows(_ node: SpecNode) throws -> String {
    var kept: [String] = []
    var dropped: [String] = []
    var current = node
    while current.operation != "table" {
      if current.operation == "filter", let condition = current.condition {
        if let complement = Self.complement(condition) {
          dropped.insert(try operand(complement), at: 0)
        } else {
          kept.insert(try operand(condition), at: 0)
        }
      }
      guard let source = current.source else { throw CannotSay("rows without a table") }
      current = source
    }
    let filter = kept.isEmpty ? "" : " where \(kept.joined(separator: " and "))"
    let except = dropped.isEmpty ? "" : " except where \(dropped.joined(separator: " or "))"
    return current.name + filter + except
  }

  /// The condition that `except where` takes, where a filter is written as its complement: `not c
  /// or c is missing`.
  private static func complement(_ condition: SpecNode) -> SpecNode? {
    let parts = condition.arguments
    guard condition.operation == "or", parts.count == 2, parts[0].operation == "not",
      parts[1].operation == "is_null", parts[0].arguments[0].isSame(as: parts[1].arguments[0])
    else { return nil }
    return parts[0].arguments[0]
  }

  /// A picked row; missing keys come first there, so they are included here.
  ///
  /// Rows that are the same in every key would be told apart differently: there by the columns that
  /// the query selects, here by all columns of the table in its order.
  mutating func pick(_ node: SpecNode) throws -> String {
    guard let source = node.source, let position = node.json["position"]?.string else {
      throw CannotSay("a pick without rows")
    }
    var keys: [String] = []
    var current = source
    while current.operation != "table" {
      if current.operation == "sort", let key = current.key { keys.append(try operand(key)) }
      guard let next = current.source else { throw CannotSay("rows without a table") }
      current = next
    }
    let order = keys.count == 1 ? keys[0] : "(\(keys.joined(separator: ", ")))"
    return define("\(position) row of \(try rows(source)) by \(order) including missing")
  }
}
