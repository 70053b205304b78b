import CarrelDiagnostics
import CarrelPlan
import CarrelPolicy
import CarrelValues

// Windows of the calendar that hold too few events or births (`attacks`, K3).
extension SafetyReview {
  /// An interval is a window as well.
  func reviewIntervals() {
    for reviewed in outputs {
      guard let table = reviewed.output.table, let intervals = table.intervals,
        let span = reviewed.intervals, let days = literalIntervalDays(intervals),
        days < rules.policy.narrowestWindowDays
      else { continue }
      report(.narrowLook, "an interval lasts \(days.inDays)", at: span) {
        $0.label("the policy `\(self.rules.policy.name)` asks for \(self.narrowestInWords)")
          .help("take longer intervals")
      }
    }
  }

  /// The days of the shortest interval, unless each patient has their own.
  private func literalIntervalDays(_ intervals: Lowered.Intervals) -> Int? {
    if let shortest = intervals.shortest { return shortest.dayCount }
    var literals = LiteralValues(plan: plan, interval: nil)
    guard case .followUp(let start, _) = intervals.extent,
      case .date(let day)? = literals.value(of: start), let end = intervals.end(of: 0, after: day)
    else { return nil }
    return end.dayNumber - day.dayNumber + 1
  }

  func reviewLooks() {
    for reviewed in outputs where beginOutput() {
      // Inside an interval that is too short itself every look is; that is said once.
      let interval = reviewed.interval.flatMap {
        $0.dayCount < rules.policy.narrowestWindowDays ? nil : $0
      }
      var looks = LookFinder(review: self, interval: interval)
      looks.review(reviewed)
    }
  }

  /// Reports a window of few days.
  func reportLook(_ days: Double, onBirths: Bool, at span: SourceSpan) {
    let least = onBirths ? "a year" : narrowestInWords
    report(
      .narrowLook,
      onBirths ? "this picks births of \(Int(days).inDays)" : "this picks \(Int(days).inDays)",
      at: span
    ) {
      $0.label("literal windows on \(onBirths ? "births" : "events") are at least \(least)")
        .help(
          onBirths
            ? "ask for years of birth or ages in years"
            : "take a longer window, or one from a date of each patient's own")
    }
  }

  private var narrowestInWords: String { rules.policy.narrowestWindowDays.inDays }
}

extension Int {
  /// A number of days in words.
  fileprivate var inDays: String { self == 1 ? "1 day" : "\(self) days" }
}

/// Follows the conditions of one output and keeps account of the days that each date can be on.
struct LookFinder {
  let review: SafetyReview
  var literals: LiteralValues
  /// The values of the plan that were looked at, each with the windows around it.
  private var seen: Set<Seen> = []

  private struct Seen: Hashable {
    let value: Int
    let holds: Bool
    let isDescending: Bool
    let windows: DateWindows
  }

  /// Where a condition is met: in whose row, within which windows, and where that is written.
  struct Context {
    var row: Int?
    var windows: DateWindows = [:]
    var span: SourceSpan
  }

  /// What a condition says at once, and what it leaves to its parts.
  struct Said {
    var windows: DateWindows
    /// Parts of which any one may hold.
    var alternatives: [(parts: [Lowered.Expression], holds: Bool, span: SourceSpan)] = []
    /// Values that are neither logic nor comparisons.
    var leaves: [(Lowered.Expression, SourceSpan)] = []
    var values: Set<Int> = []
  }

  init(review: SafetyReview, interval: Interval?) {
    self.review = review
    literals = LiteralValues(plan: review.plan, interval: interval)
  }

  mutating func review(_ reviewed: ReviewedOutput) {
    // Everything is of the members of the population, for whom all criteria are so.
    var context = Context(span: reviewed.name)
    for (channel, criterion) in zip(reviewed.criteria, reviewed.exclusions) {
      context.span = channel.span
      explore(channel.expression, holds: !criterion, in: context, descending: true)
      explore(channel.expression, holds: criterion, in: context, descending: false)
      var said = Said(windows: context.windows)
      gather(channel.expression, holds: !criterion, in: context, into: &said)
      context.windows = said.windows
    }
    for channel in reviewed.channels {
      context.span = channel.span
      look(into: channel.expression, in: context)
      if channel.role == .grouping { levels(of: channel, in: reviewed, context) }
    }
  }

  /// A level of a number of days is a look at one day.
  private mutating func levels(
    of channel: Channel, in reviewed: ReviewedOutput, _ context: Context
  ) {
    guard let table = reviewed.output.table,
      let grouping = table.groupings.first(where: { $0.expression == channel.expression }),
      let number = grouping.levels.first?.value.number
    else { return }
    if case .band = review.resolved(channel.expression) { return }
    var windows = context.windows
    constrain(
      channel.expression, to: NumberRange(from: number, to: number), isDate: false,
      in: context, &windows)
  }
}

// Conditions.
extension LookFinder {
  /// Looks at a condition as it holds or does not hold; into what it is made of only if told so.
  mutating func explore(
    _ condition: Lowered.Expression, holds: Bool, in context: Context, descending: Bool
  ) {
    guard review.mayLook(at: context.span) else { return }
    if case .value(let index) = condition,
      !seen.insert(
        Seen(value: index, holds: holds, isDescending: descending, windows: context.windows)
      ).inserted
    {
      return
    }
    var said = Said(windows: context.windows)
    gather(condition, holds: holds, in: context, into: &said)
    var inner = context
    inner.windows = said.windows
    for alternative in said.alternatives {
      inner.span = alternative.span
      for part in alternative.parts {
        explore(part, holds: alternative.holds, in: inner, descending: descending)
      }
    }
    guard descending else { return }
    for (leaf, span) in said.leaves {
      inner.span = span
      parts(of: leaf, in: inner)
    }
  }

