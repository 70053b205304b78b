import CarrelDisclosure
import CarrelOutputs
import CarrelPlan
import CarrelValues
import TestSupport
import Testing

@Suite("A table in the terminal") struct TextTableTests {
  let wide = TextStyle(columns: 100)

  @Test func `the last of two groupings is in columns and totals stand under a rule`() throws {
    let text = try Examples.released(Examples.reviews).text(
      wide, title: ["Are annual asthma reviews less common in more deprived areas?"])
    #expect(
      text == """
        Are annual asthma reviews less common in more deprived areas?
        Deprivation                18-39           40-59           60-79           80+               All
        ────────────────  ──────────────  ──────────────  ──────────────  ────────────  ────────────────
        1 most deprived   47%  40 of  85  56%  50 of  90  67%  40 of  60    [REDACTED]  55% 130 of   235
        2                 50%  40 of  80  59%  50 of  85  69%  45 of  65  67% 10 of 15  59% 145 of   245
        3                 50%  35 of  70  59%  50 of  85  69%  45 of  65  67% 10 of 15  60% 140 of   235
        4                 54%  35 of  65  69%  55 of  80  69%  45 of  65  67% 10 of 15  64% 145 of   225
        5 least deprived  55%  30 of  55  67%  50 of  75  71%  50 of  70  50% 10 of 20  64% 140 of   220
        ────────────────  ──────────────  ──────────────  ──────────────  ────────────  ────────────────
        All               51% 180 of 355  61% 255 of 415  69% 225 of 325  62% 40 of 65  60% 700 of 1,160
        Counts of 1 to 7 are hidden, others are to the nearest 5, totals add up what is shown.
        """)
  }

  @Test func `where columns do not fit the last grouping moves to lines`() throws {
    let lines = try Examples.released(Examples.reviews).text(TextStyle(columns: 80)).lines
    #expect(lines.count == 35)
    #expect(
      Array(lines[0...8]) == [
        "Deprivation       Age        Had a review",
        "────────────────  ─────  ────────────────",
        "1 most deprived   18-39  47%  40 of    85",
        "                  40-59  56%  50 of    90",
        "                  60-79  67%  40 of    60",
        "                  80+          [REDACTED]",
        "                  All    55% 130 of   235",
        "2                 18-39  50%  40 of    80",
        "                  40-59  59%  50 of    85",
      ])
    #expect(
      Array(lines.suffix(8)) == [
        "────────────────  ─────  ────────────────",
        "All               18-39  51% 180 of   355",
        "                  40-59  61% 255 of   415",
        "                  60-79  69% 225 of   325",
        "                  80+    62%  40 of    65",
        "                  All    60% 700 of 1,160",
        "Counts of 1 to 7 are hidden, others are to the nearest 5, totals add up what is",
        "shown.",
      ])
  }

  @Test func `one grouping has a column for each statistic`() throws {
    #expect(
      try Examples.released(Examples.health).text(wide) == """
        Sex      count                  Ill      bmi   visits
        ───────  ─────  ───────────────────  ───────  ───────
        female   4,205   29% 1,205 of 4,205     27.0    9,000
        male     4,000  [REDACTED] of 4,000     27.5    8,000
        missing      0                  n/a  missing  missing
        ───────  ─────  ───────────────────  ───────  ───────
        All      8,205   29% 1,205 of 4,205    27.25   17,000
        Counts of 1 to 7 are hidden, others are to the nearest 5, totals add up what is shown.
        """)
  }

  @Test func `figures in full are cut to what a person reads`() throws {
    #expect(
      try Examples.released(Examples.health, under: "exact").text(wide) == """
        Sex      count                   Ill      bmi   visits
        ───────  ─────  ────────────────────  ───────  ───────
        female   4,203  28.6% 1,204 of 4,203       27    9,000
        male     3,999   0.1%     3 of 3,999  27.5069    8,000
        missing      0                   n/a  missing  missing
        ───────  ─────  ────────────────────  ───────  ───────
        All      8,202  14.7% 1,207 of 8,202  27.2474   17,000
        Nothing is hidden or rounded: these rules are for invented people only.
        """)
  }

  @Test func `no grouping is one line of figures`() throws {
    let example = RawExample(
      by: [], show: [.count, .percent("ill", "Ill")], cells: [.people(1_203, 418)])
    #expect(
      try Examples.released(example).text(wide) == """
                     Ill
        ────────────────
        35% 420 of 1,205
        Counts of 1 to 7 are hidden, others are to the nearest 5, totals add up what is shown.
        """)
  }

  /// Three groupings with all margins of the first; every group has 10 people for each step.
  let three = RawExample(
    name: "three",
    by: [
      .named("region", "Region", levels: ["North", "South"]),
      .named("sex", "Sex", levels: ["female", "male"]),
      .named("age", "Age", levels: ["young", "old"]),
    ], show: [.count], totals: [[0, 1], [1, 2], []], cells: (1...8).map { .people(10 * $0) })

  @Test func `three groupings have two in lines, and only the totals asked for`() throws {
    #expect(
      try Examples.released(three).text(wide) == """
        Region  Sex     young  old  All
        ──────  ──────  ─────  ───  ───
        North   female     10   20   30
                male       30   40   70
        South   female     50   60  110
                male       70   80  150
        ──────  ──────  ─────  ───  ───
        All     female     60   80
                male      100  120
                All                 360
        Counts of 1 to 7 are hidden, others are to the nearest 5, totals add up what is shown.
        """)
  }

  @Test func `several statistics have headings of two parts, broken where they must be`() throws {
    let example = RawExample(
      by: [
        .named("region", "Region", levels: ["North", "South"]),
        .named("sex", "Sex", levels: ["female", "male"]),
      ], show: [.count, .percent("ill", "Ill at the time"), .percent("well", "Well")],
      cells: [.people(40, 20, 20), .people(60, 12, 48), .people(0, 0, 0), .people(5, 1, 1)])
    let results = try Examples.released(example)
    #expect(
      results.text(wide) == """
                female           female        female        male             male          male
        Region   count  Ill at the time          Well       count  Ill at the time          Well
        ──────  ──────  ───────────────  ────────────  ──────────  ───────────────  ────────────
        North       40     50% 20 of 40  50% 20 of 40          60     17% 10 of 60  83% 50 of 60
        South        0              n/a           n/a  [REDACTED]       [REDACTED]    [REDACTED]
        Counts of 1 to 7 are hidden, others are to the nearest 5, totals add up what is shown.
        """)
    #expect(
      results.text(TextStyle(columns: 86)) == """
                female        female        female        male          male          male
                          Ill at the                              Ill at the
        Region   count          time          Well       count          time          Well
        ──────  ──────  ────────────  ────────────  ──────────  ────────────  ────────────
        North       40  50% 20 of 40  50% 20 of 40          60  17% 10 of 60  83% 50 of 60
        South        0           n/a           n/a  [REDACTED]    [REDACTED]    [REDACTED]
        Counts of 1 to 7 are hidden, others are to the nearest 5, totals add up what is shown.
        """)
    #expect(
      results.text(TextStyle(columns: 72)) == """
        Region  Sex          count  Ill at the time          Well
        ──────  ──────  ──────────  ───────────────  ────────────
        North   female          40     50% 20 of 40  50% 20 of 40
                male            60     17% 10 of 60  83% 50 of 60
        South   female           0              n/a           n/a
                male    [REDACTED]       [REDACTED]    [REDACTED]
        Counts of 1 to 7 are hidden, others are to the nearest 5, totals add up
        what is shown.
        """)
  }

  @Test func `where that does not fit either, statistics stand one under another`() throws {
    let example = RawExample(
      by: [.named("region", "Region", levels: ["Yorkshire and the Humber, and the North East"])],
      show: [.count, .percent("ill", "Ill"), .percent("well", "Well")], cells: [.people(40, 20, 8)])
    #expect(
      try Examples.released(example).text(TextStyle(columns: 72)) == """
        Region                                        count
        ────────────────────────────────────────────  ─────
        Yorkshire and the Humber, and the North East     40

        Region                                                 Ill
        ────────────────────────────────────────────  ────────────
        Yorkshire and the Humber, and the North East  50% 20 of 40

        Region                                                Well
        ────────────────────────────────────────────  ────────────
        Yorkshire and the Humber, and the North East  25% 10 of 40
        Counts of 1 to 7 are hidden, others are to the nearest 5, totals add up
        what is shown.
        """)
  }

  @Test func `a table by each of its groupings is a table for each, totals in the first`() throws {
    let output = TableOutput(
      name: "each", population: 0,
      groupings: [
        .named("sex", "Sex", levels: ["female", "male"]),
        .named("region", "Region", levels: ["North", "South"]),
      ],
      breakdowns: [
        Breakdown(groupings: [0], isTotal: false), Breakdown(groupings: [1], isTotal: false),
        Breakdown(groupings: [], isTotal: true),
      ], statistics: [.count])
    let raw = RawTable(breakdowns: [
      [.people(43), .people(54)], [.people(91), .people(6)], [.people(97)],
    ])
    let results = try DisclosureGate.release(
      RawResults(outputs: [.table(raw)]),
      of: Plan(populations: [Population(name: "all", criteria: [])], outputs: [.table(output)]),
      under: try Policies.named("opensafely"))
    #expect(
      results.text(wide) == """
        Sex     count
        ──────  ─────
        female     45
        male       55
        ──────  ─────
        All       100

        Region       count
        ──────  ──────────
        North           90
        South   [REDACTED]
        Counts of 1 to 7 are hidden, others are to the nearest 5, totals add up what is shown.
        """)
    #expect(
      results.file("each.csv") == """
        line,sex,region,count,count_status
        group,female,,45,shown
        group,male,,55,shown
        group,,North,90,shown
        group,,South,,redacted
        total,,,100,shown

        """)
  }
}

