import CarrelDisclosure
import CarrelOutputs
import CarrelPlan
import CarrelValues
import TestSupport

/// The tables that the tests of files and of text lay out.
enum Examples {
  static let deprivation = Grouping(
    name: "imd", heading: "Deprivation", expression: .constant(.missing, .integer),
    levels: [
      Level(.integer(1), label: "1 most deprived"), Level(.integer(2)), Level(.integer(3)),
      Level(.integer(4)), Level(.integer(5), label: "5 least deprived"),
    ])

  static let age = Grouping(
    name: "age_band", heading: "Age", expression: .constant(.missing, .integer),
    levels: ["18-39", "40-59", "60-79", "80+"].enumerated().map { index, band in
      Level(.integer(index), label: band, fileText: band)
    })

  static let sex = Grouping(
    name: "sex", heading: "Sex", expression: .constant(.missing, .text),
    levels: [Level(.text("female")), Level(.text("male")), Level(.missing)])

  /// The table of the walkthrough's first screen; what is drawn there is what leaves.
  static let reviews = RawExample(
    name: "reviews", by: [deprivation, age],
    show: [.count, .percent("had_review", "Had a review")],
    totals: [[0], [1], []],
    cells: [
      (85, 40), (90, 50), (60, 40), (7, 4),
      (80, 40), (85, 50), (65, 45), (15, 10),
      (70, 35), (85, 50), (65, 45), (15, 10),
      (65, 35), (80, 55), (65, 45), (15, 10),
      (55, 30), (75, 50), (70, 50), (20, 10),
    ].map { .people($0, $1) })

  /// A table with several statistics, one of them hidden in some groups.
  static let health = RawExample(
    name: "health", by: [sex],
    show: [.count, .percent("ill", "Ill"), .mean("bmi", in: 10...80), .sum("visits", in: 0...20)],
    totals: [[]],
    cells: [
      (4_203, 1_204, 4_195, 113_265, 9_000), (3_999, 3, 3_999, 110_000, 8_000), (0, 0, 0, 0, 0),
    ]
    .map { people, ill, known, weight, visits in
      RawCell(
        patients: people,
        statistics: [
          .count, .percent(numerator: ill),
          .mean(sum: known == 0 ? .missing : .integer(weight), contributors: known),
          .sum(known == 0 ? .missing : .integer(visits), contributors: known),
        ])
    })

  /// The results of an example under a policy that the project ships.
  static func released(_ example: RawExample, under policy: String = "opensafely") throws
    -> ReleasedResults
  {
    try DisclosureGate.release(example.raw, of: example.plan, under: try Policies.named(policy))
  }

  /// The results of a flow.
  static func flow(
    _ universe: Int, _ criteria: [(label: String, isExclusion: Bool, remaining: Int)]
  ) throws -> ReleasedResults {
    let population = Population(
      name: "adults",
      criteria: criteria.map {
        Criterion(
          label: $0.label, isExclusion: $0.isExclusion,
          condition: .constant(.boolean(true), .boolean))
      })
    return try DisclosureGate.release(
      RawResults(outputs: [
        .flow(RawFlow(universe: universe, remaining: criteria.map(\.remaining)))
      ]),
      of: Plan(
        populations: [population], outputs: [.flow(FlowOutput(name: "attrition", population: 0))]),
      under: try Policies.named("opensafely"))
  }

  static func attrition() throws -> ReleasedResults {
    try flow(
      231_417,
      [
        ("Registered with a practice on the index date", false, 214_641),
        ("Aged 18 or over", false, 214_637), ("Asthma diagnosis", false, 11_640),
        ("No usable address", true, 11_500),
      ])
  }
}

extension ReleasedResults {
  /// The only output as text, and the rules under it.
  func text(_ style: TextStyle, title: [String] = []) -> String {
    let table = TextTable(outputs[0], of: self, title: title)
    return (table.lines(style) + table.footer(style)).joined(separator: "\n")
  }

  /// One of the files.
  func file(_ name: String) -> String? {
    OutputFiles.files(of: self).first { $0.name == name }
      .map { String(decoding: $0.bytes, as: UTF8.self) }
  }
}
