/// A piece of a page, in which every text is harmless.
///
/// Texts become HTML in one place, ``init(_:)``, and markup is made from names that the program
/// wrote, so nothing that a study says can become an element, an attribute or a script.
struct HTML: Equatable {
  /// The piece as it stands in a file.
  let markup: String

  /// Names that the program wrote, with values that may be any text.
  typealias Attributes = KeyValuePairs<StaticString, String>

  private init(markup: String) { self.markup = markup }

  /// A text, with what HTML would obey written as character references.
  ///
  /// Control characters, which HTML forbids or hides, stand as the replacement character.
  init(_ text: String) {
    var markup = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": markup += "&amp;"
      case "<": markup += "&lt;"
      case ">": markup += "&gt;"
      case "\"": markup += "&quot;"
      case "'": markup += "&#39;"
      case "\n": markup += "\n"
      default:
        let isHidden = [.control, .format, .surrogate, .privateUse].contains(
          scalar.properties.generalCategory)
        markup.unicodeScalars.append(isHidden ? "\u{FFFD}" : scalar)
      }
    }
    self.init(markup: markup)
  }

  /// Pieces one after another.
  init(_ pieces: [HTML]) { self.init(markup: pieces.map(\.markup).joined()) }

  /// An element with what it holds.
  ///
  /// - Parameters:
  ///   - name: The element's name, written by the program.
  ///   - attributes: Names written by the program, and values that may be any text.
  ///   - content: What it holds.
  /// - Returns: The element.
  static func element(
    _ name: StaticString, _ attributes: Attributes,
    _ content: [HTML]
  ) -> HTML {
    HTML(markup: "<\(name)\(text(of: attributes))>\(HTML(content).markup)</\(name)>")
  }

  /// An element with a text.
  static func element(
    _ name: StaticString, _ attributes: Attributes, _ text: String
  ) -> HTML {
    element(name, attributes, [HTML(text)])
  }

  /// An element without attributes.
  static func element(_ name: StaticString, _ content: [HTML]) -> HTML {
    element(name, [:], content)
  }

  /// An element with a text and no attributes.
  static func element(_ name: StaticString, _ text: String) -> HTML {
    element(name, [:], [HTML(text)])
  }

  /// An element that holds nothing, such as `meta` or a line of a drawing.
  static func empty(
    _ name: StaticString, _ attributes: Attributes
  ) -> HTML {
    HTML(markup: "<\(name)\(text(of: attributes))/>")
  }

  /// Markup that the program wrote, such as a style sheet.
  static func verbatim(_ markup: StaticString) -> HTML { HTML(markup: "\(markup)") }

  private static func text(of attributes: Attributes) -> String {
    attributes.map { " \($0.key)=\"\(HTML($0.value).markup)\"" }.joined()
  }
}
