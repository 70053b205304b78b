import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax

// Figures standardised to another population.
extension Checker {
  /// Whether a figure can be standardised as is written.
  func standardisation(
    _ standardisation: Standardisation, of statistic: Written.Statistic, in scope: Scope
  ) -> Bool {
    let isFigure = canBeStandardised(statistic)
    let standard = standard(standardisation.weights)
    var names = ColumnNames()
    let groupings = standardisation.items.map {
      grouping($0, of: nil, names: &names, in: scope)
    }
    let isGrouped = groupings.allSatisfy { $0 != nil }
    guard let standard else { return false }
    let areNamed = zip(standardisation.items, groupings).allSatisfy { item, grouping in
      grouping.map { isGrouping($0.name, of: standard, at: item) } ?? true
    }
    return isFigure && isGrouped && areNamed
  }

  private func canBeStandardised(_ statistic: Written.Statistic) -> Bool {
    switch statistic.figure {
    case .of(.percent, _), .rate: return true
    default:
      report(
        Diagnostic(
          .notStandardised, "only `percent` and `rate` can be standardised", at: statistic.span
        ).help("leave `standardised to` out, or show a percent or a rate"))
      return false
    }
  }

  /// A standard population, and what its weights are by; `nil` of a file, which says that itself.
  private struct Standard {
    let name: String
    let groupings: [String]?
  }

  /// The standard populations that the language knows.
  private static let standards = [
    Standard(name: "esp2013", groupings: ["age_band", "sex"])
  ]

  /// The standard that a text names: one of the known ones, or a file of weights.
  private func standard(_ weights: Label) -> Standard? {
    if let known = Self.standards.first(where: { $0.name == weights.text }) { return known }
    if weights.text.hasSuffix(".csv") { return Standard(name: weights.text, groupings: nil) }
    let mistake = Diagnostic(
      .unknownWeights, "there is no standard population \"\(weights.text)\"", at: weights.span)
    let names = Self.standards.map(\.name)
    if let close = closest(to: weights.text, among: names) {
      return failure(
        mistake.help(
          "write `\"\(close)\"`",
          fix: Diagnostic.Fix(replacing: weights.span, with: "\"\(close)\"", isSafe: true)))
    }
    return failure(
      mistake.help(
        "write `\"esp2013\"`, the European Standard Population, or a file of weights, `\"….csv\"`"))
  }

  private func isGrouping(_ name: String, of standard: Standard, at item: Item) -> Bool {
    guard let known = standard.groupings, !known.contains(name) else { return true }
    report(
      Diagnostic(
        .unknownWeights, "the weights of \"\(standard.name)\" are not by `\(name)`", at: item.span
      ).help("they are by \(list(known)); name a grouping with `as`"))
    return false
  }
}
