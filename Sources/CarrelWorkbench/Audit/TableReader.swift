import CarrelJSON

/// Reads the JSON description of a table to audit; see `docs/audit.md`.
struct TableReader {
  private(set) var table = TableDescription()

  /// A mistake in a description, with the place in words.
  struct Mistake: Error {
    let message: String

    init(_ message: String) { self.message = message }
  }

  private static let headings = ["title", "name", "source", "note", "description"]

  /// Reads a description: an object, or a list of tables.
  init(_ json: JSON) throws(Mistake) {
    let document: JSON = json.array == nil ? json : .object([.init("tables", json)])
    try expect(
      document, named: "the description", ["dims", "cells", "tables", "rounding"] + Self.headings)
    if let dims = document["dims"] { _ = try readDimensions(dims, place: "`dims`") }
    let tables = try list(document["tables"], named: "`tables`")
    var sections: [(json: JSON, dimensions: [Int]?, place: String)] = []
    for (number, json) in tables.enumerated() {
      let place = "table \(number + 1)"
      try expect(json, named: place, ["dims", "cells", "rounding"] + Self.headings)
      let own = try json["dims"].map { dims throws(Mistake) in
        try readDimensions(dims, place: "`dims` of \(place)")
      }
      sections.append((json, own, place))
    }
    if document["cells"] != nil { sections.insert((document, nil, "the table"), at: 0) }
    guard !table.dimensions.isEmpty else { throw Mistake("`dims` names no dimension") }
    guard table.atomCount != nil else {
      throw Mistake("more than \(TableDescription.atomLimit) combinations of leaves")
    }
    guard !sections.isEmpty else { throw Mistake("there are no `cells`") }
    let rounding = try rule(document["rounding"], place: "`rounding`")
    for section in sections {
      let own = try rule(section.json["rounding"], place: "`rounding` of \(section.place)")
      try readCells(
        section.json["cells"], of: section.place, over: section.dimensions,
        rounding: own ?? rounding)
    }
    guard !table.cells.isEmpty else { throw Mistake("there are no `cells`") }
  }
}

// MARK: Dimensions

extension TableReader {
  /// Reads dimensions, or the names of some that are known; gives their numbers.
  private mutating func readDimensions(_ json: JSON, place: String) throws(Mistake) -> [Int] {
    var numbers: [Int] = []
    for dimension in try list(json, named: place) {
      let number = try readDimension(dimension, place: place)
      guard !numbers.contains(number) else {
        throw Mistake("\(place) names `\(table.dimensions[number].name)` twice")
      }
      numbers.append(number)
    }
    return numbers
  }

  private mutating func readDimension(_ json: JSON, place: String) throws(Mistake) -> Int {
    if let name = json.string {
      if let known = table.dimensions.firstIndex(where: { $0.name == name }) { return known }
      throw Mistake("\(place) names `\(name)`, which is no dimension")
    }
    try expect(json, named: "a dimension", ["name", "leaves", "groups"] + Self.headings)
    guard let name = json["name"]?.string else { throw Mistake("a dimension has no `name`") }
    var leaves: [String] = []
    for leaf in try list(json["leaves"], named: "`leaves` of `\(name)`") {
      guard let leaf = Self.level(leaf) else {
        throw Mistake("a leaf of `\(name)` is \(leaf.kind); write a text")
      }
      guard leaf != TableDescription.total, !leaves.contains(leaf) else {
        throw Mistake("`\(name)` has the leaf `\(leaf)` twice, or as the name of its total")
      }
      leaves.append(leaf)
    }
    guard !leaves.isEmpty else { throw Mistake("`\(name)` has no leaves") }
    var number = table.dimensions.count
    if let known = table.dimensions.firstIndex(where: { $0.name == name }) {
      guard table.dimensions[known].leaves == leaves else {
        throw Mistake("`\(name)` has other leaves in one table than in another")
      }
      number = known
    } else {
      table.dimensions.append(.init(name: name, leaves: leaves))
    }
    try readGroups(json["groups"], of: number)
    return number
  }

