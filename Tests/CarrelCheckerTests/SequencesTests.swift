import CarrelCatalogue
import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import Testing

@testable import CarrelChecker

/// Rows in a sequence, as a study writes them.
@Suite("Sequences") struct SequencesTests {
  static let rows = """
    events rx = medications where date > 2020-01-01 sequenced by date

    """

  @Test(
    "a row sees its neighbours and its number",
    arguments: [
      "count rx where days from previous.date to date < 19",
      "any rx where next is missing",
      "largest (days from previous.date to date) of rx",
      "count rx where position > 1 and medications.date is known",
      "date of first rx where days from date to (next.date otherwise 2024-01-01) > 90",
      "date of row 2 of rx",
    ])
  func places(_ expression: String) throws {
    #expect(try lowered(expression, with: Self.rows).contains("sequenced by (date)"))
  }

  @Test("a pick without an order of its own takes that of the sequence")
  func picks() throws {
    let stays = "events stays = addresses sequenced by (start_date descending, end_date)\n"
    let found = try lowered("start_date of row 2 of stays", with: stays)
    #expect(
      found.contains(
        "row 2 of (addresses sequenced by (start_date descending, end_date)) by (start_date descending, end_date)"
      ), "\(found)")
  }

  @Test("what a neighbour says can be handed to a definition")
  func arguments() throws {
    let declarations = """
      events stays = addresses sequenced by start_date
      define span_of(a : date, b : date) = days from a to b

      """
    #expect(
      try lowered("largest (span_of(start_date, next.start_date)) of stays", with: declarations)
        == """
        largest (days from start_date to next.start_date) of (addresses sequenced by (start_date))
        """)
  }

  @Test("a column called like a place is the column, and a warning says so")
  func hiding() {
    let schema = Schema(
      name: "queues",
      tables: [Table(name: "queue", columns: [Column(name: "position", type: .integer)])])
    var diagnostics = Diagnostics()
    let study = StudyFile.parse(
      SourceText(
        name: "study.carrel",
        text: """
          study "Queues" uses queues
          events waiting = queue sequenced by position
          define x = any waiting where position = 2
          """), reporting: &diagnostics)
    let checker = StudyChecker(schemas: [SchemaInUse(schema: schema, definitions: nil)]) { _ in
      .unreadable(reason: "there is no such file", help: "put it beside the study")
    }
    #expect(
      checker.check(study, setting: [:], under: nil).diagnostics.sorted.map(\.message) == [
        "`position` is the column of `queue` here, not the place in the sequence"
      ])
  }

  @Test("a later filter leaves the places as they are")
  func filters() throws {
    #expect(
      try lowered("count rx where position = 1", with: Self.rows)
        == """
        count (medications where date > 2020-01-01 sequenced by (date)) where position = 1
        """)
  }

  @Test(
    "a mistake is shown where it is",
    arguments: [
      Mistake(
        "rows are put in order once",
        "events a = medications sequenced by date\nevents b = a sequenced by dmd_code",
        says: """
          error[C145]: these rows are in a sequence already
            study.carrel:2:27
              2 | events b = a sequenced by dmd_code
                |                           ^^^^^^^^
             help: put them in order once, where they are named last
          """),
      Mistake(
        "rows without a sequence have no place",
        "define x = any medications where previous.date is known",
        says: """
          error[C105]: there is nothing called `previous`
            study.carrel:1:34
              1 | define x = any medications where previous.date is known
                |                                  ^^^^^^^^
             help: only rows in a sequence have a place: `events … = … sequenced by date`, then a query over those
          """),
      Mistake(
        "a neighbour is not seen from a query inside",
        """
        events rx = medications sequenced by date
        define x = any rx where (count admissions where admission_date > next.date) > 1
        """,
        says: """
          error[C111]: `next` is of the sequence of `medications`, which cannot be seen here
            study.carrel:2:66
              2 | define x = any rx where (count admissions where admission_date > next.date) > 1
                |                                                                  ^^^^ inside a query over `admissions`
             help: name a value of the patient with `define` first, and use that here
          """),
      Mistake(
        "a place is no value by itself",
        "events rx = medications sequenced by date\ndefine x = count rx where next = 1",
        says: """
          error[C120]: `=` needs a single value, not a row of `medications`
            study.carrel:2:27
              2 | define x = count rx where next = 1
                |                           ^^^^ a row of `medications`
             help: name one of its columns: `next.date`
          """),
      Mistake(
        "a declared name is hidden by a place",
        "let next = 1\nevents rx = medications sequenced by date\ndefine x = any rx where next is known",
        says: """
          warning[C110]: `next` is of the sequence of `medications` here, not a `let` of the same name
            study.carrel:3:25
              3 | define x = any rx where next is known
                |                         ^^^^
             help: give the other another name
          """),
    ])
  func mistaken(_ mistake: Mistake) {
    #expect(mistake.found == mistake.message)
  }
}
