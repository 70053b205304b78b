import Testing

/// An expression of the language and how it is computed.
struct Lowering: CustomTestStringConvertible, Sendable {
  let written: String
  let lowered: String

  init(_ written: String, _ lowered: String) {
    self.written = written
    self.lowered = lowered
  }

  var testDescription: String { written }
}
