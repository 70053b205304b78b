extension JSON {
  /// The JSON form of a value that knows how to encode itself.
  ///
  /// Members stand in the order in which they are encoded, so that equal values give equal bytes.
  /// Missing optionals are left out. Fails only where the value's own `encode` does.
  public init(encoding value: some Encodable) throws {
    let slot = EncodedSlot()
    try value.encode(to: JSONEncoding(slot: slot, codingPath: []))
    self = slot.json
  }
}

/// A place in the tree that is being built.
private final class EncodedSlot {
  enum Content {
    case empty
    case value(JSON)
    case object([(name: String, slot: EncodedSlot)])
    case array([EncodedSlot])
  }

  var content = Content.empty

  var json: JSON {
    switch content {
    case .empty: .object([])
    case .value(let json): json
    case .object(let members): .object(members.map { JSON.Member($0.name, $0.slot.json) })
    case .array(let elements): .array(elements.map(\.json))
    }
  }

  func member(_ name: String) -> EncodedSlot {
    let slot = EncodedSlot()
    if case .object(var members) = content {
      content = .empty
      members.append((name, slot))
      content = .object(members)
    } else {
      content = .object([(name, slot)])
    }
    return slot
  }

  func element() -> EncodedSlot {
    let slot = EncodedSlot()
    if case .array(var elements) = content {
      content = .empty
      elements.append(slot)
      content = .array(elements)
    } else {
      content = .array([slot])
    }
    return slot
  }

  var count: Int {
    if case .array(let elements) = content { elements.count } else { 0 }
  }

  func set(_ value: some Encodable, at path: [any CodingKey]) throws {
    switch value {
    case let json as any JSONScalar: content = .value(json.json)
    default: try value.encode(to: JSONEncoding(slot: self, codingPath: path))
    }
  }
}

/// What JSON writes as it is, without asking it to encode itself.
private protocol JSONScalar { var json: JSON { get } }
extension Bool: JSONScalar { var json: JSON { .boolean(self) } }
extension Int: JSONScalar { var json: JSON { .integer(self) } }
// The same bits as a signed integer, which is what JSON has here.
extension UInt64: JSONScalar { var json: JSON { .integer(Int(bitPattern: UInt(self))) } }
extension Double: JSONScalar { var json: JSON { .decimal(self) } }
extension String: JSONScalar { var json: JSON { .string(self) } }

private struct JSONEncoding: Encoder {
  let slot: EncodedSlot
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if case .empty = slot.content { slot.content = .object([]) }
    return KeyedEncodingContainer(KeyedEncoding(slot: slot, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    slot.content = .array([])
    return UnkeyedEncoding(slot: slot, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    SingleEncoding(slot: slot, codingPath: codingPath)
  }
}

private struct KeyedEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let slot: EncodedSlot
  let codingPath: [any CodingKey]

  func encodeNil(forKey key: Key) { slot.member(key.stringValue).content = .value(.null) }

  func encode(_ value: some Encodable, forKey key: Key) throws {
    try slot.member(key.stringValue).set(value, at: codingPath + [key])
  }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy keyType: NestedKey.Type, forKey key: Key
  ) -> KeyedEncodingContainer<NestedKey> {
    encoder(for: key).container(keyedBy: keyType)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    encoder(for: key).unkeyedContainer()
  }

  func superEncoder() -> any Encoder {
    JSONEncoding(slot: slot.member("super"), codingPath: codingPath)
  }

  func superEncoder(forKey key: Key) -> any Encoder { encoder(for: key) }

  private func encoder(for key: Key) -> JSONEncoding {
    JSONEncoding(slot: slot.member(key.stringValue), codingPath: codingPath + [key])
  }
}

private struct UnkeyedEncoding: UnkeyedEncodingContainer {
  let slot: EncodedSlot
  let codingPath: [any CodingKey]
  var count: Int { slot.count }

  func encodeNil() { slot.element().content = .value(.null) }

  func encode(_ value: some Encodable) throws { try slot.element().set(value, at: codingPath) }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy keyType: NestedKey.Type
  ) -> KeyedEncodingContainer<NestedKey> {
    JSONEncoding(slot: slot.element(), codingPath: codingPath).container(keyedBy: keyType)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    JSONEncoding(slot: slot.element(), codingPath: codingPath).unkeyedContainer()
  }

  func superEncoder() -> any Encoder {
    JSONEncoding(slot: slot.element(), codingPath: codingPath)
  }
}

private struct SingleEncoding: SingleValueEncodingContainer {
  let slot: EncodedSlot
  let codingPath: [any CodingKey]

  func encodeNil() { slot.content = .value(.null) }

  func encode(_ value: some Encodable) throws { try slot.set(value, at: codingPath) }
}
