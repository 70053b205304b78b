import CarrelDisclosure

extension TextGrid {
  /// The table for a page, with every line.
  ///
  /// - Parameters:
  ///   - caption: What the table is.
  ///   - note: What a reader should know of it; may be empty.
  /// - Returns: The table in a box that scrolls by itself where it is wider than the page.
  func html(caption: String, note: String) -> HTML {
    let title = HTML.element(
      "caption", [HTML(caption)] + (note.isEmpty ? [] : [.element("span", note)]))
    let table = HTML.element(
      "table",
      [title, head, .element("tbody", rows.map { $0.html(labelCount: labelHeadings.count) })])
    // A table wider than the page is scrolled by itself, with keys as well as by touch.
    return .element(
      "div",
      [
        "class": "scroll", "role": "region", "aria-label": "\(caption), table",
        "tabindex": "0",
      ], [table])
  }

  private var head: HTML {
    let labels = labelHeadings.map {
      HTML.element("th", ["scope": "col", "class": "label"], $0)
    }
    let figures = figureHeadings.map { parts in
      HTML.element("th", ["scope": "col"], parts.joined(separator: ", "))
    }
    return .element("thead", [.element("tr", labels + figures)])
  }
}

extension TextGrid.Row {
  fileprivate func html(labelCount: Int) -> HTML {
    let headings = labels.prefix(labelCount).map {
      HTML.element("th", ["scope": "row", "class": "label"], $0)
    }
    return .element("tr", isTotal ? ["class": "total"] : [:], headings + cells.map(\.html))
  }
}

extension GridCell {
  /// The cell of a page; a hidden figure is a word, so that it can be heard.
  fileprivate var html: HTML {
    let mark = HTML.element("span", ["class": "mark"], ReleasedFigure.mark)
    switch self {
    case .share(let percent, let numerator, let whole):
      return .element("td", [HTML(percent), .element("small", "\(numerator) of \(whole)")])
    case .hiddenShare(let whole):
      return .element("td", ["class": "hidden"], [mark, .element("small", "of \(whole)")])
    case .figure(ReleasedFigure.mark):
      return .element("td", ["class": "hidden"], [mark])
    default:
      return .element("td", sentence)
    }
  }
}
