/// How words stand on the page: the words by their place among the tokens of a file, and between
/// them spaces and the places where a line may break.
///
/// The scheme is Wadler's ("A prettier printer", 2003): whoever builds a layout says where lines
/// may break, and ``LayoutPrinter`` breaks as few of them as the width of the page asks for.
indirect enum Layout: Sendable {
  /// The token at this place.
  case token(Int)
  /// A space.
  case space
  /// A space, or a line break where the group around it does not fit on its line.
  case line
  /// A line break.
  case newLine
  /// Spaces up to a column, counted from 0, and at least this many.
  case column(Int, atLeast: Int)
  /// One after another.
  case sequence([Layout])
  /// On one line if it fits, else with a break at each of its own ``line``s.
  case group(Layout)
  /// As many on each line as fit, a space between two.
  case fill(ArraySlice<Layout>)
  /// Lines inside begin in the column where this begins.
  case aligned(Layout)
  /// Lines inside begin this many columns further right.
  case indented(Int, Layout)
  /// The first, unless its lines are longer than the page is wide and those of the second are not.
  case either(Layout, Layout)
}

extension Layout {
  static let nothing = Layout.sequence([])

  /// One after another with a space between two.
  static func spaced(_ parts: Layout...) -> Layout { joined(parts, by: .space) }

  /// One after another with the same between two.
  static func joined(_ parts: [Layout], by separator: Layout) -> Layout {
    .sequence(Array(parts.map { [$0] }.joined(separator: [separator])))
  }

  /// On one line if they fit, else each on its own, all beginning in one column.
  static func stacked(_ parts: [Layout]) -> Layout { .aligned(.group(.joined(parts, by: .line))) }

  /// As many on each line as fit, all lines beginning in one column.
  static func filled(_ parts: [Layout]) -> Layout { .aligned(.fill(parts[...])) }
}