@Suite("Where a table goes") struct TextStyleTests {
  @Test func `a pipe gets every line, every label and no rules`() throws {
    let lines = try Examples.released(Examples.reviews).text(TextStyle(columns: nil)).lines
    #expect(
      lines.prefix(2) == [
        "Deprivation                18-39           40-59           60-79           80+               All",
        "1 most deprived   47%  40 of  85  56%  50 of  90  67%  40 of  60    [REDACTED]  55% 130 of   235",
      ])
    #expect(lines.count == 8)
    #expect(!lines.contains { $0.contains("─") || $0.contains("\u{1B}") })
  }

  @Test func `a narrow terminal and a screen reader get names and values`() throws {
    let results = try Examples.released(Examples.health)
    let expected = """
      Sex: female, count: 4,205, Ill: 29% (1,205 of 4,205), bmi: 27.0, visits: 9,000
      Sex: male, count: 4,000, Ill: [REDACTED] of 4,000, bmi: 27.5, visits: 8,000
      Sex: missing, count: 0, Ill: n/a, bmi: missing, visits: missing
      Sex: All, count: 8,205, Ill: 29% (1,205 of 4,205), bmi: 27.25, visits: 17,000
      Counts of 1 to 7 are hidden, others are to the nearest 5, totals add up what is shown.
      """
    #expect(results.text(TextStyle(columns: 100, isPlain: true)) == expected)
    #expect(results.text(TextStyle(columns: nil, isPlain: true)) == expected)
    let narrow = results.text(TextStyle(columns: 59)).lines
    #expect(narrow.prefix(4) == expected.lines.prefix(4))
  }

  @Test func `a terminal without box characters gets hyphens`() throws {
    let style = TextStyle(columns: 100, usesBoxCharacters: false)
    #expect(try Examples.attrition().text(style).utf8.allSatisfy { $0 < 0x80 })
    #expect(try Examples.attrition().text(style).lines[1].hasPrefix("-------  ------"))
  }

  @Test func `colour makes hidden figures dim and moves nothing`() throws {
    let plain = try Examples.released(Examples.health).text(TextStyle(columns: 100))
    let coloured = try Examples.released(Examples.health).text(
      TextStyle(columns: 100, usesColour: true))
    #expect(coloured.contains("\u{1B}[2m[REDACTED]\u{1B}[0m of 4,000"))
    #expect(
      coloured.replacing("\u{1B}[2m", with: "").replacing("\u{1B}[0m", with: "") == plain)
    let piped = try Examples.released(Examples.health).text(
      TextStyle(columns: nil, usesColour: true))
    #expect(!piped.contains("\u{1B}"))
  }

  @Test func `a long table shows its first lines and its totals`() throws {
    let example = RawExample(
      name: "ages", by: [.named("age", "Age", levels: (1...57).map { "aged \($0)" })],
      show: [.count], totals: [[]], cells: (1...57).map { .people(10 * $0) })
    let results = try Examples.released(example)
    let lines = results.text(TextStyle(columns: 100)).lines
    #expect(lines.count == 2 + 20 + 1 + 2 + 1)
    #expect(lines[21] == "aged 20     200")
    #expect(lines[22] == "… 37 more in ages.csv")
    #expect(lines[24] == "All      16,530")
    #expect(results.text(TextStyle(columns: nil)).lines.count == 1 + 57 + 1 + 1)
  }

  @Test func `labels cannot move the cursor, and wide ones keep columns straight`() throws {
    let example = RawExample(
      by: [.named("g", "G\u{1B}[31m", levels: ["東京", "\u{202E}evil", "a\tb"])], show: [.count],
      cells: [.people(10), .people(20), .people(30)])
    #expect(
      try Examples.released(example).text(TextStyle(columns: 100)) == """
        G�[31m  count
        ──────  ─────
        東京       10
        �evil      20
        a    b     30
        Counts of 1 to 7 are hidden, others are to the nearest 5, totals add up what is shown.
        """)
  }
}

