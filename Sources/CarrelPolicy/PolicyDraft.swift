import CarrelDiagnostics
import CarrelSandbox
import CarrelSyntax

/// What the lines of a policy file have said so far.
struct PolicyDraft {
  /// Where each parameter is written.
  var places: [PolicyParameter: SourceSpan] = [:]

  private var name: String?
  private var version = 1
  private var source = ""
  private var hiddenCounts: ClosedRange<Int>?
  private var zero = ZeroRule.hide
  private var rounding = Rounding.none
  private var totals = TotalsRule.sumOfShown
  private var isProtected = false
  private var protection: SecondaryProtection?
  private var percentDecimals: Int?
  private var fewestForMean = 1
  private var dominance: Dominance?
  private var leastRemainder: Int?
  private var resolution: Int?
  private var narrowestWindowDays = 1
  private var mostOutputs = 1
  private var mostGroups = 1
  private var mostDimensions = 1
  private var unitsBeyond = 0
  private var layersThatMayBeAbsent: Set<SandboxLayer> = []
  private var oldestOptOutsDays = 7
  private var mostRefusedRowsPerMillion = 1_000
  private var releases: ReleaseSlot?
  private var examples: [PolicyExample] = []

  /// The policy, once every parameter is written; `nil` without a name.
  var policy: Policy? {
    name.map {
      Policy(
        name: $0, version: version, source: source, hiddenCounts: hiddenCounts, zero: zero,
        rounding: rounding, totals: totals,
        secondary: isProtected ? protection ?? .hiddenRange : nil, percentDecimals: percentDecimals,
        fewestForMean: fewestForMean, dominance: dominance, leastRemainder: leastRemainder,
        resolution: resolution,
        narrowestWindowDays: narrowestWindowDays, mostOutputs: mostOutputs, mostGroups: mostGroups,
        mostDimensions: mostDimensions, unitsBeyond: unitsBeyond,
        layersThatMayBeAbsent: layersThatMayBeAbsent, oldestOptOutsDays: oldestOptOutsDays,
        mostRefusedRowsPerMillion: mostRefusedRowsPerMillion, releases: releases, examples: examples
      )
    }
  }

  /// Reads the rest of a line about a parameter.
  mutating func read(
    _ parameter: PolicyParameter, from line: inout PolicyLine
  ) throws(PolicyMistake) {
    switch parameter {
    case .policy:
      name = try line.name()
      try line.take("version")
      version = try line.integer(in: 1...Int.max)
    case .source: source = try line.text()
    case .hide: hiddenCounts = try Self.hiddenCounts(from: &line)
    case .zero: zero = try Self.zeroRule(from: &line)
    case .round: rounding = try Self.rounding(from: &line)
    case .totals: totals = try Self.totalsRule(from: &line)
    case .secondary:
      isProtected = line.takes("on")
      if !isProtected { try line.take("off") }
    case .protect: protection = try Self.protection(from: &line)
    case .percentages: percentDecimals = try Self.percentDecimals(from: &line)
    case .means:
      try line.take("need")
      fewestForMean = try line.integer(in: 1...Int.max)
      if !line.takes("patient") { try line.take("patients") }
    case .dominance: dominance = try Self.dominance(from: &line)
    case .remainder: leastRemainder = try Self.leastRemainder(from: &line)
    case .resolution:
      resolution = line.takes("none") ? nil : try line.integer(in: 1...1_000)
    case .narrowest: narrowestWindowDays = try Self.windowDays(from: &line)
    case .outputs: mostOutputs = try Self.most(from: &line)
    case .groups: mostGroups = try Self.most(from: &line)
    case .dimensions: mostDimensions = try Self.most(from: &line)
    case .units:
      try line.take("need")
      unitsBeyond = try line.integer(in: 0...1_000)
      try line.take("beyond")
    case .sandbox: layersThatMayBeAbsent = try Self.layersThatMayBeAbsent(from: &line)
    case .oldest:
      try line.take("opt", "-", "outs")
      oldestOptOutsDays = try Self.days(from: &line, in: 0...366)
    case .refused:
      mostRefusedRowsPerMillion = try Self.most(from: &line, in: 0...1_000_000)
      try line.take("per", "million", "rows")
    case .releases: releases = try Self.slot(from: &line)
    case .example: examples.append(try PolicyExample(from: &line))
    }
  }

  private static func hiddenCounts(
    from line: inout PolicyLine
  ) throws(PolicyMistake) -> ClosedRange<Int>? {
    if line.takes("none") { return nil }
    // A count below a hidden one would be more of a secret, so the range begins at one person.
    let lowest = try line.integer(in: 1...1)
    try line.take("to")
    return lowest...(try line.integer(in: 1...1_000))
  }

  private static func zeroRule(from line: inout PolicyLine) throws(PolicyMistake) -> ZeroRule {
    if line.takes("show") { return .show }
    if line.takes("hide") { return .hide }
    let place = line.mistake(expecting: "`show` or `hide`")
    if line.takes("flag"), case .unexpected(_, let span) = place {
      throw .notEnforced("zero flag", at: span)
    }
    throw place
  }

