/// The released figures of an inclusion flow.
///
/// The figures are of people left out at a step and of those in the end; every number remaining is
/// the sum of what follows it.
public struct ReleasedFlow: Hashable, Sendable {
  /// The name that the study gives it.
  public let name: String
  /// The name of the population.
  public let population: String
  /// The people to begin with.
  public let start: ReleasedFigure
  /// One for each criterion, in order.
  public let steps: [Step]

  init(name: String, population: String, start: ReleasedFigure, steps: [Step]) {
    self.name = name
    self.population = population
    self.start = start
    self.steps = steps
  }

  /// One criterion of a flow.
  public struct Step: Hashable, Sendable {
    /// What the study calls the criterion.
    public let label: String
    /// Whether those for whom it holds are left out.
    public let isExclusion: Bool
    /// The people left out at this step; hidden where they are counted with another step's.
    public let leftOut: ReleasedFigure
    /// The people who remain after it.
    public let remaining: ReleasedFigure

    init(label: String, isExclusion: Bool, leftOut: ReleasedFigure, remaining: ReleasedFigure) {
      self.label = label
      self.isExclusion = isExclusion
      self.leftOut = leftOut
      self.remaining = remaining
    }
  }
}