@Suite("A flow in the terminal") struct TextFlowTests {
  @Test func `each criterion is a line with those left out and those who remain`() throws {
    #expect(
      try Examples.attrition().text(TextStyle(columns: 100)) == """
                 adults                                          left out   remaining
        ───────  ────────────────────────────────────────────  ──────────  ──────────
        start    everyone                                                     231,415
        include  Registered with a practice on the index date      16,775     214,640
        include  Aged 18 or over                               [REDACTED]  [REDACTED]
        include  Asthma diagnosis                              [REDACTED]      11,640
        exclude  No usable address                                    140      11,500
        Counts of 1 to 7 are hidden, others are to the nearest 5, totals add up what is shown.
        """)
  }

  @Test func `a narrow terminal gets names and values`() throws {
    #expect(
      try Examples.attrition().text(TextStyle(columns: 50)).lines.prefix(5) == [
        "start: everyone, remaining: 231,415",
        "include: Registered with a practice on the index date, left out: 16,775, remaining: 214,640",
        "include: Aged 18 or over, left out: [REDACTED], remaining: [REDACTED]",
        "include: Asthma diagnosis, left out: [REDACTED], remaining: 11,640",
        "exclude: No usable address, left out: 140, remaining: 11,500",
      ])
  }
}

extension String {
  /// The lines of a text.
  var lines: [String] { split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
}
