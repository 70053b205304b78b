import CarrelSyntax
import CarrelValues

/// Says expressions of a study in plain English, for a reader who never programmed.
///
/// A name is said with spaces for its underscores. Whether a comparison is of dates decides between
/// "before" and "less than": a comparison is of dates when either side is one by its form, or by a
/// name in `dates`.
struct Wording {
  /// Names of columns, parameters and definitions that hold dates.
  let dates: Set<String>
  /// Names of code lists.
  let codelists: Set<String>
  /// What the parameters of a definition stand for where it is used, in words.
  var arguments: [String: String] = [:]

  /// A condition or value as a phrase.
  func words(_ expression: Expression) -> String {
    switch expression.kind {
    case .literal(let literal): words(literal)
    case .name(let name): said(name)
    case .call(let name, let arguments): words(call: name, arguments)
    case .member(let owner, let name): words(member: name, of: owner)
    case .negative(let operand): "minus \(nested(operand))"
    case .not(let operand): "it is not so that \(nested(operand))"
    case .binary(let binary, let left, let right): words(binary, left, right)
    case .membership(let membership): words(membership)
    case .between(let between):
      "\(nested(between.operand)) is \(between.isNegated ? "not " : "")between "
        + "\(nested(between.lower)) and \(nested(between.upper))"
    case .presence(let operand, let isKnown):
      "\(nested(operand)) is \(isKnown ? "known" : "missing")"
    case .elapsed(let unit, let from, let to):
      "the \(unit.rawValue)s from \(nested(from)) to \(nested(to))"
    case .categorised(let operand, let list):
      "the category of \(nested(operand)) in the list \(said(list))"
    case .choice(let choice): words(choice)
    case .bands(let bands): words(bands)
    case .combination(let combination, let operands): words(combination, operands)
    case .query(let query): words(query)
    }
  }

  /// A phrase that stands inside another: in brackets where it would read on too far.
  private func nested(_ expression: Expression) -> String {
    switch expression.kind {
    case .binary(let binary, _, _) where binary.isLogical || binary == .otherwise:
      "(\(words(expression)))"
    case .choice: "(\(words(expression)))"
    case .query(let query) where query.hasClauses: "(\(words(expression)))"
    default: words(expression)
    }
  }

  private func said(_ name: Name) -> String { arguments[name.text] ?? name.text.spoken }

  private func words(call name: Name, _ arguments: [Expression]) -> String {
    if name.text == "within", arguments.count == 3 {
      return "\(nested(arguments[0])) where that is from \(nested(arguments[1])) "
        + "to \(nested(arguments[2]))"
    }
    return arguments.isEmpty ? said(name) : said(name).joined(with: arguments.map(nested))
  }

  private func words(member name: Name, of owner: Expression) -> String {
    switch (name.text, owner.kind) {
    case ("start", _): "the start of \(nested(owner))"
    case ("end", _): "the end of \(nested(owner))"
    case (_, .name(let table)) where table.text == "patients": said(name)
    case (_, .name(let neighbour)) where ["previous", "next"].contains(neighbour.text):
      "\(said(name)) of the \(neighbour.text) record"
    default: "\(said(name)) of \(nested(owner))"
    }
  }
}

extension Wording {
  /// A literal as people write it: dates in full, texts in quotation marks.
  func words(_ literal: Literal) -> String {
    switch literal.kind {
    case .integer(let integer): String(integer)
    case .decimal(let decimal): "\(decimal)"
    case .text(let text): "“\(text)”"
    case .date(let year, let month, let day):
      CivilDate(year: year, month: month, day: day)?.inWords ?? "\(year)-\(month)-\(day)"
    case .month(let year, let month):
      CivilDate(year: year, month: month, day: 1)?.monthInWords ?? "\(year)-\(month)"
    case .duration(let duration): words(duration)
    case .boolean(let boolean): boolean ? "true" : "false"
    case .missing: "missing"
    }
  }

  private func words(_ duration: DurationLiteral) -> String {
    switch duration.count {
    case .value(1): "1 \(duration.unit.rawValue)"
    case .value(let count): "\(count) \(duration.unit.rawValue)s"
    case .hole(let name): "\(name.text) \(duration.unit.rawValue)s"
    }
  }

  private func words(
    _ binary: BinaryOperator, _ left: Expression, _ right: Expression
  ) -> String {
    let (a, b) = (nested(left), nested(right))
    let ofDates = isDate(left) || isDate(right)
    return switch binary {
    case .and: "\(logical(left, in: .and)) and \(logical(right, in: .and))"
    case .or: "\(logical(left, in: .or)) or \(logical(right, in: .or))"
    case .otherwise: "\(a) or, where that is missing, \(b)"
    case .equal: "\(a) is \(b)"
    case .notEqual: "\(a) is not \(b)"
    case .less: "\(a) is \(ofDates ? "before" : "less than") \(b)"
    case .lessOrEqual: "\(a) is \(ofDates ? "on or before" : "at most") \(b)"
    case .greater: "\(a) is \(ofDates ? "after" : "more than") \(b)"
    case .greaterOrEqual: "\(a) is \(ofDates ? "on or after" : "at least") \(b)"
    case .contains: "\(a) contains \(b)"
    case .to: "the days from \(a) to \(b)"
    case .plus: "\(a) plus \(b)"
    case .minus: "\(a) minus \(b)"
    case .times: "\(a) times \(b)"
    case .dividedBy, .div: "\(a) divided by \(b)"
    case .mod: "the remainder of \(a) divided by \(b)"
    }
  }