  private static func rounding(from line: inout PolicyLine) throws(PolicyMistake) -> Rounding {
    if line.takes("none") { return .none }
    try line.take("to")
    if line.takes("midpoint") {
      _ = try line.integer(in: 6...6)
      return .midpointSix
    }
    let base = try line.integer(in: 2...1_000)
    guard base % 2 == 0 else { return .nearest(base: base, ties: .up) }
    try line.take("ties")
    if line.takes("up") { return .nearest(base: base, ties: .up) }
    try line.take("even")
    return .nearest(base: base, ties: .even)
  }

  private static func totalsRule(from line: inout PolicyLine) throws(PolicyMistake) -> TotalsRule {
    if line.takes("rounded") { return .rounded }
    if line.takes("exact") { return .exact }
    try line.take("sum", "of", "shown")
    return .sumOfShown
  }

  private static func protection(
    from line: inout PolicyLine
  ) throws(PolicyMistake) -> SecondaryProtection {
    if line.takes("not") {
      try line.take("exact")
      return .notExact
    }
    try line.take("cover", "the", "hidden", "range")
    return .hiddenRange
  }

  private static func dominance(from line: inout PolicyLine) throws(PolicyMistake) -> Dominance {
    try line.take("largest")
    let largest = try line.integer(in: Dominance.numbers)
    try line.take("at", "most")
    let most = try line.integer(in: 1...99)
    try line.take("percent")
    return Dominance(largest: largest, mostPercent: most)
  }

  private static func leastRemainder(from line: inout PolicyLine) throws(PolicyMistake) -> Int {
    try line.take("at", "least")
    let least = try line.integer(in: 1...100)
    try line.take("percent", "of", "the", "largest")
    return least
  }

  private static func windowDays(from line: inout PolicyLine) throws(PolicyMistake) -> Int {
    try line.take("window")
    return try days(from: &line, in: 1...366)
  }

  private static func days(
    from line: inout PolicyLine, in range: ClosedRange<Int>
  ) throws(PolicyMistake) -> Int {
    let days = try line.integer(in: range)
    if !line.takes("day") { try line.take("days") }
    return days
  }

  private static func most(
    from line: inout PolicyLine, in range: ClosedRange<Int> = 1...1_000_000
  ) throws(PolicyMistake) -> Int {
    try line.take("at", "most")
    return try line.integer(in: range)
  }

  private static func layersThatMayBeAbsent(
    from line: inout PolicyLine
  ) throws(PolicyMistake) -> Set<SandboxLayer> {
    if line.takes("needs") {
      try line.take("all")
      return []
    }
    try line.take("may", "lack")
    var layers: Set<SandboxLayer> = []
    repeat {
      let names = SandboxLayer.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
      let mistake = line.mistake(expecting: "one of \(names)")
      guard let layer = SandboxLayer.allCases.first(where: { line.takes($0.rawValue) }) else {
        throw mistake
      }
      layers.insert(layer)
    } while line.takes(",")
    return layers
  }

  private static func slot(from line: inout PolicyLine) throws(PolicyMistake) -> ReleaseSlot {
    try line.take("on")
    let mistake = line.mistake(expecting: "a day of the week, such as `Wednesday`")
    guard let day = ReleaseSlot.Day.allCases.first(where: { line.takes($0.rawValue) }) else {
      throw mistake
    }
    try line.take("at")
    return ReleaseSlot(day: day, hour: try line.integer(in: 0...23))
  }

  private static func percentDecimals(from line: inout PolicyLine) throws(PolicyMistake) -> Int? {
    if line.takes("in") {
      try line.take("full")
      return nil
    }
    try line.take("to")
    let decimals = try line.integer(in: 0...6)
    if !line.takes("decimal") { try line.take("decimals") }
    return decimals
  }
}

extension PolicyExample {
  fileprivate init(from line: inout PolicyLine) throws(PolicyMistake) {
    let title = try line.text()
    try line.take("given")
    let given = try line.integer(in: 0...Int.max / 100)
    let isOfUnits = line.takes("units")
    let whole = !isOfUnits && line.takes("of") ? try line.integer(in: given...Int.max / 100) : nil
    try line.take("expect")
    let expected = try CountRelease(from: &line)
    var expectedWhole: CountRelease?
    if whole != nil {
      try line.take("of")
      expectedWhole = try CountRelease(from: &line)
    }
    self.init(
      title: title, line: line.number, given: given, givenWhole: whole, isOfUnits: isOfUnits,
      expected: expected, expectedWhole: expectedWhole)
  }
}

extension CountRelease {
  fileprivate init(from line: inout PolicyLine) throws(PolicyMistake) {
    self = line.takes("redacted") ? .redacted : .shown(try line.integer(in: 0...Int.max / 100))
  }
}
