internal import CarrelJSON

extension JSON {
  /// The one text of a value: compact, names in order (RFC 8785), as far as Carrel signs values.
  ///
  /// - Returns: UTF-8 bytes, or `nil` where the value holds a decimal, a number beyond 2⁵³ or a name
  ///   that is not ASCII, none of which is signed.
  func canonicalBytes() -> [UInt8]? { ordered()?.bytes(.compact) }

  /// Reads a value that is written exactly so.
  init?(canonical bytes: [UInt8]) {
    guard let value = try? JSON(parsing: bytes), value.canonicalBytes() == bytes else {
      return nil
    }
    self = value
  }

  private func ordered() -> JSON? {
    switch self {
    case .object(let members):
      var ordered: [Member] = []
      for member in members {
        guard member.name.utf8.allSatisfy({ $0 < 0x80 }), let value = member.value.ordered() else {
          return nil
        }
        ordered.append(Member(member.name, value))
      }
      return .object(ordered.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) })
    case .array(let elements):
      let ordered = elements.compactMap { $0.ordered() }
      return ordered.count == elements.count ? .array(ordered) : nil
    case .integer(let integer):
      // Beyond this, readers that keep numbers as doubles would see another one.
      return integer.magnitude <= 1 << 53 ? self : nil
    case .decimal: return nil
    case .string, .boolean, .null: return self
    }
  }
}
