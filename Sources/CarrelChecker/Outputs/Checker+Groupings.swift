import CarrelCatalogue
import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

// What patients are grouped by.
extension Checker {
  /// A grouping with its levels; `nil` where its levels are not declared.
  func grouping(
    _ item: Item, of population: CheckedPopulation?, names: inout ColumnNames, in scope: Scope
  ) -> Lowered.Grouping? {
    let typed = value(of: item.value, for: "`by`", in: scope)
    let name = names.name(of: item, for: "a grouping", in: self)
    guard let typed, let name else { return nil }
    guard var levels = typed.levels, !typed.range.isPlace else { return ungroupable(item, typed) }
    let value = shared(typed)
    if let population, !isKnown(value.expression, in: population) { levels.append(Level(.missing)) }
    return Lowered.Grouping(
      name: name, heading: item.label?.text ?? name, expression: value.expression, levels: levels)
  }

  private func ungroupable(_ item: Item, _ typed: Typed) -> Lowered.Grouping? {
    let diagnostic = Diagnostic(
      .unboundedGrouping, "`\(excerpt(item.value.span))` cannot be a grouping", at: item.value.span
    ).label(typed.range.isPlace ? "a place below region" : typed.type.unboundedLevels)
    return failure(
      diagnostic.help(groupingStep(item.value, typed)))
  }

  /// A value of the study that can be grouped by in place of one that cannot.
  private func groupingStep(_ item: Written.Expression, _ typed: Typed) -> String {
    if typed.range.isPlace { return "group by region" }
    return switch typed.type {
    case .date where item.isDateOfBirth: "group by bands: `bands of age at (18, 40, 60, 80)`"
    case .date: "group by bands of the time from it: `bands of years from … to … at (1, 5)`"
    case .integer, .decimal:
      "group by bands: `bands of \(excerpt(item.span)) at (…)`"
    case .code: "group by categories of codes: `\(excerpt(item.span)) categorised by …`"
    default: "group by a category, bands or a boolean"
    }
  }

  /// Whether the criteria of a population prove that its members all have a value.
  func isKnown(_ value: Lowered.Expression, in population: CheckedPopulation) -> Bool {
    var known = KnownValues(
      in: population.lowered, of: state.plan.plan,
      isRequired: { table, column in self.tables[table].columns[column].isRequired })
    return known.isKnown(value)
  }
}

extension Typed {
  /// Every value besides missing, in order; `nil` where that is not declared.
  var levels: [Level]? {
    switch type {
    case .category(let levels): levels
    case .bands(let labels): Level.bands(labels)
    case .boolean:
      [Level(.boolean(false), label: "no"), Level(.boolean(true), label: "yes")]
    case .integer: range.levels
    default: nil
    }
  }
}

extension ValueType {
  /// Why there is no bound to the levels of a type.
  fileprivate var unboundedLevels: String {
    switch self {
    case .date: "date, one level per day"
    case .integer: "integer without a declared range"
    case .decimal: "decimal, one level per number"
    case .text, .quoted: "text, one level per text"
    case .code: "code, one level per code"
    case .codes: "codes, one level per combination"
    case .nothing: "always missing"
    case .boolean, .category, .bands: "levels"
    }
  }
}

extension Written.Expression {
  /// Whether this is a column that holds a date of birth, going by its name.
  fileprivate var isDateOfBirth: Bool {
    if case .member(_, let name) = kind { name.text.hasSuffix("birth") } else { false }
  }
}
