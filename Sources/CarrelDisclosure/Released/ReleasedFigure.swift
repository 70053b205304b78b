/// One figure of an output as it leaves, or the reason that a reader may know for its absence.
public enum ReleasedFigure: Hashable, Sendable {
  /// A figure; only the gate can make its number.
  case shown(ReleasedNumber)
  /// There is nobody, and the policy lets that be said.
  case zero
  /// Hidden, for a reason that never leaves.
  case redacted
  /// No such value exists, such as the mean of nobody.
  case missing
  /// Not defined, such as a percentage of nobody.
  case notApplicable

  /// The mark of a hidden figure, one and the same whatever the reason.
  public static let mark = "[REDACTED]"
}

extension ReleasedFigure {
  /// The figure's status as files spell it.
  public var status: String {
    switch self {
    case .shown: "shown"
    case .zero: "zero"
    case .redacted: "redacted"
    case .missing: "missing"
    case .notApplicable: "not_applicable"
    }
  }

  /// The number that is published, 0 for nobody; `nil` where there is none.
  public var number: ReleasedNumber? {
    switch self {
    case .shown(let number): number
    case .zero: ReleasedNumber(units: 0)
    case .redacted, .missing, .notApplicable: nil
    }
  }

  /// A published count, hidden where there is none.
  init(count: Int?) {
    self =
      switch count {
      case nil: .redacted
      case 0: .zero
      case let count?: .shown(ReleasedNumber(units: count))
      }
  }
}
