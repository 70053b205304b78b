import CarrelOutputs

/// What text is set on: a terminal of some width, or a file or pipe.
public struct Page: Sendable {
  /// Columns across; `nil` where nobody looks at the text as it is made.
  public let columns: Int?
  /// Whether colour may be used, never as the only signal.
  public let usesColour: Bool
  /// Whether characters beyond ASCII can be shown.
  public let usesUnicode: Bool
  /// Whether each group is to be a line of names and values.
  public let isPlain: Bool

  /// A page with these properties.
  public init(columns: Int?, usesColour: Bool, usesUnicode: Bool, isPlain: Bool) {
    self.columns = columns
    self.usesColour = usesColour
    self.usesUnicode = usesUnicode
    self.isPlain = isPlain
  }

  /// How released tables are laid out on it.
  var style: TextStyle {
    TextStyle(
      columns: columns, usesColour: usesColour, usesBoxCharacters: usesUnicode, isPlain: isPlain)
  }
}
