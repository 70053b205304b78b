/// The ends of a confidence interval as they leave.
///
/// They are worked out from figures that are released beside them, and hidden where any of those is.
public struct ReleasedConfidenceInterval: Hashable, Sendable {
  /// The lower end.
  public let lower: ReleasedFigure
  /// The upper end.
  public let upper: ReleasedFigure

  init(lower: ReleasedFigure, upper: ReleasedFigure) {
    self.lower = lower
    self.upper = upper
  }

  /// An interval neither of whose ends is a number, for one reason.
  init(both reason: ReleasedFigure) { self.init(lower: reason, upper: reason) }
}
