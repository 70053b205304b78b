/// What a reader knows from one published figure: how many people some atoms hold together.
///
/// Atoms are disjoint groups of patients, numbered from 0, each of a whole number of people, 0 or
/// more. A figure shown exactly has equal bounds; a rounded figure has those of its rounding; a
/// structural zero is one atom between 0 and 0.
public struct PublishedFact: Hashable, Sendable {
  /// The numbers of the atoms that are summed, each at most once.
  public var atoms: [Int]
  /// The least sum that agrees with the figure.
  public var low: Int
  /// The largest sum that agrees with the figure; `nil` where there is none.
  public var high: Int?

  /// A fact of bounds.
  public init(_ atoms: [Int], from low: Int, to high: Int?) {
    self.atoms = atoms
    self.low = low
    self.high = high
  }

  /// A figure that is shown as it is.
  public init(_ atoms: [Int], is figure: Int) {
    self.init(atoms, from: figure, to: figure)
  }
}
