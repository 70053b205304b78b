/// What may not be shown because of something outside of a study's own numbers: earlier releases
/// from which, and from what would be shown, more could be worked out.
public struct Withheld: Hashable, Sendable {
  /// A group of a table, or one statistic of it.
  public struct Place: Hashable, Sendable {
    /// The position of the output.
    public var output: Int
    /// The position of the interval, 0 in a table without any.
    public var interval: Int
    /// The position of the breakdown in the table.
    public var breakdown: Int
    /// The position of the group in its breakdown and interval.
    public var group: Int
    /// The position of the statistic; `nil` for the whole group.
    public var statistic: Int?

    /// A place in an output.
    public init(output: Int, interval: Int, breakdown: Int, group: Int, statistic: Int? = nil) {
      self.output = output
      self.interval = interval
      self.breakdown = breakdown
      self.group = group
      self.statistic = statistic
    }
  }

  /// Groups and statistics of tables.
  public var places: Set<Place> = []
  /// Outputs of which nothing is shown, by position: a flow or a histogram, whose figures are joined
  /// with their neighbours, is withheld as a whole.
  public var outputs: Set<Int> = []

  /// Nothing.
  public init() {}

  /// What is withheld of one output.
  func part(ofOutput output: Int) -> Part {
    Part(isWhole: outputs.contains(output), places: places.filter { $0.output == output })
  }

  /// What is withheld of one output.
  struct Part {
    var isWhole = false
    var places: Set<Place> = []

    /// What may be seen of a group.
    func sight(of group: Int, in breakdown: Int, interval: Int) -> Sight {
      let here = places.filter {
        $0.group == group && $0.breakdown == breakdown && $0.interval == interval
      }
      return Sight(
        showsGroup: !isWhole && !here.contains { $0.statistic == nil },
        hiddenStatistics: here.compactMap(\.statistic))
    }
  }

  /// What may be seen of a group, whatever its own numbers are.
  struct Sight {
    var showsGroup: Bool
    var hiddenStatistics: [Int]
  }
}
