public import CarrelValues

/// A statement and the values of its parameters, which are the only constants of a study in it.
public struct SQLStatement: Hashable, Sendable {
  /// The statement; it names tables and columns of the schema and refers to parameters by number.
  public let text: String
  /// The values of the parameters, the first of them being number 1.
  public let parameters: [Value]

  /// A statement with its parameters.
  public init(text: String, parameters: [Value]) {
    self.text = text
    self.parameters = parameters
  }
}
