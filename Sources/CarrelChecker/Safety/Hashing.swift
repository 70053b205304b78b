import CarrelCatalogue
import CarrelDiagnostics
import CarrelPlan
import CarrelValues

// Values taken apart, which picks people at random again and again (`attacks`, K4).
extension SafetyReview {
  func reviewHashing(_ part: Part) {
    guard part.sorts, let way = hashing(part) else { return }
    report(.hashedValue, "\(way.what) cannot decide who is counted, or where", at: part.span) {
      $0.help(way.instead)
    }
  }

  private func hashing(_ part: Part) -> (what: String, instead: String)? {
    switch part.expression {
    case .binary(.modulo, let operand, _) where !hasFewLevels(operand, row: part.row):
      return ("the remainder of a division", "use the value itself, or bands of it")
    case .binary(.floorDivide, let operand, _) where !hasFewLevels(operand, row: part.row):
      return ("a division without its remainder", "use bands: `bands of … at (…)`")
    case .unary(.day, _):
      return ("the day of a month", "compare the whole date with another date of the patient")
    case .binary(let test, let operand, let text) where test.isTextTest:
      return isDigitTest(test, operand, text, row: part.row)
        ? ("a part of a code without meaning", "hold the code against a code list") : nil
    case .choice(let branches, _):
      return branches.count { isOfOneCode($0.condition, row: part.row) } > 1
        ? ("a `case` of one code after another", "give the codes categories in a code list") : nil
    default: return nil
    }
  }

  /// Whether a number has a declared range of few levels, so that little can be taken apart.
  private func hasFewLevels(_ expression: Lowered.Expression, row: Int?) -> Bool {
    if let column = column(expression, row: row) {
      guard let levels = column.levels else { return false }
      return levels.count <= SafetyRules.mostHashedLevels
    }
    switch expression {
    case .value(let index) where plan.values.indices.contains(index):
      return hasFewLevels(plan.values[index].expression, row: nil)
    case .unary(.widen, let operand): return hasFewLevels(operand, row: row)
    case .unary(.asInteger, _): return true
    case .band(_, let cuts): return cuts.count < SafetyRules.mostHashedLevels
    case .choice(let branches, otherwise: nil):
      return branches.count == 1 && branches[0].hasFewLevels
    default: return false
    }
  }

  /// The codes of SNOMED CT and dm+d are numbers whose digits say nothing.
  private func isDigitTest(
    _ test: Lowered.BinaryOperator, _ operand: Lowered.Expression, _ text: Lowered.Expression,
    row: Int?
  ) -> Bool {
    guard case .constant = text, let type = column(resolved(operand), row: row)?.type else {
      return false
    }
    switch type {
    case .code(.snomedct), .code(.dmd), .codes(.snomedct), .codes(.dmd): return true
    case .code: return test == .contains
    default: return false
    }
  }

  /// Whether a condition picks a single code, written in the study.
  private func isOfOneCode(_ condition: Lowered.Expression, row: Int?) -> Bool {
    guard case .binary(.equal, let operand, .constant) = resolved(condition),
      case .code? = column(resolved(operand), row: row)?.type
    else { return false }
    return true
  }
}

extension Lowered.Branch {
  /// The ends between which the result is kept, where the condition asks for nothing else, as
  /// `within` does.
  var ends: (lowest: Value, highest: Value)? {
    guard case .binary(.and, let lower, let upper) = condition,
      case .binary(.greaterOrEqual, result, .constant(let lowest, _)) = lower,
      case .binary(.lessOrEqual, result, .constant(let highest, _)) = upper
    else { return nil }
    return (lowest, highest)
  }

  /// Whether the result is kept where it lies between two near integers.
  fileprivate var hasFewLevels: Bool {
    guard case (.integer(let lowest), .integer(let highest))? = ends,
      let distance = Arithmetic.subtract(highest, lowest)
    else { return false }
    return distance < SafetyRules.mostHashedLevels
  }
}

// Powers (`attacks`, K2).
extension SafetyReview {
  /// A power whose exponent the patient decides makes numbers as large as one likes of anything.
  func reviewExponent(_ part: Part) {
    switch part.expression {
    case .binary(.power, _, let exponent) where !exponent.isConstant: break
    case .unary(.exponential, let exponent) where !exponent.isConstant: break
    default: return
    }
    report(.freeExponent, "the exponent is not a literal", at: part.span) {
      $0.help("write a number for the exponent, as in `power(x, 2)`")
    }
  }
}

extension Lowered.Expression {
  /// Whether it is a constant.
  fileprivate var isConstant: Bool {
    if case .constant = self { true } else { false }
  }
}
