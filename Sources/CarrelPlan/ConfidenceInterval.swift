/// A confidence interval that is released with a statistic.
///
/// It is worked out after the disclosure gate, from rounded figures that are released beside it, so
/// it says nothing that they do not.
public struct ConfidenceInterval: Hashable, Sendable, Codable {
  /// How often such intervals hold the truth, in thousandths: 950 for 95%.
  public let thousandths: Int
  /// How it is worked out.
  public let method: Method

  /// An interval that holds the truth so often, from 500 to 999 times in 1,000.
  public init(thousandths: Int, method: Method) {
    precondition(Self.offered.contains(thousandths), "an interval holds the truth mostly")
    self.thousandths = thousandths
    self.method = method
  }

  /// How an interval is worked out.
  public enum Method: Hashable, Sendable, Codable {
    /// From the people for whom something holds and those asked.
    case share
    /// From a number of events, as a Poisson distribution has it.
    case events
    /// From two numbers of events, of which one is divided by the other.
    case ratioOfEvents
    /// From a mean, the number of people with a value, and their standard deviation, which is the
    /// statistic of its table at this position.
    case mean(deviation: Int)
  }

  /// The intervals that are offered, in thousandths.
  public static let offered = 500...999

  /// How often such intervals hold the truth, as a share.
  public var coverage: Double { Double(thousandths) / 1_000 }

  /// How often such intervals hold the truth, in percent as it is written: `95`, `99.9`.
  public var percent: String {
    let (whole, tenths) = thousandths.quotientAndRemainder(dividingBy: 10)
    return tenths == 0 ? "\(whole)" : "\(whole).\(tenths)"
  }
}
