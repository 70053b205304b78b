public import CarrelValues

/// A set of codes of one system, some or all of them with a category.
public struct Codelist: Hashable, Sendable {
  /// What a study calls the list.
  public let name: String
  /// The system of every code.
  public let system: CodingSystem
  /// The codes as they are stored, in byte order, each once.
  public let codes: [String]
  /// The category of each code, in the same order; `nil` for a code without, empty for a list
  /// without categories.
  public let categories: [String?]
  /// The categories in the order in which the list first names them.
  public let levels: [String]

  /// A list of these codes, in any order; of a code that is repeated the first entry counts.
  ///
  /// - Parameters:
  ///   - name: What a study calls the list.
  ///   - system: The system of every code.
  ///   - entries: Codes as they are stored, with their categories.
  ///   - hasCategories: Whether the list declares categories at all.
  public init(
    name: String, system: CodingSystem, entries: [(code: String, category: String?)],
    hasCategories: Bool = false
  ) {
    var categories: [String: String?] = [:]
    var levels: [String] = []
    for entry in entries where categories.updateIfAbsent(entry.code, entry.category) {
      if let level = entry.category, !levels.contains(level) { levels.append(level) }
    }
    let codes = categories.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    self.name = name
    self.system = system
    self.codes = codes
    self.categories = hasCategories ? codes.map { categories[$0] ?? nil } : []
    self.levels = hasCategories ? levels : []
  }

  /// Whether a code, in the form in which codes are stored, is in the list.
  public func contains(_ code: String) -> Bool { index(of: code) != nil }

  /// The category of a code; `nil` for one that has none or is not in the list.
  public func category(of code: String) -> String? {
    guard !categories.isEmpty, let index = index(of: code) else { return nil }
    return categories[index]
  }

  private func index(of code: String) -> Int? {
    var range = codes.startIndex..<codes.endIndex
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      if codes[middle].utf8.lexicographicallyPrecedes(code.utf8) {
        range = middle + 1..<range.upperBound
      } else {
        range = range.lowerBound..<middle
      }
    }
    let found = range.lowerBound
    return found < codes.endIndex && codes[found].utf8.elementsEqual(code.utf8) ? found : nil
  }
}

extension Dictionary {
  /// Adds a value unless the key has one; whether it was added.
  fileprivate mutating func updateIfAbsent(_ key: Key, _ value: Value) -> Bool {
    guard index(forKey: key) == nil else { return false }
    updateValue(value, forKey: key)
    return true
  }
}
