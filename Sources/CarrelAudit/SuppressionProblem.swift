public import CarrelWitness

/// A table before it is published: which cells the policy hides, and which may be hidden with them.
///
/// There are no counts here. Whatever is chosen from this is the same for every table with the same
/// pattern, so that which cells went dark tells nothing beyond what the policy's rules tell.
public struct SuppressionProblem: Sendable {
  /// What becomes of a cell.
  public enum Role: Hashable, Sendable {
    /// Hidden by the policy, and to be protected.
    case primary
    /// Hidden already and for good, with nothing in it to protect.
    case hidden
    /// Shown, and may be hidden to protect others.
    case eligible
    /// Shown whatever happens: a zero that everyone sees, a total, a cell released before.
    case shown
  }

  /// A figure of the table.
  public struct Cell: Hashable, Sendable {
    /// The atoms that it sums.
    public var atoms: [Int]
    /// What becomes of it.
    public var role: Role
    /// Its place in a keyed pseudo-random order, by which ties are settled.
    public var order: UInt64
    /// Whether a reader must think it possible that a hidden count here is smaller than it is, by
    /// as much as the protection asks, whatever the count is.
    ///
    /// It is so for companions, which hold more people than the policy hides. It is not so for a
    /// primary cell if the reader knows its least value, as where a policy shows every zero.
    public var canFall: Bool

    /// A figure and what may become of it.
    public init(_ atoms: [Int], _ role: Role, order: UInt64, canFall: Bool = true) {
      self.atoms = atoms
      self.role = role
      self.order = order
      self.canFall = canFall
    }
  }

  /// How many atoms there are; one that is no cell of its own is not published at all.
  public var atomCount: Int
  /// Every figure, in any order.
  public var cells: [Cell]
  /// What each primary cell must get.
  public var protection: WitnessChecker.Protection

  /// Figures and the protection of the primary ones among them.
  public init(
    atomCount: Int, cells: [Cell], protection: WitnessChecker.Protection = .notExact
  ) {
    self.atomCount = atomCount
    self.cells = cells
    self.protection = protection
  }
}
