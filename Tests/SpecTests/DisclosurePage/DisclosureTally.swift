import CarrelDisclosure
import CarrelPolicy
import TestSupport

/// How many figures of a study leave under a policy, and why the others do not.
struct DisclosureTally {
  /// Numbers of people and what else is shown of each group and step.
  let figures: Int
  /// Those that leave.
  let shown: Int
  /// Those hidden by the rules for one group.
  let primary: Int
  /// Those hidden beside others.
  let secondary: Int
  /// Those that leave rounded, or to a step.
  let rounded: Int

  init(of study: HonestStudy, under name: String) throws {
    let policy = try Policies.named(name)
    let released = try Self.figures(of: study, under: policy)
    let alone =
      policy.secondary == nil
      ? released : try Self.figures(of: study, under: try Policies.withoutSecondary(name))
    let hidden = released.count { $0 == .redacted }
    figures = released.count
    shown = figures - hidden
    primary = alone.count { $0 == .redacted }
    secondary = hidden - primary
    rounded = policy.rounding == .none ? 0 : released.count { $0.number != nil && $0 != .zero }
  }

  private static func figures(
    of study: HonestStudy, under policy: Policy
  ) throws -> [ReleasedFigure] {
    try DisclosureGate.release(study.raw, of: study.plan, under: policy).outputs.flatMap {
      output -> [ReleasedFigure] in
      switch output {
      case .table(let table): figures(of: table)
      case .summary(let summary): figures(of: summary.table)
      case .flow(let flow): [flow.start] + flow.steps.flatMap { [$0.leftOut, $0.remaining] }
      case .deciles(let deciles): deciles.lines.flatMap(\.figures)
      case .histogram(let histogram):
        histogram.groups.flatMap { $0.bars.map(\.count) + ($0.missing.map { [$0] } ?? []) }
      }
    }
  }

  private static func figures(of table: ReleasedTable) -> [ReleasedFigure] {
    table.breakdowns.flatMap(\.groups).flatMap { group in
      [group.count]
        + zip(table.statistics, group.statistics).filter { $0.0.kind != .count }.map(\.1.value)
    }
  }
}
