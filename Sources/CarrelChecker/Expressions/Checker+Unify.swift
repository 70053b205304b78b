import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

/// A value and where it is written.
typealias Operand = Met

// Several values of one type.
extension Checker {
  /// The values as values of one type: the type they meet in.
  ///
  /// Integers widen to decimals, categories to all their levels together or to text, and literals
  /// take the type of the others; quoted texts among themselves are texts.
  func unified(_ operands: [Operand], for purpose: String) -> [Typed]? {
    guard let type = commonType(of: operands) else {
      guard let first = operands.first else { return [] }
      return failure(
        Diagnostic(
          .missingWithoutType, "\(purpose) needs a value whose type is known", at: first.span
        ).label("`missing` may be of any type").help("give one that is not `missing`"))
    }
    let anchor = operands.first { $0.typed.type == type } ?? operands.first { !$0.isLiteral }
    var result: [Typed] = []
    for operand in operands {
      switch fit(operand.typed, to: type, meeting: anchor, at: operand.span) {
      case .fits(let typed): result.append(typed)
      case .reported: break
      case .differs: reportMixture(operand, with: anchor, of: type, for: purpose)
      }
    }
    return result.count == operands.count ? result : nil
  }

  /// The type that several values meet in; `nil` where every one is the literal `missing`.
  func commonType(of operands: [Operand]) -> ValueType? {
    let types = operands.filter { !$0.isLiteral }.map(\.typed.type)
    guard let first = types.first else {
      return operands.contains { $0.typed.type == .quoted } ? .text : nil
    }
    return types.dropFirst().reduce(first) { $0.meeting($1) }
  }

  private func reportMixture(
    _ operand: Operand, with anchor: Operand?, of type: ValueType, for purpose: String
  ) {
    let found = operand.typed.type.description
    let wanted = type.description
    var diagnostic = Diagnostic(
      operand.typed.type.isCode && type.isCode ? .mixedCodingSystems : .mixedTypes,
      "\(purpose) needs values of one type, not \(wanted) and \(found)", at: operand.span
    ).label(found)
    if let anchor, anchor.span != operand.span {
      diagnostic = diagnostic.related(anchor.span, wanted)
    }
    if operand.typed.type == .quoted, type == .date {
      diagnostic = diagnostic.help("write dates without quotation marks, as in `2024-03-31`")
    } else if operand.typed.type == .quoted, type.isNumber || type == .boolean {
      diagnostic = diagnostic.help("write it without quotation marks")
    } else if type == .date, let year = operand.year {
      diagnostic = diagnostic.help(
        purpose == "`in`"
          ? "write the year as a period: `\(year)-01-01 to \(year)-12-31`"
          : "write a day, such as `\(year)-01-01`, or compare the `.year` of a date")
    } else if type.isCode, operand.typed.type == .integer, operand.typed.kind == .constant {
      let digits = excerpt(operand.span)
      let fix = Diagnostic.Fix(replacing: operand.span, with: "\"\(digits)\"", isSafe: false)
      diagnostic = diagnostic.help("codes stand in quotation marks: `\"\(digits)\"`", fix: fix)
    } else {
      diagnostic = diagnostic.help("make it \(wanted)")
    }
    report(diagnostic)
  }
}

extension Operand {
  /// Whether it is a literal that takes the type it meets.
  fileprivate var isLiteral: Bool { typed.type == .quoted || typed.type == .nothing }

  /// The year that a constant seems to be.
  fileprivate var year: Int? {
    guard case .integer(let number)? = typed.constant, (1900...2100).contains(number) else {
      return nil
    }
    return number
  }
}

extension ValueType {
  /// Whether it is a code or a field of codes.
  var isCode: Bool {
    switch self {
    case .code, .codes: true
    default: false
    }
  }

  /// The type in which this one and another meet; this one where they do not.
  fileprivate func meeting(_ other: ValueType) -> ValueType {
    switch (self, other) {
    case (.integer, .decimal), (.decimal, .integer): .decimal
    case (.category, .text), (.text, .category): .text
    case (.category(let own), .category(let others)):
      .category(own + others.filter { level in !own.contains { $0.value == level.value } })
    default: self
    }
  }
}

extension [Typed] {
  /// The bounds that hold whichever of the values is taken; `nil` where one has none.
  var commonBounds: Bounds? {
    var result: Bounds?
    // What is always missing has no value to bound.
    for typed in self where typed.constant?.isMissing != true {
      guard let bounds = typed.range.bounds else { return nil }
      result =
        result.map {
          $0.covering(bounds)
        } ?? bounds
    }
    return result
  }

  /// The levels that hold whichever of the integers is taken, in order; `nil` where one has none.
  ///
  /// A constant is a level of its own, so that `imd_quintile otherwise 0` can be a grouping.
  var commonLevels: [Level]? {
    var result: [Level] = []
    for typed in self where typed.constant?.isMissing != true {
      guard typed.type == .integer,
        let levels = typed.range.levels ?? typed.constant.map({ [Level($0)] })
      else { return nil }
      result += levels.filter { level in !result.contains { $0.value == level.value } }
    }
    guard contains(where: { $0.range.levels != nil }) else { return nil }
    return result.sorted { $0.value < $1.value }
  }
}

extension Bounds {
  /// The smallest range that holds this one and another.
  fileprivate func covering(_ other: Bounds) -> Bounds {
    Bounds(lowest: min(lowest, other.lowest), highest: max(highest, other.highest))
  }
}
