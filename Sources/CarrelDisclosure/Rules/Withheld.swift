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
  /// Places that show what an earlier figure showed of nearly the same people, with how many people
  /// more or fewer there may be: what is shown there need not add up with the rest.
  public var taken: [Place: Int] = [:]
  /// The same for outputs that are taken as a whole, by position.
  public var takenOutputs: [Int: Int] = [:]

  /// Nothing.
  public init() {}

  /// What is withheld of one output.
  func part(ofOutput output: Int) -> Part {
    var part = Part(isWhole: outputs.contains(output))
    for place in places where place.output == output {
      var group = place
      group.statistic = nil
      part.statistics[group, default: []].append(place.statistic)
    }
    for (place, doubt) in taken where place.output == output { part.doubts[place] = doubt }
    part.output = output
    part.doubt = takenOutputs[output] ?? 0
    return part
  }

  /// What is withheld of one output.
  struct Part {
    var isWhole = false
    fileprivate var output = 0
    /// By group the statistics that are withheld of it; `nil` for the whole group.
    fileprivate var statistics: [Place: [Int?]] = [:]
    fileprivate var doubts: [Place: Int] = [:]
    /// How many people more or fewer there may be than an output says that is taken as a whole.
    fileprivate(set) var doubt = 0

    init(isWhole: Bool = false) { self.isWhole = isWhole }

    /// What may be seen of a group.
    func sight(of group: Int, in breakdown: Int, interval: Int) -> Sight {
      let place = Place(output: output, interval: interval, breakdown: breakdown, group: group)
      let here = statistics[place] ?? []
      return Sight(
        showsGroup: !isWhole && !here.contains(nil),
        hiddenStatistics: here.compactMap(\.self).sorted(), place: place, doubts: doubts)
    }
  }

  /// What may be seen of a group, whatever its own numbers are.
  struct Sight {
    var showsGroup: Bool
    var hiddenStatistics: [Int]
    fileprivate var place: Place
    fileprivate var doubts: [Place: Int]

    /// How many people more or fewer there may be than are said to be in the group, or in a part of
    /// it that a statistic counts.
    func doubt(of statistic: Int?) -> Int {
      if doubts.isEmpty { return 0 }
      var place = place
      place.statistic = statistic
      return doubts[place] ?? 0
    }
  }
}
