import CarrelDisclosure
import CarrelOutputs
import CarrelPlan
import CarrelValues
import Foundation
import TestSupport
import Testing

@Suite("The page of a report") struct ReportPageTests {
  private func page(
    _ results: ReleasedResults, title: String = "Asthma", study: String = "study \"Asthma\""
  ) -> String {
    let about = ReportPage.About(
      title: title, question: "Who is reviewed?", origin: "Northmoor",
      facts: [("Policy", "opensafely 3")],
      explanation: [("Counts adults.", false), ("who is registered", true), ("After.", false)],
      study: study)
    return String(decoding: ReportPage(of: results, about: about).bytes, as: UTF8.self)
  }

  @Test func `shows every figure of a table and no other`() throws {
    let page = try page(Examples.released(Examples.reviews))
    #expect(page.contains("<td>47%<small>40 of 85</small></td>"))
    #expect(page.contains("<td class=\"hidden\"><span class=\"mark\">[REDACTED]</span></td>"))
    #expect(page.contains("<td>60%<small>700 of 1,160</small></td>"))
    // The hidden group is 4 of 7 people; no cell holds either number.
    #expect(!page.contains(">4 of 7<") && !page.contains(">7<"))
  }

  @Test(
    "lets no text of a study become markup",
    arguments: [
      ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
      ("\"><img src=x onerror=y>", "&quot;&gt;&lt;img src=x onerror=y&gt;"),
      ("a & b 'c'", "a &amp; b &#39;c&#39;"),
      ("x\u{202E}y\u{1B}[31m", "x\u{FFFD}y\u{FFFD}[31m"),
    ])
  func harmless(text: String, shown: String) throws {
    let page = try page(Examples.released(Examples.reviews), title: text, study: text)
    #expect(page.contains("<h1>\(shown)</h1>") && page.contains("<code>\(shown)</code>"))
    #expect(!page.contains("<script") && !page.contains("<img"))
  }

  @Test func `is well-formed, and fetches and runs nothing`() throws {
    let page = try page(Examples.released(Examples.reviews))
    var open: [Substring] = []
    for tag in page.matches(of: #/<(/?)([a-z0-9]+)[^<>]*?(/?)>/#) where tag.3.isEmpty {
      if tag.1.isEmpty { open.append(tag.2) } else { #expect(open.popLast() == tag.2) }
    }
    #expect(open.isEmpty)
    #expect(
      page.contains("content=\"default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;\""))
    #expect(!page.contains("http://") && !page.contains("https://") && !page.contains("url("))
  }

  @Test func `names its table, heads its columns and lines, and can be scrolled with keys`() throws
  {
    let page = try page(Examples.released(Examples.reviews))
    for part in [
      "<html lang=\"en-GB\">", "<caption>Had a review</caption>", "<th scope=\"col\">18-39</th>",
      "<th scope=\"row\" class=\"label\">1 most deprived</th>", "tabindex=\"0\"",
      "href=\"#main\"", "<h2>reviews</h2>",
    ] { #expect(page.contains(part), "\(part)") }
    #expect(page.components(separatedBy: "<h1>").count == 2)
  }

  @Test func `draws what changes over time and breaks the line where a figure is hidden`() throws {
    let months = Intervals.months(5, from: try #require(CivilDate(iso: "2024-01-01")))
    let example = RawExample(
      name: "monthly", in: months, by: [], show: [.count, .percent("ill", "Ill")],
      cells: [(40, 10), (50, 20), (60, 3), (50, 30), (40, 40)].map { .people($0, $1) })
    let page = try page(Examples.released(example))
    #expect(page.components(separatedBy: "<polyline").count == 3)
    #expect(page.contains("aria-label=\"Ill, by month\""))
    #expect(page.contains("A gap is a hidden figure."))
  }

  @Test func `sets sentences that belong together as a list`() throws {
    let page = try page(Examples.released(Examples.reviews))
    #expect(
      page.contains("<p>Counts adults.</p><ul><li>who is registered</li></ul><p>After.</p>"))
  }
}
