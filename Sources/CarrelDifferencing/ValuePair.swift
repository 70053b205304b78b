/// The values of the people of a new table beside the same people's values in another.
struct ValuePair {
  /// The labels of a patient in both tables.
  private struct Labels: Hashable {
    var new: Int
    var other: Int
  }

  private var points: [Labels: [ValuePoint]] = [:]

  /// Everyone who is in both tables with a value in each.
  init(
    _ new: LabelVector, _ newValues: LabelVector, _ other: LabelVector, _ otherValues: LabelVector
  ) {
    let (others, values) = (other.labels, otherValues.labels)
    let own = newValues.labels
    new.forEach { index, label in
      let index = Int(index)
      guard index < others.count, index < values.count, index < own.count,
        others[index] != 0, values[index] != 0, own[index] != 0
      else { return }
      points[Labels(new: Int(label), other: Int(others[index])), default: []].append(
        ValuePoint(new: Int(own[index]), other: Int(values[index])))
    }
  }

  /// The values of those who have one of some labels in the new table and one of others in the other.
  func points(new: Set<Int>, other: Set<Int>) -> [ValuePoint] {
    points.flatMap { labels, points in
      new.contains(labels.new) && other.contains(labels.other) ? points : []
    }
  }
}

/// One person's values in two tables, as places in the declared ranges.
struct ValuePoint: Hashable {
  var new: Int
  var other: Int
}

extension LabelVector {
  /// The label of each patient by index.
  fileprivate var labels: [UInt32] {
    var labels = [UInt32](repeating: 0, count: patientCount)
    forEach { index, label in labels[Int(index)] = label }
    return labels
  }
}
