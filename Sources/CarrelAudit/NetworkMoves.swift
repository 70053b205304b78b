/// Moves in a table that is a network: cycles, the cheapest by shortest paths.
struct NetworkMoves: MoveFinder {
  private let layout: SuppressionLayout
  private let network: FlowNetwork
  private var isHidden: [Bool]
  /// For each node the steps along hidden figures.
  private var hiddenSteps: [[Int]]
  /// What it costs to go along each step: a figure that must be hidden for it counts most, then
  /// the keyed order; more than all others together where that is not possible.
  private var price: [Int]
  /// Where each step ends.
  private let ends: [Int]
  private var best: [Int]
  private var arrival: [Int]
  private var touched: [Int] = []

  /// What a figure that is hidden already costs, so that short cycles are preferred.
  private static let step = 1
  /// More than all steps and ties of one cycle together.
  private static let newFigure = 1 << 40
  private static let impossible = 1 << 61

  /// The moves of a layout; `nil` where its sums are not two families of nested sets.
  init?(_ layout: SuppressionLayout, atomCount: Int) {
    let rows = layout.sums.map { Row(atoms: layout.figures[$0].atoms, low: 0, high: 0) }
    guard let families = NetworkComponent.families(rows, atomCount: atomCount) else { return nil }
    let trees = NetworkComponent.arcs(rows, families, atomCount: atomCount)
    var arcs = [FlowNetwork.Arc](
      repeating: .init(from: 0, to: 0, low: 0, high: 0, flow: 0), count: layout.figures.count)
    for (number, figure) in layout.sums.enumerated() { arcs[figure] = trees.arcs[number] }
    for (atom, figure) in layout.figureOfAtom.enumerated() {
      arcs[figure].from = trees.leaves[0][atom]
      arcs[figure].to = trees.leaves[1][atom]
    }
    self.layout = layout
    network = FlowNetwork(arcs: arcs, nodeCount: rows.count + 1)
    isHidden = [Bool](repeating: false, count: arcs.count)
    hiddenSteps = [[Int]](repeating: [], count: network.nodeCount)
    ends = (0..<arcs.count * 2).map { [network] in network.end(of: $0) }
    price = [Int](repeating: Self.impossible, count: arcs.count * 2)
    best = [Int](repeating: .max, count: network.nodeCount)
    arrival = [Int](repeating: -1, count: network.nodeCount)
    for (number, figure) in layout.figures.enumerated() {
      setPrices(of: number)
      setHidden(number, figure.role == .primary || figure.role == .hidden)
    }
  }

  mutating func setHidden(_ figure: Int, _ isHidden: Bool) {
    guard self.isHidden[figure] != isHidden else { return }
    self.isHidden[figure] = isHidden
    setPrices(of: figure)
    for step in [figure * 2, figure * 2 + 1] where step & 1 == 0 || layout.figures[figure].canFall {
      let node = network.end(of: step ^ 1)
      if isHidden {
        hiddenSteps[node].append(step)
      } else {
        hiddenSteps[node].removeAll { $0 == step }
      }
    }
  }

  mutating func move(_ figure: Int, isUp: Bool, mayHide: Bool) -> Move? {
    let step = isUp ? figure * 2 : figure * 2 + 1
    let (source, sink) = (network.end(of: step), network.end(of: step ^ 1))
    var steps = [step]
    if source != sink {
      guard findPath(from: source, to: sink, excluding: figure, mayHide: mayHide) else {
        return nil
      }
      var node = sink
      while node != source {
        steps.append(arrival[node])
        node = network.end(of: arrival[node] ^ 1)
      }
    }
    let changes = steps.compactMap { step -> Move.Change? in
      let figure = layout.figures[step >> 1]
      guard figure.atoms.count == 1 else { return nil }
      return Move.Change(atom: figure.atoms[0], difference: step & 1 == 0 ? 1 : -1)
    }
    return Move(changes: changes, figures: steps.map { $0 >> 1 })
  }

  /// A cheapest path, remembered in `arrival` (Dijkstra).
  private mutating func findPath(
    from source: Int, to sink: Int, excluding excluded: Int, mayHide: Bool
  ) -> Bool {
    for node in touched { best[node] = .max }
    touched = [source]
    best[source] = 0
    var heap = Heap()
    heap.insert(cost: 0, node: source)
    while let (cost, node) = heap.popLeast() {
      if node == sink { return true }
      guard cost == best[node] else { continue }
      let steps = mayHide ? network.stepsAway(from: node) : hiddenSteps[node][...]
      for step in steps where step >> 1 != excluded {
        let end = ends[step]
        let reached = cost + price[step]
        // What is no cheaper than the way found so far cannot make it cheaper.
        guard reached < min(best[end], best[sink], Self.impossible) else { continue }
        if best[end] == .max { touched.append(end) }
        best[end] = reached
        arrival[end] = step
        heap.insert(cost: reached, node: end)
      }
    }
    return false
  }

  /// Works out what the two steps along a figure cost.
  private mutating func setPrices(of figure: Int) {
    let known = layout.figures[figure]
    var up = Self.impossible
    if isHidden[figure] {
      up = Self.step
    } else if known.role == .eligible {
      up = known.cells.count * Self.newFigure + Int(known.order >> 32)
    }
    price[figure * 2] = up
    price[figure * 2 + 1] = known.canFall ? up : Self.impossible
  }
}

/// A binary heap of nodes by cost.
private struct Heap {
  private var entries: [(cost: Int, node: Int)] = []

  mutating func insert(cost: Int, node: Int) {
    entries.append((cost, node))
    var child = entries.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard entries[child] < entries[parent] else { return }
      entries.swapAt(child, parent)
      child = parent
    }
  }

  mutating func popLeast() -> (cost: Int, node: Int)? {
    guard let least = entries.first, let last = entries.popLast() else { return nil }
    if entries.isEmpty { return least }
    entries[0] = last
    var parent = 0
    while true {
      var child = parent * 2 + 1
      guard child < entries.count else { return least }
      if child + 1 < entries.count, entries[child + 1] < entries[child] { child += 1 }
      guard entries[child] < entries[parent] else { return least }
      entries.swapAt(child, parent)
      parent = child
    }
  }
}
