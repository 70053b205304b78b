import CarrelAudit

/// The secondary suppression that an audit proposes.
struct TableProposal {
  /// The suppressed cells.
  var primaries: [Int]
  /// The cells to hide with them.
  var companions: [Int]
}

extension TableDescription {
  /// Proposes cells to hide: leaves if they suffice, else sums as well, never the sum of everything.
  func proposal(after audit: Audit) -> TableProposal {
    let primaries = cells.indices.filter { cells[$0].isSuppressed }
    // Ranges and rounding leave a reader in doubt that the choice does not count on: where they
    // already suffice, nothing is added.
    let isExact = cells.allSatisfy { !$0.isHidden || $0.figure == .suppressed(low: 0, high: nil) }
    let isSafe = audit.intervals.allSatisfy { $0.isDecided && !$0.isExact }
    if !isExact && isSafe { return TableProposal(primaries: primaries, companions: []) }
    var best = Suppression(problem(mayHideSums: false))
    if !best.unprotected.isEmpty {
      let wider = Suppression(problem(mayHideSums: true))
      if wider.unprotected.count < best.unprotected.count { best = wider }
    }
    return TableProposal(primaries: primaries, companions: best.companions)
  }

  private func problem(mayHideSums: Bool) -> SuppressionProblem {
    let everything = atomCount ?? 0
    return SuppressionProblem(
      atomCount: everything,
      cells: cells.map { cell in
        let isLeaf = cell.atoms.count == 1
        let isOpen = isLeaf || (mayHideSums && cell.atoms.count < everything)
        let role: SuppressionProblem.Role =
          switch cell.figure {
          case .suppressed: .primary
          case .shown(let count) where count > 0 && isOpen: .eligible
          case .shown, .between: .shown
          }
        // Whether a hidden count is zero is all that the choice looks at.
        return SuppressionProblem.Cell(
          cell.atoms, role, order: Self.order(of: cell.name),
          canFall: cell.isSuppressed ? (cell.count ?? 0) > 0 : true)
      })
  }

  /// A place in an order that has nothing to do with counts (FNV-1a, finished by SplitMix64).
  private static func order(of name: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
    return hash ^ (hash >> 31)
  }
}
