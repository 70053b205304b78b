import CarrelAudit
import CarrelPlan
import CarrelWitness

/// Numbers of the same people as sums over atoms: what ties them together, and nothing else.
///
/// Each finest cross-classification is a block with an atom for each of its groups, and one more of
/// the same groups, in two atoms each, for every part that is counted so. Blocks of the same people
/// have the same margins: for each group of what two of them share there is an atom that makes their
/// sums equal, people and atom together being one large number. A part that is counted in one way
/// only cannot give anything away, and is left out.
///
/// That margins are equal is all that can be said where the tables of a study are crossed like the
/// branches of a tree. What goes round in a ring can say more, and gets a block of its own if asked
/// for: all of it crossed, which no table of the study counts (``Rings``).
struct LinkedCounts {
  /// The groups of a finest cross-classification, of all people or of those in a part and not in it.
  struct Block {
    /// The groupings that are crossed, rising.
    let groupings: [Int]
    /// The part that groups are divided by.
    let part: CountFigure.Part?
    /// The first atom.
    let firstAtom: Int
    /// How many groups there are.
    let groupCount: Int

    var atomCount: Int { part == nil ? groupCount : 2 * groupCount }

    func covers(_ groupings: some Sequence<Int>) -> Bool {
      groupings.allSatisfy(self.groupings.contains)
    }

    /// Whether it counts all people, as every block does, or the people in a part.
    func counts(_ part: CountFigure.Part?) -> Bool { part == nil || part == self.part }
  }

  let fates: [CountFigure: CountFate]
  /// Every figure that is tied to another, in an order that counts have no part in.
  let figures: [CountFigure]
  let blocks: [Block]
  let atomCount: Int
  /// What two blocks share, and of whom.
  let links: [Link]
  /// What each of the equal sums comes to: more people than there are.
  let sumOfEquals: Int
  /// How many atoms there are in blocks that cross a ring.
  let ringAtomCount: Int
  private let levelCounts: [Int]

  /// Groups whose people, or people in a part, are the same in some blocks.
  struct Link: Hashable {
    let groupings: [Int]
    let part: CountFigure.Part?
    var firstAtom = 0
  }

  /// The most atoms that are looked at together; a release with more is held.
  static let atomLimit = 20_000

  /// `nil` where no figure is tied to another, so that none can be worked out from others.
  ///
  /// - Parameters:
  ///   - fates: Every number of people.
  ///   - index: What figures are called.
  ///   - crossesRings: Whether rings get blocks of their own.
  /// - Throws: ``ReleaseHeld`` where there are too many atoms.
  init?(
    _ fates: [CountFigure: CountFate], by index: StudyIndex, crossingRings crossesRings: Bool
  ) throws(ReleaseHeld) {
    var keys = Self.keys(of: fates.keys, where: { $0 == nil })
    if fates[.everybody]?.shown == nil { keys.remove([]) }
    guard keys.count > 1 else { return nil }
    self.fates = fates
    levelCounts = index.levelCounts
    let parts = Self.tiedParts(fates.keys)
    figures = fates.keys.filter { $0.part.map(parts.contains) ?? true }.sorted()
    var blocks: [Block] = []
    var (count, ringAtomCount) = (0, 0)
    for part in [nil] + parts.sorted(by: { $0.order.lexicographicallyPrecedes($1.order) }) {
      let published = Self.keys(of: figures, where: { $0 == part })
      let whole = blocks.filter { $0.part == nil }.map(\.groupings)
      let rings = crossesRings ? Self.rings(of: published, in: part, beside: whole) : []
      for key in Self.finest(published.union(rings)) {
        let groupCount = Self.product(key.map { index.levelCounts[$0] })
        let block = Block(groupings: key, part: part, firstAtom: count, groupCount: groupCount)
        blocks.append(block)
        count += block.atomCount
        if !published.contains(key) { ringAtomCount += block.atomCount }
        guard count <= Self.atomLimit else { throw ReleaseHeld() }
      }
    }
    self.blocks = blocks
    self.ringAtomCount = ringAtomCount
    links = Self.links(of: blocks, parts: parts).map { link in
      defer { count += Self.product(link.groupings.map { index.levelCounts[$0] }) }
      return Link(groupings: link.groupings, part: link.part, firstAtom: count)
    }
    guard count <= Self.atomLimit else { throw ReleaseHeld() }
    atomCount = count
    sumOfEquals = 2 * fates.values.reduce(0) { $0 + $1.people } + 64
  }

  private static func keys(
    of figures: some Sequence<CountFigure>, where isKept: (CountFigure.Part?) -> Bool
  ) -> Set<[Int]> {
    Set(figures.filter { isKept($0.part) }.map(\.groupings))
  }

  /// The parts that are counted in more than one cross-classification.
  private static func tiedParts(_ figures: some Sequence<CountFigure>) -> Set<CountFigure.Part> {
    var keys: [CountFigure.Part: Set<[Int]>] = [:]
    for figure in figures {
      if let part = figure.part { keys[part, default: []].insert(figure.groupings) }
    }
    return Set(keys.filter { $0.value.count > 1 }.keys)
  }

