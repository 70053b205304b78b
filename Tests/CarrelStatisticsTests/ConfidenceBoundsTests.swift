import CarrelStatistics
import Foundation
import TestSupport
import Testing

@Suite("Confidence intervals") struct ConfidenceBoundsTests {
  // R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3.
  @Test(
    "of shares are those of Newcombe's table",
    arguments: [
      (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611),
      (1, 29, 0.0061, 0.1718),
    ])
  func newcombe(part: Int, whole: Int, lower: Double, upper: Double) {
    let bounds = ConfidenceBounds(ofShare: part, of: whole, coverage: 0.95)
    #expect(abs(bounds.lower - lower) <= 0.00005)
    #expect(abs(bounds.upper - upper) <= 0.00005)
  }

  // N. E. Breslow and N. E. Day, Statistical Methods in Cancer Research II (1987), table 2.10: by
  // what an observed number is multiplied.
  @Test(
    "of events are those of Breslow and Day's table",
    arguments: [
      (1.0, 0.0253, 5.57), (2, 0.121, 3.61), (10, 0.480, 1.84), (100, 0.814, 1.22),
    ])
  func breslowAndDay(events: Double, lower: Double, upper: Double) {
    let bounds = ConfidenceBounds(ofEvents: events, coverage: 0.95)
    #expect(abs(bounds.lower / events - lower) <= 0.0006)
    #expect(abs(bounds.upper / events - upper) <= 0.006)
  }

  // R. A. Fisher and F. Yates, Statistical Tables, table III, at 5%.
  @Test(
    "of means reach as far as Student's t in the tables of Fisher and Yates",
    arguments: [(1, 12.706), (10, 2.228), (30, 2.042), (120, 1.980)])
  func fisherAndYates(degreesOfFreedom: Int, t: Double) {
    let found = Quantiles.student(upperTail: 0.025, degreesOfFreedom: degreesOfFreedom)
    #expect(abs(found - t) <= 0.0005)
  }

  /// Worked out by SciPy and statsmodels: `Fixtures/confidence_intervals.py`.
  @Test func `all agree with an independent computation to nine digits`() throws {
    let cases = try IndependentInterval.all()
    #expect(cases.count == 140)
    for expected in cases {
      let found = try #require(expected.found, "\(expected)")
      let scale = max(abs(expected.lower), abs(expected.upper))
      #expect(abs(found.lower - expected.lower) <= 1e-9 * scale, "\(expected)")
      #expect(abs(found.upper - expected.upper) <= 1e-9 * scale, "\(expected)")
    }
  }

  @Test func `of nobody begin at nothing, and of everybody end at everything`() {
    #expect(ConfidenceBounds(ofShare: 0, of: 40, coverage: 0.95).lower == 0)
    #expect(ConfidenceBounds(ofShare: 40, of: 40, coverage: 0.95).upper == 1)
    #expect(ConfidenceBounds(ofEvents: 0, coverage: 0.95).lower == 0)
  }

  @Test func `of shares stay between nothing and everything and hold the share`() {
    for whole in 1...120 {
      for part in 0...whole {
        let bounds = ConfidenceBounds(ofShare: part, of: whole, coverage: 0.99)
        let share = Double(part) / Double(whole)
        #expect(bounds.lower >= 0 && bounds.upper <= 1)
        #expect(bounds.lower <= share && share <= bounds.upper)
      }
    }
  }

  @Test func `of events pass from the exact method to Byar's without a step`() {
    let exact = ConfidenceBounds(ofEvents: 10_000, coverage: 0.95)
    let approximate = ConfidenceBounds(ofEvents: 10_001, coverage: 0.95)
    // One more event moves the ends by about one.
    #expect(abs(approximate.lower - exact.lower - 1) < 0.02)
    #expect(abs(approximate.upper - exact.upper - 1) < 0.02)
  }

  @Test func `there is none where its method has no meaning`() {
    #expect(ConfidenceBounds(ofRatio: 0, to: 10, coverage: 0.95) == nil)
    #expect(ConfidenceBounds(ofRatio: 10, to: 0, coverage: 0.95) == nil)
    #expect(ConfidenceBounds(ofMean: 20, deviation: 5, count: 1, coverage: 0.95) == nil)
  }
}

/// A line of the fixture.
private struct IndependentInterval {
  let method: String
  let arguments: [Double]
  let coverage: Double
  let lower: Double
  let upper: Double

  static func all() throws -> [IndependentInterval] {
    let file = Repository.file("Tests/CarrelStatisticsTests/Fixtures/confidence_intervals.csv")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst().map {
      let fields = $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return IndependentInterval(
        method: fields[0], arguments: fields[1...3].compactMap(Double.init),
        coverage: try #require(Double(fields[4])), lower: try #require(Double(fields[5])),
        upper: try #require(Double(fields[6])))
    }
  }

  var found: ConfidenceBounds? {
    switch method {
    case "share":
      ConfidenceBounds(
        ofShare: Int(arguments[0]), of: Int(arguments[1]), coverage: coverage)
    case "events": ConfidenceBounds(ofEvents: arguments[0], coverage: coverage)
    case "ratio": ConfidenceBounds(ofRatio: arguments[0], to: arguments[1], coverage: coverage)
    case "mean":
      ConfidenceBounds(
        ofMean: arguments[0], deviation: arguments[1], count: Int(arguments[2]),
        coverage: coverage)
    default: nil
    }
  }
}
