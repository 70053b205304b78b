/// The name closest in spelling to one that is not known, or `nil` if none is close.
///
/// Close means at most one edit in three characters, case aside; an edit is a character added,
/// left out, changed or swapped with its neighbour. Of several equally close, the first in code
/// point order is taken, so that the answer does not depend on the order of `names`.
///
/// Source: optimal string alignment distance, after Damerau, Communications of the ACM 7 (1964).
public func closest(to name: String, among names: some Sequence<String>) -> String? {
  let wanted = Array(name.lowercased().utf8)
  guard wanted.count <= longestName else { return nil }
  let allowed = max(1, wanted.count / 3)
  var best: (name: String, distance: Int)?
  for candidate in names where candidate != name {
    let letters = Array(candidate.lowercased().utf8)
    guard abs(letters.count - wanted.count) <= allowed else { continue }
    let distance = editDistance(wanted, letters)
    guard distance <= allowed else { continue }
    if let best,
      best.distance < distance
        || best.distance == distance && best.name.utf8.lexicographicallyPrecedes(candidate.utf8)
    {
      continue
    }
    best = (candidate, distance)
  }
  return best?.name
}

/// Longer words are not names that somebody mistyped, and comparing them would take long.
private let longestName = 100

private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var beforePrevious: [Int] = []
  var previous = Array(0...right.count)
  for (i, a) in left.enumerated() {
    var current = [i + 1]
    for (j, b) in right.enumerated() {
      var cost = min(previous[j] + (a == b ? 0 : 1), previous[j + 1] + 1, current[j] + 1)
      if i > 0, j > 0, a == right[j - 1], left[i - 1] == b {
        cost = min(cost, beforePrevious[j - 1] + 1)
      }
      current.append(cost)
    }
    (beforePrevious, previous) = (previous, current)
  }
  return previous[right.count]
}
