extension NetworkComponent {
  /// The extremes of every target, by flows; exact, as bounds are whole numbers.
  mutating func answer(_ component: Component) throws(AuditError) -> ComponentAnswer {
    guard network.makeFeasible() else { throw .noTableAgrees }
    let canMove = MovableArcs(network).canMove
    let base = arcOfAtom.map { network.arcs[$0].flow }
    let extremes = arcOfTarget.map { number in
      guard canMove[number] else {
        let flow = network.arcs[number].flow
        return Extremes(low: flow, high: flow, isDecided: true, lowChanges: [], highChanges: [])
      }
      let (low, lowChanges) = extreme(of: number, step: number * 2 + 1)
      let (high, highChanges) = extreme(of: number, step: number * 2)
      return Extremes(
        low: low, high: high, isDecided: true, lowChanges: lowChanges, highChanges: highChanges)
    }
    return ComponentAnswer(base: base, extremes: extremes)
  }

  /// How far an arc goes along a step, and what that changes.
  private func extreme(
    of number: Int, step: Int
  ) -> (value: Int, changes: [(atom: Int, difference: Int)]) {
    var moved = network
    let arc = network.arcs[number]
    let amount = moved.send(
      from: network.end(of: step), to: network.end(of: step ^ 1), limit: network.room(on: step),
      excluding: number)
    let difference = step & 1 == 0 ? amount : -amount
    moved.arcs[number].flow += difference
    let changes = arcOfAtom.indices.compactMap { atom -> (atom: Int, difference: Int)? in
      let difference = moved.arcs[arcOfAtom[atom]].flow - network.arcs[arcOfAtom[atom]].flow
      return difference == 0 ? nil : (atom, difference)
    }
    return (arc.flow + difference, changes)
  }
}

extension Component {
  /// The extremes of every target of the component.
  func answer(nodeLimit: Int) throws(AuditError) -> ComponentAnswer {
    if var network = NetworkComponent(self) { return try network.answer(self) }
    var lattice = try LatticeComponent(self, nodeLimit: nodeLimit)
    return lattice.answer()
  }
}
