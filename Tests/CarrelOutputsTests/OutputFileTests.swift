import CarrelDisclosure
import CarrelJSON
import CarrelOutputs
import CarrelPlan
import CarrelValues
import TestSupport
import Testing

@Suite("Files of released results") struct OutputFileTests {
  @Test func `each output has a CSV and a JSON, in the order of the study`() throws {
    guard case .table(var health) = Examples.health.plan.outputs[0] else { return }
    health.population = 1
    let plan = Plan(
      populations: ["people", "others"].map { Population(name: $0, criteria: []) },
      outputs: Examples.reviews.plan.outputs + [.table(health)])
    let raw = RawResults(outputs: Examples.reviews.raw.outputs + Examples.health.raw.outputs)
    let results = try DisclosureGate.release(raw, of: plan, under: try Policies.named("cms"))
    let names = ["reviews.csv", "reviews.json", "health.csv", "health.json"]
    #expect(OutputFiles.files(of: results).map(\.name) == names)
  }

  @Test func `a CSV has a status beside each figure and says which lines are totals`() throws {
    #expect(
      try Examples.released(Examples.health).file("health.csv") == """
        line,sex,count,count_status,percent_ill_numerator,percent_ill_numerator_status,percent_ill_denominator,percent_ill_denominator_status,percent_ill,percent_ill_status,mean_bmi_denominator,mean_bmi_denominator_status,mean_bmi,mean_bmi_status,sum_visits,sum_visits_status
        group,female,4205,shown,1205,shown,4205,shown,29,shown,4195,shown,27.0,shown,9000,shown
        group,male,4000,shown,,redacted,,redacted,,redacted,4000,shown,27.5,shown,8000,shown
        group,missing,0,zero,0,zero,0,zero,,not_applicable,0,zero,,missing,,missing
        total,,8205,shown,1205,shown,4205,shown,29,shown,8195,shown,27.25,shown,17000,shown

        """)
  }

  @Test func `a CSV has the value of a category and the label of a band`() throws {
    let lines = try #require(try Examples.released(Examples.reviews).file("reviews.csv")).lines
    #expect(
      lines[0]
        == "line,imd,age_band,count,count_status,percent_had_review_numerator,percent_had_review_numerator_status,percent_had_review_denominator,percent_had_review_denominator_status,percent_had_review,percent_had_review_status"
    )
    #expect(lines[1] == "group,1,18-39,85,shown,40,shown,85,shown,47,shown")
    #expect(lines[4] == "group,1,80+,,redacted,,redacted,,redacted,,redacted")
    #expect(lines[21] == "total,1,,235,shown,130,shown,235,shown,55,shown")
    #expect(lines[30] == "total,,,1160,shown,700,shown,1160,shown,60,shown")
    #expect(lines.count == 32)
  }

  @Test func `the count is written even if it is not asked for, and once if it is`() throws {
    let example = RawExample(
      name: "t", by: [.named("sex", levels: ["f"])], show: [.percent("ill")],
      cells: [RawCell(patients: 40, statistics: [.percent(numerator: 20)])])
    let lines = try #require(try Examples.released(example).file("t.csv")).lines
    #expect(lines[0].hasPrefix("line,sex,count,count_status,percent_ill_numerator,"))
    #expect(lines[1] == "group,f,40,shown,20,shown,40,shown,50,shown")
  }

  @Test(
    "a text that a spreadsheet would run gets an apostrophe, and marks of the format get quotes",
    arguments: [
      ("=1+1", "'=1+1"), ("+44", "'+44"), ("-", "'-"), ("@x", "'@x"), ("\tx", "'\tx"),
      ("a,b", "\"a,b\""), ("say \"no\"", "\"say \"\"no\"\"\""), ("a\nb", "\"a\nb\""),
      ("=\"a\"", "\"'=\"\"a\"\"\""), ("1 to 2", "1 to 2"), ("été", "été"), ("", ""),
    ])
  func spreadsheets(label: String, written: String) throws {
    let example = RawExample(
      name: "t", by: [.named("g", levels: [label])], show: [.count], cells: [.people(40)])
    #expect(
      try Examples.released(example).file("t.csv")
        == "line,g,count,count_status\ngroup,\(written),40,shown\n")
    let flow = try Examples.flow(100, [(label, false, 50)])
    #expect(
      try #require(flow.file("attrition.csv")).hasSuffix("include,\(written),50,shown,50,shown\n"))
  }

  @Test func `numbers that are levels stay numbers`() throws {
    let levels = [Level(.integer(-1)), Level(.integer(2)), Level(.boolean(true))]
    let grouping = Grouping(
      name: "g", heading: "G", expression: .constant(.missing, .integer), levels: levels)
    let example = RawExample(
      name: "t", by: [grouping], show: [.count], cells: [.people(10), .people(20), .people(30)])
    let results = try Examples.released(example)
    #expect(
      results.file("t.csv")
        == "line,g,count,count_status\ngroup,-1,10,shown\ngroup,2,20,shown\ngroup,true,30,shown\n")
    let json = try JSON(parsing: try #require(results.file("t.json")))
    let found = json["groups"]?.array?.map { $0["levels"]?["g"] }
    #expect(found == [.integer(-1), .integer(2), .boolean(true)])
  }

  @Test func `a flow has a line for the start and for each criterion`() throws {
    #expect(
      try Examples.attrition().file("attrition.csv") == """
        line,criterion,left_out,left_out_status,remaining,remaining_status
        start,,,,231415,shown
        include,Registered with a practice on the index date,16775,shown,214640,shown
        include,Aged 18 or over,,redacted,,redacted
        include,Asthma diagnosis,,redacted,11640,shown
        exclude,No usable address,140,shown,11500,shown

        """)
  }

  @Test func `a JSON has types, labels, parts and the policy`() throws {
    let file = try #require(try Examples.released(Examples.health).file("health.json"))
    let json = try JSON(parsing: file)
    #expect(try OutputFiles.json(of: Examples.released(Examples.health)) == [json])
    #expect(json["output"]?.string == "health")
    #expect(json["kind"]?.string == "table")
    #expect(json["policy"]?["name"]?.string == "opensafely")
    #expect(json["policy"]?["version"]?.integer == 4)
    #expect(
      json["groupings"] == [
        [
          "name": "sex", "heading": "Sex",
          "levels": [
            ["value": "female", "label": "female"], ["value": "male", "label": "male"],
            ["value": .null, "label": "missing"],
          ],
        ]
      ])
    let male = json["groups"]?.array?[1]
    #expect(male?["line"] == "group")
    #expect(male?["levels"] == ["sex": "male"])
    #expect(male?["count"] == ["value": 4000, "status": "shown"])
    #expect(
      male?["figures"]?["percent_ill"] == [
        "value": .null, "status": "redacted",
        "numerator": ["value": .null, "status": "redacted"],
        "denominator": ["value": .null, "status": "redacted"],
      ])
    #expect(
      male?["figures"]?["mean_bmi"] == [
        "value": 27.5, "status": "shown", "denominator": ["value": 4000, "status": "shown"],
      ])
    let total = json["groups"]?.array?[3]
    #expect(total?["line"] == "total")
    #expect(total?["levels"] == [:])
    #expect(
      total?["figures"]?["percent_ill"] == [
        "value": 29, "status": "shown", "numerator": ["value": 1205, "status": "shown"],
        "denominator": ["value": 4205, "status": "shown"],
      ])
  }

  @Test func `a JSON of a flow has its criteria`() throws {
    let file = try #require(try Examples.attrition().file("attrition.json"))
    let json = try JSON(parsing: file)
    #expect(json["kind"]?.string == "flow")
    #expect(json["population"]?.string == "adults")
    #expect(json["start"] == ["value": 231_415, "status": "shown"])
    #expect(
      json["criteria"]?.array?.last == [
        "line": "exclude", "label": "No usable address",
        "left_out": ["value": 140, "status": "shown"],
        "remaining": ["value": 11_500, "status": "shown"],
      ])
  }

  @Test func `equal results give equal bytes, and a hidden count looks the same whatever it is`()
    throws
  {
    let files = try (1...7).map { hidden in
      let example = RawExample(
        name: "t", by: [.named("sex", levels: ["f", "m"])], show: [.count, .percent("ill")],
        totals: [[]], cells: [.people(hidden, hidden / 2), .people(93, hidden)])
      return OutputFiles.files(of: try Examples.released(example))
    }
    #expect(files.allSatisfy { $0 == files[0] })
  }
}
