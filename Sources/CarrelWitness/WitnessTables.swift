/// Tables of whole numbers that all agree with what is published: why nobody can tell them apart.
///
/// One of them may be the truth, so these never leave the site.
public struct WitnessTables: Sendable {
  /// One difference between two tables.
  public struct Change: Hashable, Sendable {
    /// The number of the atom.
    public var atom: Int
    /// How many people more it holds; negative for fewer.
    public var difference: Int

    /// More or fewer people in an atom.
    public init(_ atom: Int, _ difference: Int) {
      self.atom = atom
      self.difference = difference
    }
  }

  /// The people in each atom of the first table.
  public var base: [Int]
  /// Every further table, as how it differs from the first; an atom occurs at most once in each.
  public var others: [[Change]]

  /// A table and others written as differences from it.
  public init(base: [Int], others: [[Change]] = []) {
    self.base = base
    self.others = others
  }
}
