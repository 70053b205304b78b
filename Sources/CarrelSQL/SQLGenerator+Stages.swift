/// A common table expression that adds columns to those that the one before hands on.
private struct Stage {
  /// Its number, by which what it holds is ordered.
  let number: Int
  /// The columns that it computes.
  let columns: [StageColumn]
  /// What its source is joined with.
  let join: String
  /// The condition on whoever the one before holds, with its `WHERE`, if there is one.
  let membership: String

  /// The SQL after its name, given the columns that it hands on unchanged.
  func text(handingOn names: [String], from source: String) -> String {
    let selected =
      (["patient"] + names).map { "s.\($0)" } + columns.map { "\($0.text) AS \($0.name)" }
    return "(\n  SELECT \(selected.joined(separator: ",\n    "))"
      + "\n  FROM \(source) AS s\(join)\(membership))"
  }
}

extension SQLGenerator {
  /// The stages up to one that a fragment of the last may be selected from, and that selection.
  ///
  /// A stage hands on no more than the later ones mention, so that no row is wider than what is yet
  /// to be computed from it, however long the chain of values.
  ///
  /// - Parameters:
  ///   - selected: The columns to select for each patient, who is called `s`.
  ///   - order: What to order by, if anything.
  /// - Returns: The stages as they follow `WITH`, and the selection.
  func selection(_ selected: [String], order: String = "") -> (stages: [String], select: String) {
    var texts = crossing.map { [$0.intervals] } ?? []
    var source = "carrel_patients"
    let stages = self.stages
    let condition = membershipClause(after: stages.last?.number ?? 0)
    let handedOn = columnsHandedOn(by: stages, to: selected + [condition])
    for (index, stage) in stages.enumerated() {
      let name = "carrel_stage_\(index + 1)"
      texts.append(
        "\(name) AS MATERIALIZED " + stage.text(handingOn: handedOn[index], from: source))
      source = name
    }
    let select =
      "SELECT \(selected.joined(separator: ",\n    "))\n  FROM \(source) AS s\(condition)\(order)"
    return (texts, select)
  }

  /// The stages, in order: those about patients, then those about patients in intervals.
  private var stages: [Stage] {
    let byNumber = Dictionary(grouping: columns, by: \.stage)
    let crossings = crossing == nil ? [] : [IntervalCrossing.stage]
    let numbers = Set(byNumber.keys).union(crossings).sorted()
    return zip(numbers, [0] + numbers).map { number, last in
      let crossing = number == IntervalCrossing.stage ? crossing : nil
      return Stage(
        number: number, columns: (crossing?.columns ?? []) + (byNumber[number] ?? []),
        join: crossing == nil ? "" : IntervalCrossing.join,
        membership: membershipClause(after: last))
    }
  }

  /// For each stage the columns of earlier ones that it hands on, in the order they were computed.
  private func columnsHandedOn(by stages: [Stage], to texts: [String]) -> [[String]] {
    var needed = texts.reduce(into: Set<String>()) { $0.formUnion(Self.columns(mentionedIn: $1)) }
    let places = stages.flatMap(\.columns).enumerated().map { ($1.name, $0) }
    let place = Dictionary(uniqueKeysWithValues: places)
    var handedOn: [[String]] = []
    for stage in stages.reversed() {
      needed.subtract(stage.columns.map(\.name))
      handedOn.append(
        needed.compactMap { name in place[name].map { (name, $0) } }
          .sorted { $0.1 < $1.1 }.map(\.0))
      for text in stage.columns.map(\.text) + [stage.membership] {
        needed.formUnion(Self.columns(mentionedIn: text))
      }
    }
    return handedOn.reversed()
  }

  /// The names behind `s.` in a text, in which constants are placeholders and no other name ends so.
  private static func columns(mentionedIn text: String) -> Set<String> {
    var found: Set<String> = []
    let bytes = Array(text.utf8)
    var start = 0
    while let dot = bytes[start...].firstIndex(of: UInt8(ascii: ".")) {
      start = dot + 1
      let isPatient =
        dot > 0 && bytes[dot - 1] == UInt8(ascii: "s")
        && (dot == 1 || !bytes[dot - 2].isPartOfName)
      let name = bytes[start...].prefix { $0.isPartOfName }
      if isPatient { found.insert(String(decoding: name, as: UTF8.self)) }
    }
    return found
  }

  private func membershipClause(after stage: Int) -> String {
    memberships.first { $0.stage == stage }.map { "\n  WHERE \($0.condition)" } ?? ""
  }
}

extension UInt8 {
  /// Whether the byte may stand in a name of a statement.
  fileprivate var isPartOfName: Bool {
    self == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
  }
}
