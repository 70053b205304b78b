/// A circulation: whole numbers on arcs, within bounds, entering each node as often as leaving it.
struct FlowNetwork {
  /// One arc and what flows on it.
  struct Arc {
    var from: Int
    var to: Int
    var low: Int
    var high: Int
    var flow: Int
  }

  var arcs: [Arc]
  let nodeCount: Int
  /// Where the arcs of each node begin in `steps`.
  private var starts: [Int]
  /// For each node the arcs that leave it (twice the number) and enter it (twice and one).
  private var steps: [Int]

  init(arcs: [Arc], nodeCount: Int) {
    self.arcs = arcs
    self.nodeCount = nodeCount
    starts = [Int](repeating: 0, count: nodeCount + 1)
    for arc in arcs {
      starts[arc.from + 1] += 1
      starts[arc.to + 1] += 1
    }
    for node in 0..<nodeCount { starts[node + 1] += starts[node] }
    var next = starts
    steps = [Int](repeating: 0, count: arcs.count * 2)
    for (number, arc) in arcs.enumerated() {
      steps[next[arc.from]] = number * 2
      next[arc.from] += 1
      steps[next[arc.to]] = number * 2 + 1
      next[arc.to] += 1
    }
  }

  /// The steps that lead away from a node.
  func stepsAway(from node: Int) -> ArraySlice<Int> { steps[starts[node]..<starts[node + 1]] }

  /// Where a step ends.
  func end(of step: Int) -> Int { step & 1 == 0 ? arcs[step >> 1].to : arcs[step >> 1].from }

  /// How much more may go along a step.
  ///
  /// An arc below its lower bound, while a first circulation is sought, may rise and not fall.
  func room(on step: Int) -> Int {
    let arc = arcs[step >> 1]
    return step & 1 == 0 ? arc.high - arc.flow : max(0, arc.flow - arc.low)
  }

  /// Sends as much as possible, up to a limit, from one node to another by shortest paths.
  ///
  /// One arc, the excluded one, may not be used. What is returned was sent: flows have changed by it.
  mutating func send(from source: Int, to sink: Int, limit: Int, excluding excluded: Int) -> Int {
    if source == sink { return limit }
    var sent = 0
    var search = PathSearch(nodeCount: nodeCount)
    while sent < limit,
      search.findPath(in: self, from: source, to: sink, excluding: excluded)
    {
      let path = search.path(in: self, from: source, to: sink)
      let amount = path.reduce(limit - sent) { min($0, room(on: $1)) }
      for step in path { arcs[step >> 1].flow += step & 1 == 0 ? amount : -amount }
      sent += amount
    }
    return sent
  }

  /// Brings every arc up to its lower bound; whether that is possible.
  mutating func makeFeasible() -> Bool {
    for number in arcs.indices where arcs[number].flow < arcs[number].low {
      let arc = arcs[number]
      let missing = arc.low - arc.flow
      let sent = send(from: arc.to, to: arc.from, limit: missing, excluding: number)
      arcs[number].flow += sent
      if sent < missing { return false }
    }
    return true
  }
}

/// A breadth-first search that can be repeated without clearing what it has marked.
struct PathSearch {
  private var mark: [Int]
  private var round = 0
  private var arrival: [Int]
  private var queue: [Int] = []

  init(nodeCount: Int) {
    mark = [Int](repeating: 0, count: nodeCount)
    arrival = [Int](repeating: -1, count: nodeCount)
    queue.reserveCapacity(nodeCount)
  }

  /// Looks for a path with room on every step, and remembers it.
  mutating func findPath(
    in network: borrowing FlowNetwork, from source: Int, to sink: Int, excluding excluded: Int
  ) -> Bool {
    round += 1
    queue.removeAll(keepingCapacity: true)
    queue.append(source)
    mark[source] = round
    var head = 0
    while head < queue.count {
      let node = queue[head]
      head += 1
      for step in network.stepsAway(from: node) where step >> 1 != excluded {
        let end = network.end(of: step)
        guard mark[end] != round, network.room(on: step) > 0 else { continue }
        mark[end] = round
        arrival[end] = step
        if end == sink { return true }
        queue.append(end)
      }
    }
    return false
  }

  /// The steps of the path found last.
  func path(in network: borrowing FlowNetwork, from source: Int, to sink: Int) -> [Int] {
    var steps: [Int] = []
    var node = sink
    while node != source {
      let step = arrival[node]
      steps.append(step)
      node = network.end(of: step ^ 1)
    }
    return steps.reversed()
  }
}
