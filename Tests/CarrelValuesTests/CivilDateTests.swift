import CarrelValues
import Testing

@Suite("Civil dates") struct CivilDateTests {
  @Test func `every day of a whole cycle of 400 years follows the one before`() throws {
    var (year, month, day) = (1900, 1, 1)
    for number in CivilDate.first.dayNumber..<CivilDate.first.dayNumber + 146_097 {
      let date = try #require(CivilDate(dayNumber: number))
      let parts = date.components
      guard parts == (year, month, day),
        number % 97 != 0
          || CivilDate(year: year, month: month, day: day) == date
      else {
        Issue.record("day \(number) is \(parts), not \((year, month, day))")
        return
      }
      day += 1
      if day > Self.lengthOfMonth(month, year) { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
    }
    #expect((year, month, day) == (2300, 1, 1))
  }

  static func lengthOfMonth(_ month: Int, _ year: Int) -> Int {
    let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  @Test func `known days`() throws {
    #expect(try date("1970-01-01").dayNumber == 0)
    #expect(try date("2000-02-29").dayNumber == 11_016)
    #expect(CivilDate.first.description == "1900-01-01")
    #expect(CivilDate.last.description == "9999-12-31")
  }

  @Test(
    "impossible days and other writings are refused",
    arguments: [
      "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-01-00", "1899-12-31",
      "2024-1-1",
      "2024-01-01 ", "20240101", "", "２024-01-01", "+024-01-01",
    ])
  func impossible(_ text: String) { #expect(CivilDate(iso: text) == nil) }

  static let moves: [(String, Int, CalendarUnit, String?)] = [
    ("2023-01-31", 1, .months, "2023-03-01"),
    ("2024-01-31", 1, .months, "2024-03-01"),
    ("2023-08-31", 1, .months, "2023-10-01"),
    ("2024-02-29", 1, .years, "2025-03-01"),
    ("2024-02-29", 4, .years, "2028-02-29"),
    ("2024-03-31", -1, .months, "2024-03-01"),
    ("2024-12-31", 2, .months, "2025-03-01"),
    ("2024-01-15", -13, .months, "2022-12-15"),
    ("2024-01-01", -1, .days, "2023-12-31"),
    ("2024-02-22", 1, .weeks, "2024-02-29"),
    ("9999-12-31", 1, .days, nil),
    ("1900-01-01", -1, .days, nil),
    ("9999-12-01", 1, .months, nil),
    ("1900-01-31", -1, .months, nil),
    ("2024-01-01", Int.max, .weeks, nil),
    ("2024-01-01", Int.min, .years, nil),
    ("2024-01-01", Int.max, .days, nil),
  ]

  @Test(
    "moves roll forward where there is no such day, and end where the range does", arguments: moves)
  func moving(_ row: (String, Int, CalendarUnit, String?)) throws {
    #expect(try date(row.0).adding(row.1, row.2)?.description == row.3)
  }

  static let spans: [(String, String, CalendarUnit, Int)] = [
    ("2000-02-29", "2001-02-28", .years, 0),
    ("2000-02-29", "2001-03-01", .years, 1),
    ("2001-03-01", "2000-02-29", .years, -2),
    ("2020-05-17", "2020-05-16", .years, -1),
    ("2020-01-31", "2020-02-29", .months, 0),
    ("2020-01-31", "2020-03-01", .months, 1),
    ("2020-03-01", "2020-01-31", .months, -2),
    ("2020-01-08", "2020-01-01", .weeks, -1),
    ("2020-01-07", "2020-01-01", .weeks, -1),
    ("2020-01-09", "2020-01-01", .weeks, -2),
    ("2020-01-01", "2020-01-14", .weeks, 1),
    ("2020-03-01", "2020-02-28", .days, -2),
  ]

  @Test("spans count complete units and floor, also backwards", arguments: spans)
  func spanning(_ row: (String, String, CalendarUnit, Int)) throws {
    #expect(try CivilDate.span(row.2, from: date(row.0), to: date(row.1)) == row.3)
  }

  private func date(_ text: String) throws -> CivilDate { try #require(CivilDate(iso: text)) }
}