  private mutating func readGroups(_ json: JSON?, of number: Int) throws(Mistake) {
    let name = table.dimensions[number].name
    for (group, members) in try groups(json, of: name) {
      var leaves: Set<Int> = []
      for member in try list(members, named: "the group `\(group)` of `\(name)`") {
        guard let level = Self.level(member), let found = table.dimensions[number].levels[level]
        else {
          throw Mistake(
            "the group `\(group)` of `\(name)` has a member that is neither a leaf nor a group before it"
          )
        }
        leaves.formUnion(found)
      }
      guard !leaves.isEmpty else { throw Mistake("the group `\(group)` of `\(name)` is empty") }
      let known = table.dimensions[number].levels[group]
      guard known == nil || known == leaves.sorted() else {
        throw Mistake("`\(name)` has two levels called `\(group)`")
      }
      table.dimensions[number].levels[group] = leaves.sorted()
    }
  }

  /// Groups by name, or as a list of objects with a name and leaves.
  private func groups(_ json: JSON?, of name: String) throws(Mistake) -> [(String, JSON?)] {
    if let members = json?.members { return members.map { ($0.name, $0.value) } }
    var groups: [(String, JSON?)] = []
    for group in try list(json, named: "`groups` of `\(name)`") {
      try expect(group, named: "a group of `\(name)`", ["name", "leaves"])
      guard let own = group["name"]?.string else {
        throw Mistake("a group of `\(name)` has no `name`")
      }
      groups.append((own, group["leaves"]))
    }
    return groups
  }

  /// A level as a text; whole numbers, such as years, may stand without quotes.
  static func level(_ json: JSON) -> String? { json.string ?? json.integer.map(String.init) }
}

// MARK: Cells

extension TableReader {
  private mutating func readCells(
    _ json: JSON?, of place: String, over dimensions: [Int]?, rounding: TableRounding?
  ) throws(Mistake) {
    var seen: Set<[String]> = []
    for (number, cell) in try list(json, named: "`cells` of \(place)").enumerated() {
      let label = "cell \(number + 1) of \(place)"
      try expect(cell, named: label, CellReader.members)
      let key = try key(cell["key"], over: dimensions ?? Array(table.dimensions.indices), label)
      guard let atoms = table.atoms(of: key) else {
        throw Mistake("\(label) has a level that is not in `dims`: `\(unknown(in: key))`")
      }
      guard seen.insert(key).inserted else {
        throw Mistake("the cell `\(key.joined(separator: "|"))` occurs twice in \(place)")
      }
      let reader = CellReader(json: cell, name: key.joined(separator: "|"), rounding: rounding)
      table.cells.append(
        TableDescription.Cell(
          key: key, atoms: atoms, figure: try reader.figure(), count: try reader.count()))
    }
  }

  /// A key with a level for every dimension: `Total` where the table does not have it.
  private func key(
    _ json: JSON?, over dimensions: [Int], _ label: String
  ) throws(Mistake) -> [String] {
    var key = [String](repeating: TableDescription.total, count: table.dimensions.count)
    if let members = json?.members {
      for member in members {
        guard let number = dimensions.first(where: { table.dimensions[$0].name == member.name }),
          let level = Self.level(member.value)
        else { throw Mistake("the key of \(label) has `\(member.name)`, which is no dimension") }
        key[number] = level
      }
      return key
    }
    let levels =
      json?.string.map { $0.split(separator: "|").map(String.init) }
      ?? json?.array.map { $0.compactMap(Self.level) } ?? []
    guard levels.count == dimensions.count else {
      throw Mistake("the key of \(label) does not have a level for each of its dimensions")
    }
    for (number, level) in zip(dimensions, levels) { key[number] = level }
    return key
  }

  private func unknown(in key: [String]) -> String {
    zip(key, table.dimensions).first { $1.levels[$0] == nil }?.0 ?? ""
  }
}

// MARK: Shapes

extension TableReader {
  private func list(_ json: JSON?, named name: String) throws(Mistake) -> [JSON] {
    guard let json else { return [] }
    guard let list = json.array else { throw Mistake("\(name) is \(json.kind); write a list") }
    return list
  }

  private func expect(_ json: JSON, named name: String, _ known: [String]) throws(Mistake) {
    guard let members = json.members else {
      throw Mistake("\(name) is \(json.kind); write an object")
    }
    for member in members where !known.contains(member.name) {
      throw Mistake("\(name) has `\(member.name)`, which nothing reads")
    }
  }

  private func rule(_ json: JSON?, place: String) throws(Mistake) -> TableRounding? {
    guard let json else { return nil }
    guard let rule = TableRounding(json) else { throw Mistake(Self.unknownRule(place)) }
    return rule
  }

  static func unknownRule(_ place: String) -> String {
    "\(place) is no rule that is known; write \"nearest 5\" or \"midpoint 6\", say"
  }
}