  /// Adds what a condition says for sure to what is said.
  mutating func gather(
    _ condition: Lowered.Expression, holds: Bool, in context: Context, into said: inout Said
  ) {
    guard review.mayLook(at: context.span) else { return }
    var context = context
    context.span = review.place(of: condition, row: context.row) ?? context.span
    switch condition {
    case .value(let index) where review.plan.values.indices.contains(index):
      guard said.values.insert(holds ? index : ~index).inserted else { return }
      context.row = nil
      gather(review.plan.values[index].expression, holds: holds, in: context, into: &said)
    case .unary(.not, let operand): gather(operand, holds: !holds, in: context, into: &said)
    case .binary(.otherwise, let operand, .constant(.boolean, _)):
      gather(operand, holds: holds, in: context, into: &said)
    case .binary(let logic, let left, let right) where logic == .and || logic == .or:
      guard (logic == .and) == holds else {
        said.alternatives.append(([left, right], holds, context.span))
        return
      }
      gather(left, holds: holds, in: context, into: &said)
      gather(right, holds: holds, in: context, into: &said)
    case .binary(let comparison, let left, let right) where comparison.isComparison:
      said.leaves += [(left, context.span), (right, context.span)]
      guard let comparison = holds ? comparison : comparison.opposite else { return }
      compare(comparison, left, right, in: context, &said.windows)
    case .oneOf(let operand, let members):
      said.leaves += ([operand] + members).map { ($0, context.span) }
      guard holds else { return }
      for member in members {
        var windows = said.windows
        compare(.equal, operand, member, in: context, &windows)
      }
    default: said.leaves.append((condition, context.span))
    }
  }

  private mutating func compare(
    _ comparison: Lowered.BinaryOperator, _ left: Lowered.Expression,
    _ right: Lowered.Expression, in context: Context, _ windows: inout DateWindows
  ) {
    let (subject, literal, comparison) =
      literals.value(of: right) == nil
      ? (right, literals.value(of: left), comparison.mirrored ?? comparison)
      : (left, literals.value(of: right), comparison)
    guard let literal, let number = literal.orderedNumber, literals.value(of: subject) == nil
    else { return }
    let isDate = if case .date = literal { true } else { false }
    let isDecimal = if case .decimal = literal { true } else { false }
    guard let range = NumberRange(comparison, number, isWhole: !isDecimal) else { return }
    constrain(subject, to: range, isDate: isDate, in: context, &windows)
  }
}

// What is inside other values.
extension LookFinder {
  /// Looks at a value, which may be a condition.
  mutating func look(into expression: Lowered.Expression, in context: Context) {
    explore(expression, holds: true, in: context, descending: true)
    explore(expression, holds: false, in: context, descending: false)
  }

  /// Looks into what a value is made of.
  private mutating func parts(of expression: Lowered.Expression, in context: Context) {
    var context = context
    context.span = review.place(of: expression, row: context.row) ?? context.span
    switch expression {
    case .choice(let branches, let otherwise): choice(branches, otherwise, in: context)
    case .band(let operand, let cuts):
      bands(of: operand, at: cuts, in: context)
      look(into: operand, in: context)
    case .query(let query):
      rows(query.rows, in: context)
      for operand in query.operands { look(into: operand, in: context.entering(query.rows)) }
    case .inValues(let subject, let rows, let element):
      look(into: subject, in: context)
      self.rows(rows, in: context)
      var windows = context.windows
      compare(.equal, element, subject, in: context.entering(rows), &windows)
    default: for part in expression.ownParts { look(into: part, in: context) }
    }
  }

  private mutating func rows(_ rows: RowSet, in context: Context) {
    guard let condition = rows.condition else { return }
    look(into: condition, in: context.entering(rows))
  }

  /// A branch is taken where its condition holds and those before it do not.
  private mutating func choice(
    _ branches: [Lowered.Branch], _ otherwise: Lowered.Expression?, in context: Context
  ) {
    var rest = context
    for branch in branches {
      look(into: branch.condition, in: rest)
      var said = Said(windows: rest.windows)
      gather(branch.condition, holds: true, in: rest, into: &said)
      var inner = rest
      inner.windows = said.windows
      look(into: branch.result, in: inner)
      said = Said(windows: rest.windows)
      gather(branch.condition, holds: false, in: rest, into: &said)
      rest.windows = said.windows
    }
    if let otherwise { look(into: otherwise, in: rest) }
  }

  private mutating func bands(
    of operand: Lowered.Expression, at cuts: [Value], in context: Context
  ) {
    for (low, high) in zip(cuts, cuts.dropFirst()) {
      guard let low = low.orderedNumber, let high = high.orderedNumber else { continue }
      var windows = context.windows
      constrain(
        operand, to: NumberRange(from: low, to: high.nextDown.rounded(.down)), isDate: false,
        in: context, &windows)
    }
  }
}

extension LookFinder.Context {
  /// The same inside a query over some rows.
  fileprivate func entering(_ rows: RowSet) -> LookFinder.Context {
    var inner = self
    inner.row = rows.table
    return inner
  }
}