  /// What rings there are among keys, those of a part beside those that count all people.
  private static func rings(
    of keys: Set<[Int]>, in part: CountFigure.Part?, beside whole: [[Int]]
  ) -> [[Int]] {
    // A part ties what it is counted by like one more grouping.
    let tie = part == nil ? [] : [-1]
    let edges = finest(keys).map { Set($0 + tie) } + whole.map { Set($0) }
    return Rings.crossings(of: edges).map { $0.subtracting(tie).sorted() }
  }

  /// The keys that no other holds all of.
  private static func finest(_ keys: Set<[Int]>) -> [[Int]] {
    keys.filter { key in
      !keys.contains { $0.count > key.count && key.allSatisfy($0.contains) }
    }.sorted { $0.lexicographicallyPrecedes($1) }
  }

  private static func links(of blocks: [Block], parts: Set<CountFigure.Part>) -> [Link] {
    var links: Set<Link> = []
    for (number, block) in blocks.enumerated() {
      for other in blocks[..<number] {
        let shared = block.groupings.filter(other.groupings.contains)
        links.insert(Link(groupings: shared, part: nil))
        if let part = block.part, part == other.part {
          links.insert(Link(groupings: shared, part: part))
        }
      }
    }
    return links.sorted { $0.order.lexicographicallyPrecedes($1.order) }
  }

  private static func product(_ sizes: [Int]) -> Int {
    sizes.reduce(1) { min($0 * $1, atomLimit + 1) }
  }
}

extension LinkedCounts {
  /// The blocks of all people that a figure's group is made of groups of.
  func blocks(of figure: CountFigure) -> [Block] {
    blocks.filter { $0.part == figure.part && $0.covers(figure.groupings) }
  }

  /// Every group of some groupings, in key order.
  func allGroups(of groupings: [Int]) -> [CountFigure] {
    groupings.reduce([CountFigure.everybody]) { groups, grouping in
      groups.flatMap { group in
        (0..<levelCounts[grouping]).map {
          CountFigure(levels: group.levels + [.init(grouping: grouping, level: $0)])
        }
      }
    }
  }

  /// The groups of a block that a figure is made of, the last grouping's level moving fastest.
  func groups(of figure: CountFigure, in block: Block) -> [Int] {
    block.groupings.reduce([0]) { groups, grouping in
      let fixed = figure.levels.first { $0.grouping == grouping }?.level
      let levels = fixed.map { $0...$0 } ?? 0...levelCounts[grouping] - 1
      return groups.flatMap { group in levels.map { group * levelCounts[grouping] + $0 } }
    }
  }

  /// The atoms that a figure sums, in the first block that counts it.
  func atoms(of figure: CountFigure) -> [Int] {
    blocks(of: figure).first.map { atoms(of: figure, in: $0) } ?? []
  }

  private func atoms(of figure: CountFigure, in block: Block) -> [Int] {
    groups(of: figure, in: block).flatMap { group in
      guard block.part != nil else { return [block.firstAtom + group] }
      let first = block.firstAtom + 2 * group
      return figure.part == nil ? [first, first + 1] : [first]
    }
  }

  /// Sums that are equal by what atoms are, each with the atom that makes it the one large number.
  func equations() -> [[Int]] {
    links.flatMap { link in
      let groups = allGroups(of: link.groupings)
      return blocks.filter { $0.covers(link.groupings) && $0.counts(link.part) }.flatMap { block in
        groups.enumerated().map { number, group in
          atoms(of: CountFigure(levels: group.levels, part: link.part), in: block)
            + [link.firstAtom + number]
        }
      }
    }
  }

  /// People in each atom who agree with every number; `nil` where none are found.
  ///
  /// They are the true ones but in blocks that no table counts.
  var people: [Int]? {
    if ringAtomCount == 0 { return truth }
    let facts =
      equations().map { PublishedFact($0, is: sumOfEquals) }
      + figures.compactMap { figure in
        fates[figure].map {
          PublishedFact(
            atoms(of: figure), from: $0.possible.lowerBound, to: $0.possible.upperBound)
        }
      }
    let problem = AuditProblem(atomCount: atomCount, facts: facts, cells: [])
    return try? Audit(problem).witnesses.base
  }

  private var truth: [Int] {
    var truth = [Int](repeating: 0, count: atomCount)
    for block in blocks {
      for (number, group) in allGroups(of: block.groupings).enumerated() {
        let people = fates[group]?.people ?? 0
        guard let part = block.part else {
          truth[block.firstAtom + number] = people
          continue
        }
        let inside = fates[CountFigure(levels: group.levels, part: part)]?.people ?? 0
        truth[block.firstAtom + 2 * number] = inside
        truth[block.firstAtom + 2 * number + 1] = people - inside
      }
    }
    for equation in equations() {
      guard let last = equation.last else { continue }
      truth[last] = sumOfEquals - equation.dropLast().reduce(0) { $0 + truth[$1] }
    }
    return truth
  }

  /// What the keyed order goes by: no name, and nothing of the rest of the study, so that asking for
  /// the same table under another name hides the same groups.
  func place(of figure: CountFigure) -> [Int] {
    figure.levels.flatMap { [levelCounts[$0.grouping], $0.level] } + (figure.part?.states ?? [])
  }
}

extension LinkedCounts.Link {
  fileprivate var order: [Int] { [groupings.count] + groupings + (part?.order ?? []) }
}

extension CountFigure.Part {
  fileprivate var order: [Int] { [characteristic] + states }
}