  /// A part of a chain of one connective needs no brackets.
  private func logical(_ expression: Expression, in connective: BinaryOperator) -> String {
    if case .binary(connective, _, _) = expression.kind { return words(expression) }
    return nested(expression)
  }

  private func words(_ membership: Membership) -> String {
    let not = membership.isNegated ? "not " : ""
    let members = membership.members.map(member)
    let verb = membership.relation == .matches ? "begins with a code of" : "is \(not)"
    if membership.relation == .matches {
      return "\(nested(membership.operand)) \(verb) \(members.joined(separator: " or "))"
    }
    let place =
      members.count == 1 ? "in \(members[0])" : "one of \(members.joined(separator: ", "))"
    return "\(nested(membership.operand)) \(verb)\(place)"
  }

  private func member(_ expression: Expression) -> String {
    if case .name(let name) = expression.kind, codelists.contains(name.text) {
      return "the list \(said(name))"
    }
    return nested(expression)
  }

  private func words(_ bands: Bands) -> String {
    let operand = nested(bands.operand)
    guard let labels = bands.labels else {
      return "\(operand) in bands that begin at \(bands.cuts.map(nested).listed)"
    }
    return "\(operand) in the bands \(labels.map { "“\($0.text)”" }.listed)"
  }

  private func words(_ choice: Choice) -> String {
    let subject = choice.subject.map { "\(nested($0)) is " } ?? ""
    var parts = choice.branches.map {
      "\(nested($0.result)) where \(subject)\(nested($0.condition))"
    }
    if let otherwise = choice.otherwise { parts.append("otherwise \(nested(otherwise))") }
    return parts.joined(separator: ", ")
  }

  private func words(_ combination: Combination, _ operands: [Expression]) -> String {
    let list = operands.map(nested).joined(separator: ", ")
    return combination == .count
      ? "how many of these hold: \(list)" : "the \(combination.rawValue) of \(list)"
  }
}

extension Wording {
  /// A set of rows as a phrase.
  func words(_ events: EventsDeclaration) -> String {
    let records = "the records in \(source(events.source))\(words(events.filters))"
    return events.sequence.isEmpty
      ? records : "\(records), each numbered in order of \(words(events.sequence))"
  }

  private func words(_ filters: Filters?) -> String {
    var text = ""
    if let condition = filters?.condition { text += " where \(words(condition))" }
    if let exception = filters?.exception {
      text += ", leaving out those where \(words(exception))"
    }
    return text
  }

  private func words(_ query: Query) -> String {
    var text = "\(subject(of: query)) \(source(query.source))\(words(query.filters))"
    if let order = query.order { text += ", in order of \(words(order.keys))" }
    return text
  }

  private func words(_ keys: [SortKey]) -> String {
    keys.map { words($0.expression) + ($0.isDescending ? ", greatest first" : "") }
      .joined(separator: ", then ")
  }

  private func subject(of query: Query) -> String {
    switch query.selection {
    case .any: "there is a record in"
    case .count: "the number of records in"
    case .countDistinct(let column): "how many different values of \(words(column)) there are in"
    case .countEpisodes: "the number of spells of"
    case .aggregate(let aggregate, let column): "the \(aggregate.rawValue) \(words(column)) in"
    case .values(let column): "the values of \(words(column)) in"
    case .row(let pick): "the \(words(pick)) record in"
    case .column(let column, let pick): "\(words(column)) of the \(words(pick)) record in"
    }
  }

  private func source(_ reference: SourceReference) -> String {
    reference.arguments.isEmpty
      ? said(reference.name) : words(call: reference.name, reference.arguments)
  }

  private func words(_ pick: Query.Pick) -> String {
    switch pick {
    case .first: "first"
    case .last: "last"
    case .number(.value(let number)): "number \(number)"
    case .number(.hole(let name)): "number \(name.text)"
    }
  }

  /// Whether an expression is a date by its form or by a name that holds one.
  func isDate(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .literal(let literal): if case .date = literal.kind { true } else { false }
    case .name(let name), .call(let name, _): dates.contains(name.text)
    case .member(_, let name):
      dates.contains(name.text) || ["start", "end"].contains(name.text)
        || name.text.hasPrefix("first_of_")
    case .binary(.plus, let left, _), .binary(.minus, let left, _),
      .binary(.otherwise, let left, _):
      isDate(left)
    case .combination(_, let operands): operands.contains(where: isDate)
    case .choice(let choice): choice.branches.contains { isDate($0.result) }
    case .query(let query): query.isDate(by: isDate)
    default: false
    }
  }
}

extension Query {
  fileprivate func isDate(by test: (Expression) -> Bool) -> Bool {
    switch selection {
    case .column(let column, _), .aggregate(.earliest, let column),
      .aggregate(.latest, let column), .aggregate(.smallest, let column),
      .aggregate(.largest, let column):
      test(column)
    default: false
    }
  }
}

extension BinaryOperator {
  fileprivate var isLogical: Bool { self == .and || self == .or || self == .otherwise }
}

extension CivilDate {
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  /// The date as people write it: 31 March 2024.
  var inWords: String { "\(day) \(monthInWords)" }

  /// The month as people write it: March 2024.
  var monthInWords: String { "\(Self.months[month - 1]) \(year)" }
}
