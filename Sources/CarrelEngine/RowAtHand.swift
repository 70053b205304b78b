internal import CarrelValues

/// A row of a patient while a row query looks at it.
struct RowAtHand {
  /// A value for each column of the table.
  let columns: [Value]
  /// Where it is among the patient's stored rows.
  let position: Int
  /// Its place in the sequence, where there is one.
  var place: Place?

  /// A place in a sequence; rows are their positions among the patient's stored rows.
  ///
  /// A row whose first key is missing is in the sequence without having a number or neighbours.
  struct Place {
    /// From 1.
    var number: Int?
    var previous: Int?
    var next: Int?
  }

  /// The same row with a place.
  func placed(at place: Place) -> RowAtHand {
    RowAtHand(columns: columns, position: position, place: place)
  }
}
