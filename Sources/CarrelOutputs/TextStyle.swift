/// How released results are laid out as text.
public struct TextStyle: Hashable, Sendable {
  /// How wide the terminal is; `nil` where the text does not go to one.
  public var columns: Int?
  /// Whether a hidden figure is dim, for which nothing else than colour codes serves.
  public var usesColour: Bool
  /// Whether rules may be drawn with box characters, as in a UTF-8 locale.
  public var usesBoxCharacters: Bool
  /// Whether each group is one line of names and values, as a screen reader wants it.
  public var isPlain: Bool

  /// A layout for a terminal of some width, or for a file or pipe without one.
  public init(
    columns: Int?, usesColour: Bool = false, usesBoxCharacters: Bool = true, isPlain: Bool = false
  ) {
    self.columns = columns
    self.usesColour = usesColour && columns != nil
    self.usesBoxCharacters = usesBoxCharacters
    self.isPlain = isPlain
  }

  /// Below this a table is laid out as names and values.
  static let narrowest = 60

  /// The widest table whose levels are put in columns where the text does not go to a terminal.
  static let widestInPipe = 120

  /// Whether to write names and values instead of columns.
  var isByName: Bool { isPlain || columns.map { $0 < Self.narrowest } ?? false }

  /// Whether lines fit.
  func fits(_ width: Int) -> Bool { columns.map { width <= $0 } ?? true }

  /// The mark of a hidden figure, dim where there is colour.
  func dimmed(_ text: String) -> String { usesColour ? "\u{1B}[2m\(text)\u{1B}[0m" : text }

  /// A rule over some columns.
  func rule(_ width: Int) -> String {
    String(repeating: usesBoxCharacters ? "─" : "-", count: width)
  }
}
