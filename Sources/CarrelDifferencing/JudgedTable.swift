/// A table while it is judged: its description, where it is, and what is published of it by now.
struct JudgedTable {
  var table: GuardedTable
  let place: TablePlace
  /// What is said of the members of each figure; a figure that took a fact says nothing of them.
  var published: [PublishedCount]
  /// Whether something is shown of each figure's members that is computed from their own values.
  var showsValues: [Bool]

  init(_ table: GuardedTable, at place: TablePlace) {
    self.table = table
    self.place = place
    published = table.figures.map(\.published)
    showsValues = table.figures.map { $0.published.bounds != nil }
  }

  var figures: [GuardedFigure] { table.figures }

  /// Whether a figure says something of its own members.
  func isKnown(_ figure: Int) -> Bool { published[figure].bounds != nil }

  func place(of figure: Int) -> FigurePlace { FigurePlace(place, figure: figure) }

  /// Whether it is another interval of one series, or one of the two counts people of the other's
  /// cells.
  func isSibling(of other: JudgedTable) -> Bool {
    if let whole = table.shareOf, whole == other.table.series?.series { return true }
    if let whole = other.table.shareOf, whole == table.series?.series { return true }
    guard let own = table.series, let its = other.table.series else { return false }
    return own.series == its.series && own.interval != its.interval
  }
}
