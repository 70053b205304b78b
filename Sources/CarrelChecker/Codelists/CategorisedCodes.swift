import CarrelCatalogue
import CarrelValues

/// Codes of one system with their categories, while a list is made from others.
struct CategorisedCodes {
  /// Whether any list that was added declares categories.
  private(set) var hasCategories = false
  /// The categories, in the order in which the lists first name them.
  private(set) var levels: [String] = []
  private var categories: [String: String?] = [:]

  /// No codes.
  init() {}

  /// The codes of a list.
  init(_ codelist: Codelist) {
    hasCategories = !codelist.categories.isEmpty
    levels = codelist.levels
    for (index, code) in codelist.codes.enumerated() {
      categories[code] = .some(hasCategories ? codelist.categories[index] : nil)
    }
  }

  /// Whether there are none.
  var isEmpty: Bool { categories.isEmpty }

  /// Adds codes; gives how many of them already have another category.
  mutating func add(_ other: CategorisedCodes) -> Int {
    var conflicts = 0
    for (code, category) in other.categories {
      switch (categories[code] ?? nil, category) {
      case (let own?, let new?) where own != new: conflicts += 1
      case (let own?, _): categories[code] = own
      case (nil, let new): categories[code] = .some(new)
      }
    }
    hasCategories = hasCategories || other.hasCategories
    levels += other.levels.filter { !levels.contains($0) }
    return conflicts
  }

  /// Takes codes away, whatever their category.
  mutating func subtract(_ other: CategorisedCodes) {
    for code in other.categories.keys { categories.removeValue(forKey: code) }
  }

  /// The codes for whose category a condition holds.
  func filtered(by condition: CategoryCondition) -> CategorisedCodes {
    var copy = self
    copy.categories = categories.filter { condition.holds(for: $0.value) == true }
    return copy
  }

  /// The codes as a list, its categories in the order in which they were first named.
  func codelist(named name: String, in system: CodingSystem) -> Codelist {
    let ranks = Dictionary(
      uniqueKeysWithValues: levels.enumerated().map { ($0.element, $0.offset) })
    let entries = categories.sorted { left, right in
      let (a, b) = (
        left.value.flatMap { ranks[$0] } ?? .max, right.value.flatMap { ranks[$0] } ?? .max
      )
      return a == b ? left.key.utf8.lexicographicallyPrecedes(right.key.utf8) : a < b
    }
    return Codelist(
      name: name, system: system, entries: entries.map { (code: $0.key, category: $0.value) },
      hasCategories: hasCategories)
  }
}

/// What is asked of the category of a code, with the three-valued logic of the language.
indirect enum CategoryCondition {
  case isKnown
  case isAmong(Set<String>)
  case both(CategoryCondition, CategoryCondition)
  case either(CategoryCondition, CategoryCondition)
  case opposite(CategoryCondition)

  /// Whether it holds; `nil` where that depends on a category that a code does not have.
  func holds(for category: String?) -> Bool? {
    switch self {
    case .isKnown: return category != nil
    case .isAmong(let categories): return category.map(categories.contains)
    case .opposite(let operand): return operand.holds(for: category).map { !$0 }
    case .both(let left, let right):
      return Logic.and(left.holds(for: category), right.holds(for: category))
    case .either(let left, let right):
      return Logic.or(left.holds(for: category), right.holds(for: category))
    }
  }
}
