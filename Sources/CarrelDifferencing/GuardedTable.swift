/// A table that was released or is to be, as the guard sees it: who is behind which figure, and what
/// is said of them.
///
/// The members of a figure are those of its labels in the table's label vector, which the guard is
/// given beside this description.
public struct GuardedTable: Hashable, Sendable, Codable {
  /// The interval of a declared series that it is, if it is one.
  public var series: SeriesPlace?
  /// The series of the table whose cells the figures count people of, as the numerators of a
  /// percentage do; `nil` for any other table.
  ///
  /// Nobody chose such a part to subtract it from its cell, and the rules for each table by itself
  /// judge what is left of the cell, so the two are judged on what is published of them.
  public var shareOf: String?
  /// Every figure that says how many people there are; a table of hidden cells has them as hidden.
  public var figures: [GuardedFigure]
  /// How many facts released so far divide its cohort, as the last judgement counted them; 0 for a
  /// new table.
  public var dividingFactCount: Int

  /// A table of figures.
  public init(
    series: SeriesPlace? = nil, shareOf: String? = nil, figures: [GuardedFigure],
    dividingFactCount: Int = 0
  ) {
    self.series = series
    self.shareOf = shareOf
    self.figures = figures
    self.dividingFactCount = dividingFactCount
  }
}

/// Which interval of which declared series a table is.
///
/// Nobody chose the steps of a series one by one, so two intervals of one are judged on what is
/// published of them (`attacks`, C7); the same interval asked again is judged like any table.
public struct SeriesPlace: Hashable, Sendable, Codable {
  /// What is counted, without the range of the intervals: the same for the same definition.
  public var series: String
  /// Which interval it is, such as the day number of its start: the same when it is asked again.
  public var interval: Int

  /// An interval of a series.
  public init(series: String, interval: Int) {
    self.series = series
    self.interval = interval
  }
}

/// One figure about people: a cell of a table, or a total over several.
public struct GuardedFigure: Hashable, Sendable, Codable {
  /// The labels of the people it is about; one label for a cell.
  public var labels: [Int]
  /// What is said of them.
  public var published: PublishedCount
  /// The same when the same study asks the same again; public words, never a count.
  public var identity: String
  /// Keyed from the identity under the site's secret: it blurs what is near and orders repairs.
  public var key: UInt64

  /// A figure over the people of some labels.
  public init(labels: [Int], published: PublishedCount, identity: String, key: UInt64) {
    self.labels = labels
    self.published = published
    self.identity = identity
    self.key = key
  }

  /// How many patients more than the policy's number still make a near figure.
  var margin: Int { Int(key % UInt64(Self.largestMargin + 1)) }

  static let largestMargin = 4
}

/// What a released figure says of the number of its members.
public enum PublishedCount: Hashable, Sendable, Codable {
  /// The number itself.
  case exact(Int)
  /// A rounded number: every count that would have been rounded to it.
  case interval(ClosedRange<Int>)
  /// Nothing: the common mark.
  case hidden
  /// What an earlier figure said of other, nearly the same, members: nothing about these.
  ///
  /// Such a figure is never compared with and gives no fact.
  case taken

  /// The counts that a reader must think possible, where one is said of the members.
  var bounds: ClosedRange<Int>? {
    switch self {
    case .exact(let count): count...count
    case .interval(let range): range
    case .hidden, .taken: nil
    }
  }
}
