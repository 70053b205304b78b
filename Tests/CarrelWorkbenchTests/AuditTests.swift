import CarrelJSON
import Foundation
import TestSupport
import Testing

@Suite("carrel audit") struct AuditTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func audit(_ text: String, _ options: String..., as name: String = "table.json") throws
    -> Program.Result
  {
    try folder.write(text, to: name)
    return try Program.carrel.run(["audit", name] + options, in: folder.url)
  }

  /// The test table of sdcTable (tests/testthat/test-simpleheuristic.R): every line has two hidden
  /// cells, and yet one of them is 47 and nothing else.
  private static let sdcTable = """
    row,col,n,suppressed
    w,a,30,true
    w,b,47,true
    w,c,64,true
    w,d,89,false
    x,a,90,true
    x,b,124,false
    x,c,5,true
    x,d,31,false
    y,a,92,false
    y,b,100,true
    y,c,59,false
    y,d,85,true
    z,a,800,false
    z,b,991,true
    z,c,651,false
    z,d,685,true
    w,Total,230,false
    x,Total,250,false
    y,Total,336,false
    z,Total,3127,false
    Total,a,1012,false
    Total,b,1262,false
    Total,c,779,false
    Total,d,890,false
    Total,Total,3943,false
    """

  @Test func `two hidden cells in every line do not hide the one that is forced`() throws {
    let result = try audit(Self.sdcTable, "--json", as: "table.csv")
    #expect(result.status == 0)
    let json = try JSON(parsing: result.text)
    #expect(json["exactly_recoverable"] == ["w|b"])
    #expect(json["intervals"]?["w|b"] == [47, 47])
    #expect(json["intervals"]?["w|a"] == [25, 94])
  }

  @Test func `one companion is enough to protect it`() throws {
    let result = try audit(Self.sdcTable, "--protect", "--json", as: "table.csv")
    let json = try JSON(parsing: result.text)
    #expect(json["exactly_recoverable"] == [])
    #expect(json["suppress"]?.array?.count == 1)
    #expect(json["unprotected"] == [])
  }

  /// sdcTable's linked tables (tests/testthat/test-linked-tables.r): counties, and groups across them.
  private static func region(_ tables: String...) -> String {
    let leaves = ["A": 2, "B": 2, "I": 8, "J": 8, "K": 3, "L": 3, "M": 3, "N": 7]
    let cells = leaves.sorted { $0.key < $1.key }.map { name, count in
      #"{"key": ["\#(name)"], "n": \#(count), "suppressed": \#(count <= 3)}"#
    }
    let written = tables.map { #"{"cells": [\#((cells + [$0]).joined(separator: ","))]}"# }
    return #"""
      {"dims": [{"name": "region", "leaves": ["A", "B", "I", "J", "K", "L", "M", "N"], "groups": {
        "county-1": ["A", "B", "I", "J"], "county-2": ["K", "L", "M", "N"],
        "big": ["L", "M"], "small": ["A", "B", "I", "J", "K", "N"]}}],
       "tables": [\#(written.joined(separator: ","))]}
      """#
  }

  private static let counties =
    #"{"key": ["county-1"], "n": 20}, {"key": ["county-2"], "n": 16}"#
  private static let groups = #"{"key": ["big"], "n": 6}, {"key": ["small"], "n": 30}"#

  @Test func `two tables that are safe alone give a count of three together`() throws {
    for alone in [Self.counties, Self.groups] {
      let json = try JSON(parsing: audit(Self.region(alone), "--json").text)
      #expect(json["exactly_recoverable"] == [])
    }
    let linked = Self.region(Self.counties, Self.groups)
    let json = try JSON(parsing: audit(linked, "--json").text)
    #expect(json["exactly_recoverable"] == ["K"])
    #expect(json["intervals"]?["K"] == [3, 3])
    // sdcTable hides N as well.
    let protected = try JSON(parsing: audit(linked, "--protect", "--json").text)
    #expect(protected["suppress"] == ["N"])
    #expect(protected["exactly_recoverable"] == [])
  }

  @Test(
    "a figure stands for what its rule rounds to it",
    arguments: [
      (#""shown": 10, "rounding": "nearest 5""#, [8, 12]),
      (#""shown": 10, "rounding": "nearest 10""#, [5, 14]),
      (#""shown": 10, "rule": "nearest 10 ties even""#, [6, 14]),
      (#""shown": 9, "rounding": "midpoint 6""#, [7, 12]),
      (#""shown": 0, "rounding": {"nearest": 5}"#, [0, 2]),
      (#""shown": 10, "base": 5"#, [8, 12]),
      (#""low": 1, "high": 7"#, [1, 7]),
      (#""suppressed": true"#, [0, nil]),
    ] as [(String, [Int?])])
  func rounding(_ figure: String, _ interval: [Int?]) throws {
    let text = #"{"dims": [{"name": "a", "leaves": ["x"]}], "cells": [{"key": ["x"], \#(figure)}]}"#
    let json = try JSON(parsing: audit(text, "--json").text)
    #expect(
      json["intervals"]?["x"] == .array(interval.map { $0.map { .integer($0) } ?? .null }))
  }

  @Test(
    "what is no table is refused with its place",
    arguments: [
      (#"{"key": ["x"], "n": 1}, {"key": ["x"], "n": 1}"#, "occurs twice"),
      (#"{"key": ["q"], "n": 1}"#, "not in `dims`: `q`"),
      (#"{"key": ["x"], "count": 1}"#, "has `count`, which nothing reads"),
      (#"{"key": ["x"]}"#, "says nothing"),
      (#"{"key": ["x"], "n": -1}"#, "no whole number"),
      (#"{"key": ["x"], "shown": 7, "rounding": "nearest 5"}"#, "no count is rounded to 7"),
      (
        #"{"key": ["x"], "n": 1}, {"key": ["y"], "n": 1}, {"key": ["Total"], "n": 3}"#,
        "no table agrees with these figures"
      ),
      (
        #"{"key": ["x"], "n": 4}, {"key": ["y"], "suppressed": true}, {"key": ["Total"], "n": 3}"#,
        "no table agrees with these figures"
      ),
    ])
  func refused(_ cells: String, _ message: String) throws {
    let text = #"{"dims": [{"name": "a", "leaves": ["x", "y"]}], "cells": [\#(cells)]}"#
    let result = try audit(text)
    #expect(result.status == 1)
    #expect(result.errors.contains(message), "\(result.errors)")
  }
}
