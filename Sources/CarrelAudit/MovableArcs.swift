/// Which arcs of a circulation can take another value, found for all at once in linear time.
///
/// Steps with room form the residual graph. An arc that can go one way can move exactly if both its
/// ends are in one strongly connected component. One that can go both ways must not be a bridge of
/// that component either: else only the way back closes its cycle. (Boesch and Tindell, 1980: in a
/// strongly connected mixed graph every two-way edge that is no bridge lies on a directed cycle.)
struct MovableArcs {
  private(set) var canMove: [Bool]

  init(_ network: FlowNetwork) {
    canMove = [Bool](repeating: false, count: network.arcs.count)
    let component = Self.strongComponents(network)
    var isInside = [Bool](repeating: false, count: network.arcs.count)
    for (number, arc) in network.arcs.enumerated() {
      let hasRoom = network.room(on: number * 2) > 0 || network.room(on: number * 2 + 1) > 0
      isInside[number] = hasRoom && component[arc.from] == component[arc.to]
    }
    canMove = isInside
    for bridge in Self.bridges(network, among: isInside) { canMove[bridge] = false }
  }

  /// For each node the number of its strongly connected component (Tarjan, without recursion).
  private static func strongComponents(_ network: FlowNetwork) -> [Int] {
    let count = network.nodeCount
    var order = [Int](repeating: -1, count: count)
    var low = order
    var component = order
    var (clock, componentCount) = (0, 0)
    var open: [Int] = []
    var path: [(node: Int, steps: ArraySlice<Int>)] = []
    for start in 0..<count where order[start] < 0 {
      path.append((start, network.stepsAway(from: start)))
      (order[start], low[start]) = (clock, clock)
      clock += 1
      open.append(start)
      while let (node, _) = path.last {
        if let step = path[path.count - 1].steps.popFirst() {
          guard network.room(on: step) > 0 else { continue }
          let end = network.end(of: step)
          if order[end] < 0 {
            path.append((end, network.stepsAway(from: end)))
            (order[end], low[end]) = (clock, clock)
            clock += 1
            open.append(end)
          } else if component[end] < 0 {
            low[node] = min(low[node], order[end])
          }
          continue
        }
        path.removeLast()
        if let parent = path.last?.node { low[parent] = min(low[parent], low[node]) }
        guard low[node] == order[node] else { continue }
        while let last = open.popLast() {
          component[last] = componentCount
          if last == node { break }
        }
        componentCount += 1
      }
    }
    return component
  }

  /// The arcs, of those marked, without which their ends fall apart, whatever their direction.
  private static func bridges(_ network: FlowNetwork, among isInside: [Bool]) -> [Int] {
    var order = [Int](repeating: -1, count: network.nodeCount)
    var low = order
    var clock = 0
    var found: [Int] = []
    var path: [(node: Int, arrival: Int, steps: ArraySlice<Int>)] = []
    for start in 0..<network.nodeCount where order[start] < 0 {
      path.append((start, -1, network.stepsAway(from: start)))
      (order[start], low[start]) = (clock, clock)
      clock += 1
      while let (node, arrival, _) = path.last {
        if let step = path[path.count - 1].steps.popFirst() {
          guard isInside[step >> 1], step >> 1 != arrival else { continue }
          let end = network.end(of: step)
          if order[end] < 0 {
            path.append((end, step >> 1, network.stepsAway(from: end)))
            (order[end], low[end]) = (clock, clock)
            clock += 1
          } else {
            low[node] = min(low[node], order[end])
          }
          continue
        }
        path.removeLast()
        guard let parent = path.last?.node else { continue }
        low[parent] = min(low[parent], low[node])
        if low[node] == order[node] { found.append(arrival) }
      }
    }
    return found
  }
}
