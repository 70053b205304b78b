/// A self-contained page: no script, no font, picture or style from anywhere else.
///
/// Its content policy forbids a reader's browser to run or fetch anything, whatever the page holds.
struct WebPage {
  /// What the browser's window is called.
  let title: String
  /// A line over the heading: what the page is, and where it belongs.
  let kicker: String
  /// The heading.
  let heading: String
  /// The question or sentence beneath the heading.
  let lede: String
  /// Terms and their values at the head of the page.
  let facts: [(term: String, value: String)]
  /// The parts of the page, each under a heading of its own.
  let sections: [Section]
  /// The last line.
  let footer: String

  /// One part of a page.
  struct Section {
    /// The name by which the page links to it.
    let id: String
    let heading: String
    let content: [HTML]
  }

  /// The page as a file.
  var bytes: [UInt8] {
    let head = HTML.element(
      "head",
      [
        .empty("meta", ["charset": "utf-8"]),
        .empty(
          "meta",
          [
            "http-equiv": "Content-Security-Policy",
            "content": "default-src 'none'; style-src 'unsafe-inline'",
          ]),
        .empty(
          "meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
        .element("title", title), WebPage.style,
      ])
    let page = HTML.element("html", ["lang": "en-GB"], [head, body])
    return Array("<!doctype html>\n\(page.markup)\n".utf8)
  }

  private var body: HTML {
    .element(
      "body",
      [
        .element("a", ["class": "skip", "href": "#main"], "Skip to the content"),
        .element(
          "div", ["class": "page"],
          [
            header, .element("main", ["id": "main"], sections.map(\.html)),
            .element("footer", [.element("p", footer)]),
          ]),
      ])
  }

  private var header: HTML {
    var parts = [HTML.element("p", ["class": "over"], kicker), .element("h1", heading)]
    if !lede.isEmpty { parts.append(.element("p", ["class": "lede"], lede)) }
    if !facts.isEmpty {
      parts.append(
        .element(
          "dl", ["class": "facts"],
          facts.map { .element("div", [.element("dt", $0.term), .element("dd", $0.value)]) }))
    }
    return .element("header", parts + [navigation])
  }

  private var navigation: HTML {
    let links = sections.map { section in
      HTML.element("li", [.element("a", ["href": "#\(section.id)"], section.heading)])
    }
    return .element("nav", ["aria-label": "On this page"], [.element("ul", links)])
  }
}

extension WebPage.Section {
  fileprivate var html: HTML {
    .element("section", ["id": id], [.element("h2", heading)] + content)
  }
}
