/// Patients who are in the same cells of several tables: an atom of what the tables say together.
struct JointGroup: Hashable {
  /// The label of each table, in the order of the tables; 0 is outside.
  var labels: [Int]
  var count: Int
}

/// Who shares the cells of all tables that could be taken together with a new one.
struct JointGroups {
  /// The positions of the tables taken, after the new one.
  private(set) var linked: [Int] = []
  private(set) var groups: [JointGroup] = []
  /// Whether every table that shares a patient with the new one and says something was taken.
  private(set) var isComplete = true

  /// Divides the patients by the new table and by as many others as the limit allows, those first
  /// that divide them into the fewest groups.
  init<Failure: Error>(
    of judge: TableJudge, _ vector: LabelVector, limit: Int,
    otherVector: (Int) throws(Failure) -> LabelVector
  ) throws(Failure) {
    var patients = PatientGroups()
    guard patients.refine(by: vector, limit: limit) else {
      isComplete = judge.informative.isEmpty
      return
    }
    for other in judge.informative {
      // A table that parts the new one more finely than the limit cannot be taken.
      guard judge.pairs[other].shared.entries.count <= limit,
        patients.refine(by: try otherVector(other), limit: limit)
      else {
        isComplete = false
        continue
      }
      linked.append(other)
    }
    groups = patients.groups
  }
}

/// The group of each patient, divided by one table after the other.
private struct PatientGroups {
  /// By index; whoever is behind the end is in no table.
  private var groupOf: [UInt32] = []
  /// The labels and people of each group; group 0 is in no table.
  private var labels: [[Int]] = [[]]
  private var counts: [Int] = [0]

  /// Pairs of a group and a label up to which patients are counted.
  private static let pairLimit = 1 << 22

  /// The groups with somebody in some table.
  var groups: [JointGroup] {
    zip(labels, counts).dropFirst().map { JointGroup(labels: $0, count: $1) }
  }

  /// Divides every group by the labels of a table, unless that makes more groups than the limit.
  mutating func refine(by vector: LabelVector, limit: Int) -> Bool {
    let width = vector.labelCount + 1
    guard labels.count * width <= Self.pairLimit else { return false }
    while groupOf.count < vector.patientCount { groupOf.append(0) }
    var people = [Int](repeating: 0, count: labels.count * width)
    visit(vector) { group, label in
      people[Int(group) * width + Int(label)] += 1
      return group
    }
    let kept = people.indices.filter { $0 == 0 || people[$0] > 0 }
    guard kept.count - 1 <= limit else { return false }
    var numbers = [UInt32](repeating: 0, count: people.count)
    for (number, pair) in kept.enumerated() { numbers[pair] = UInt32(number) }
    visit(vector) { group, label in numbers[Int(group) * width + Int(label)] }
    labels = kept.map { labels[$0 / width] + [$0 % width] }
    counts = kept.map { people[$0] }
    return true
  }

  /// Calls a closure with the group and label of each patient, and puts them in the group it gives.
  private mutating func visit(_ vector: LabelVector, _ body: (UInt32, UInt32) -> UInt32) {
    groupOf.withUnsafeMutableBufferPointer { groupOf in
      var index = 0
      vector.withCursor { cursor in
        while let block = cursor.next() {
          for label in block {
            groupOf[index] = body(groupOf[index], label)
            index += 1
          }
        }
      }
      while index < groupOf.count {
        groupOf[index] = body(groupOf[index], 0)
        index += 1
      }
    }
  }
}
